import type { FeatureTable } from "../../decoder/report/value/featureTable";
import { bitMask } from "../../decoder/text/u64";
import { BitTable } from "./bitTable";
import { Changes } from "./changes";
import { CopyButton } from "../shared/copyButton";
import { element } from "../shared/dom";
import { FieldTable } from "../shared/fieldTable";
import { KernelList } from "./kernelList";
import type { HostMessage, RowFilter, ViewMessage, ViewState } from "./protocol";
import { PROTOCOL_VERSION } from "./protocol";
import { isRegisterName } from "./tableGuard";
import { Toolbar } from "./toolbar";
import { ValueField } from "./valueField";
import { Verdict } from "./verdict";

/** What the page needs of the extension host. */
export interface Host {
  readonly post: (message: ViewMessage) => void;
  readonly keep: (state: ViewState) => void;
}

const version = PROTOCOL_VERSION;

/** The page: shows the newest table from the host, and sends the user's requests. */
export class FeatureTablePage {
  readonly #host: Host;
  readonly #root: HTMLElement;
  readonly #field = new ValueField({
    changed: () => {
      this.#asked++;
    },
    settled: () => {
      this.#bits.forgetKept();
      this.#decode();
    },
  });
  readonly #toolbar: Toolbar;
  readonly #copy = new CopyButton(() => {
    this.#host.post({ version, type: "copy" });
  });
  readonly #verdict = new Verdict(this.#copy.element);
  readonly #changes = new Changes();
  readonly #fields = new FieldTable();
  readonly #kernels: KernelList;
  readonly #bits: BitTable;
  /** The number of the newest request; answers to older ones are dropped. */
  #asked = 0;
  /** The register of the newest request or answer: an answer may be late, a choice is not to be lost meanwhile. */
  #register: string | undefined;
  #table: FeatureTable | null = null;

  constructor(root: HTMLElement, host: Host, filter: RowFilter) {
    this.#root = root;
    this.#host = host;
    this.#toolbar = new Toolbar(this.#field.element, {
      readAs: (register) => {
        this.#bits.forgetKept();
        this.#decode(register);
      },
      chooseGuest: (text) => {
        host.post({ version, type: "chooseGuest", text });
      },
    });
    this.#kernels = new KernelList((id) => {
      host.post({ version, type: "chooseGuest", text: id });
    });
    this.#bits = new BitTable({
      toggle: (bit) => {
        this.#toggle(bit);
      },
      filter: () => {
        this.#keep();
      },
    });
    this.#bits.filter = filter;
    root.hidden = true;
    root.replaceChildren(
      element("h1", { class: "visually-hidden" }, "SEV feature table"),
      this.#toolbar.element,
      this.#verdict.element,
      this.#changes.element,
      this.#kernels.element,
      this.#fields.element,
      this.#bits.element,
    );
  }

  /** Requests the first content. */
  start(): void {
    this.#host.post({ version, type: "ready", id: ++this.#asked });
  }

  /** Handles a message from the host. */
  receive(message: HostMessage): void {
    if (message.type === "copied") {
      this.#copy.showCopied();
      return;
    }
    const { inReplyTo, table, changes, problem } = message;
    if (inReplyTo !== null && inReplyTo < this.#asked) return;
    if (inReplyTo === null) this.#bits.forgetKept();
    this.#table = table;
    this.#register = table.register;
    if (problem === null) this.#field.show(BigInt(table.value));
    this.#field.showProblem(problem);
    this.#toolbar.render(table);
    this.#verdict.render(table.report);
    this.#changes.render(changes);
    this.#kernels.render(table.kernels, table.guest);
    const label = table.registers.find(({ id }) => id === table.register)?.label ?? "";
    this.#fields.render(label, table.rows.length === 0 ? table.report.fields : []);
    this.#bits.render(table);
    this.#root.hidden = false;
    this.#keep();
  }

  #decode(register: string | undefined = this.#register): void {
    if (!isRegisterName(register)) return;
    this.#register = register;
    const { text } = this.#field;
    this.#host.post({ version, type: "decode", id: ++this.#asked, register, text });
  }

  /** Toggles a bit of the value in the field or, if that is invalid, of the shown value. */
  #toggle(bit: number): void {
    if (this.#table === null) return;
    const value = this.#field.value ?? BigInt(this.#table.value);
    this.#field.show(value ^ bitMask(bit));
    this.#decode();
  }

  #keep(): void {
    if (this.#table === null) return;
    const { register, value } = this.#table;
    this.#host.keep({ version, register, value, filter: this.#bits.filter });
  }
}
