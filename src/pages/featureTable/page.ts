import type { FeatureTable } from "../../decoder/report/value/featureTable";
import type { KernelTable } from "../../decoder/report/guest/kernelTable";
import type { Register } from "../../decoder/register/decode";
import { bitMask, hexShort } from "../../decoder/text/u64";
import { element } from "../shared/dom";
import { FieldTable } from "../shared/fieldTable";
import { BitTable } from "./bitTable";
import { Comparison } from "./comparison";
import { Head } from "./head";
import { KernelRows } from "./kernelRows";
import type { HostMessage, RowFilter, Tab, TableMessage, ViewMessage, ViewState } from "./protocol";
import { PROTOCOL_VERSION } from "./protocol";
import { SeenList } from "./seenList";
import { SourceList } from "./sourceList";
import { Strip } from "./strip";
import { isRegisterName } from "./tableGuard";
import type { TabWords } from "./tabs";
import { Tabs } from "./tabs";
import { Verdict } from "./verdict";

/** What the page needs of the extension host. */
export interface Host {
  readonly post: (message: ViewMessage) => void;
  readonly keep: (state: ViewState) => void;
}

/** What a page begins with. */
export interface Start {
  readonly filter: RowFilter;
  readonly tab: Tab;
}

const version = PROTOCOL_VERSION;

/** The page: shows the newest table from the host, and sends the user's requests. */
export class FeatureTablePage {
  readonly #host: Host;
  readonly #root: HTMLElement;
  readonly #head: Head;
  readonly #verdict = new Verdict();
  readonly #comparison: Comparison;
  readonly #strip = new Strip((bit) => {
    this.#toggle(bit);
  });
  readonly #bits: BitTable;
  readonly #fields = new FieldTable();
  readonly #kernels: KernelRows;
  readonly #seen: SeenList;
  readonly #sources = new SourceList();
  readonly #tabs: Tabs;
  /** The number of the newest request; answers to older ones are dropped. */
  #asked = 0;
  /** The value of the newest request or answer: bits may be toggled faster than answers come. */
  #value = 0n;
  /** The register of the newest request or answer. */
  #register: Register = "sev-status";
  #shown: TableMessage | null = null;

  constructor(root: HTMLElement, host: Host, { filter, tab }: Start) {
    this.#root = root;
    this.#host = host;
    this.#head = new Head({
      typing: () => {
        this.#asked++;
      },
      read: (text) => {
        this.#bits.reorder();
        this.#decode(text);
      },
      convert: (register) => {
        if (!isRegisterName(register)) return;
        this.#bits.reorder();
        this.#register = register;
        host.post({ version, type: "convert", id: ++this.#asked, register });
      },
      chooseGuest: (text) => {
        this.#choose(text);
      },
      useGuest: () => {
        host.post({ version, type: "useGuest" });
      },
      compare: () => {
        this.#comparison.open();
      },
      copy: (format) => {
        host.post({ version, type: "copy", format });
      },
    });
    this.#comparison = new Comparison({
      compare: (text) => {
        this.#bits.reorder();
        host.post({ version, type: "compare", id: ++this.#asked, text });
      },
      undo: () => {
        this.#bits.reorder();
        host.post({ version, type: "undo", id: ++this.#asked });
      },
      rebase: () => {
        host.post({ version, type: "rebase", id: ++this.#asked });
      },
    });
    this.#kernels = new KernelRows((id) => {
      this.#choose(id);
    });
    this.#bits = new BitTable(filter, {
      toggle: (bit) => {
        this.#toggle(bit);
      },
      filter: () => {
        this.#keep();
      },
    });
    this.#seen = new SeenList((text) => {
      host.post({ version, type: "copyText", text });
    });
    this.#tabs = new Tabs(
      [
        {
          id: "bits",
          panel: element("div", {}, this.#bits.element, this.#fields.element),
          draw: this.#drawing((table) => {
            this.#renderBits(table);
          }),
        },
        {
          id: "kernels",
          panel: this.#kernels.element,
          draw: this.#drawing(({ kernels }) => {
            this.#kernels.render(kernels);
          }),
        },
        {
          id: "seen",
          panel: this.#seen.element,
          draw: this.#drawing(({ seen }) => {
            this.#seen.render(seen);
          }),
        },
        {
          id: "sources",
          panel: this.#sources.element,
          draw: this.#drawing(({ report }) => {
            this.#sources.render(report.notes, report.sources);
          }),
        },
      ],
      tab,
      () => {
        this.#keep();
      },
    );
    root.hidden = true;
    root.replaceChildren(
      element("h1", { class: "visually-hidden" }, "SEV feature table"),
      element(
        "div",
        { class: "sticky" },
        this.#head.element,
        this.#verdict.element,
        this.#comparison.element,
      ),
      this.#strip.element,
      this.#tabs.element,
    );
  }

  /** Requests the first content. */
  start(): void {
    this.#host.post({ version, type: "ready", id: ++this.#asked });
  }

  /** Handles a message from the host. */
  receive(message: HostMessage): void {
    switch (message.type) {
      case "copied":
        this.#head.showCopied();
        return;
      case "features":
        this.#bits.learn(message.details);
        return;
      case "table":
        this.#receiveTable(message);
    }
  }

  #receiveTable(message: TableMessage): void {
    const { inReplyTo, table, problem } = message;
    if (inReplyTo !== null && inReplyTo < this.#asked) return;
    const isUnasked = inReplyTo === null;
    const isFirst = this.#shown === null;
    if (isUnasked) this.#bits.reorder();
    this.#shown = message;
    this.#value = BigInt(table.value);
    this.#register = table.register;
    if (isUnasked) this.#head.field.replace(this.#value);
    else if (problem === null) this.#head.field.show(this.#value);
    this.#head.render(message);
    this.#verdict.render(table);
    this.#verdict.dim(problem !== null);
    this.#comparison.render(message);
    this.#strip.render(table);
    this.#tabs.render(tabWords(table));
    this.#root.hidden = false;
    if (isFirst) this.#head.field.focus();
    this.#keep();
  }

  /** Draws from the newest table. */
  #drawing(draw: (table: FeatureTable) => void): () => void {
    return () => {
      if (this.#shown !== null) draw(this.#shown.table);
    };
  }

  #renderBits(table: FeatureTable): void {
    this.#bits.element.hidden = table.rows.length === 0;
    this.#bits.render(table);
    this.#fields.render(
      table.registers.find(({ id }) => id === table.register)?.label ?? "",
      table.fields.map(({ bits, name, value, meaning }) => ({
        name: bits === null ? name : `${name} [${String(bits.from)}:${String(bits.to)}]`,
        value,
        meaning,
      })),
    );
  }

  #decode(text: string): void {
    const register = this.#register;
    this.#host.post({ version, type: "decode", id: ++this.#asked, register, text });
  }

  #toggle(bit: number): void {
    if (this.#shown === null) return;
    this.#value = this.#head.field.value ?? this.#value;
    this.#value ^= bitMask(bit);
    this.#head.field.replace(this.#value);
    this.#decode(hexShort(this.#value));
  }

  #choose(text: string | null): void {
    this.#bits.reorder();
    this.#host.post({ version, type: "chooseGuest", text });
  }

  #keep(): void {
    if (this.#shown === null) return;
    const { table, compareText, origin } = this.#shown;
    const { register, value } = table;
    this.#host.keep({
      version,
      register,
      value,
      filter: this.#bits.filter,
      tab: this.#tabs.chosen,
      origin,
      compared: compareText,
    });
  }
}

function tabWords({
  rows,
  fields,
  kernels,
  seen,
  report,
}: FeatureTable): Record<Tab, TabWords | null> {
  const set = rows.filter((row) => row.set).length;
  const { notes, sources } = report;
  return {
    bits:
      rows.length > 0
        ? { title: "Bits", note: String(set) }
        : fields.length > 0
          ? { title: "Fields", note: String(fields.length) }
          : null,
    kernels: kernels === null ? null : { title: "Kernels", note: countsOf(kernels) },
    seen: seen.length === 0 ? null : { title: "What you will see", note: "" },
    sources:
      sources.length + notes.length === 0
        ? null
        : { title: "Sources", note: String(sources.length) },
  };
}

function countsOf({ counts }: KernelTable): string {
  return counts
    .filter(({ outcome }) => outcome !== "not-reached" && outcome !== "not-snp")
    .map(({ text }) => text)
    .join(" ");
}
