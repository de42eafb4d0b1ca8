import type { GuestLookup, NamedGuest } from "../../../decoder/guest/lookup";
import type { GuestProfile } from "../../../decoder/guest/profile";
import { guestProfile } from "../../../decoder/guest/profile";
import { converted } from "../../../decoder/register/decode";
import type { Register } from "../../../decoder/register/decode";
import { featureTable } from "../../../decoder/report/value/featureTable";
import { hexShort } from "../../../decoder/text/u64";
import type { HostMessage, TableOrigin, ViewMessage } from "../../../pages/featureTable/protocol";
import { PROTOCOL_VERSION } from "../../../pages/featureTable/protocol";
import type { ValueArgument } from "../../commands/argument";
import { parseTyped } from "../../commands/typedValue";

/** SEV, SEV-ES and SEV-SNP: what every SNP guest has. */
export const FIRST_SHOWN: ValueArgument = { register: "sev-status", value: 0x7n };

/** So many values can be taken back. */
const MOST_PAST = 100;

type TableMessage = Extract<HostMessage, { type: "table" }>;
type Request = Extract<ViewMessage, { id: number }>;

/** For whom a table is answered. */
export interface Asker {
  readonly guest: GuestProfile | null;
  /** Where the choice of the guest is from: `what-if`, `the log's own kernel`. */
  readonly from?: string;
  /** The kernel of the value's log. */
  readonly own?: GuestProfile | null;
  /** Guests besides the catalog's. */
  readonly others?: readonly NamedGuest[];
  /** Finds a guest to compare with. */
  readonly lookUp?: GuestLookup;
  /** Values that were shown before, the newest first. */
  readonly history?: readonly ValueArgument[];
  /** What the page is to keep of it across a reload. */
  readonly origin?: TableOrigin;
}

const NO_ORIGIN: TableOrigin = { own: null, log: null, whatIf: null };

/** The state of one feature table: its value and those before it, what it is compared with, and the newest request that it answers. */
export class FeatureTableSession {
  /** The value that the table was opened with; edits are compared with it. */
  #opened: ValueArgument;
  #shown: ValueArgument;
  readonly #past: ValueArgument[] = [];
  /** What the user wants to compare with: a value or a guest; "" for the value that the table was opened with. */
  #compared: string;
  #banner: string | null = null;
  #problem: string | null = null;
  #answers: number | null = null;

  constructor(shown: ValueArgument, compared = "") {
    this.#opened = shown;
    this.#shown = shown;
    this.#compared = compared;
  }

  /** The newest valid value. */
  get shown(): ValueArgument {
    return this.#shown;
  }

  /** The banner of the kernel that the newest pasted log names. */
  get banner(): string | null {
    return this.#banner;
  }

  /** Shows a value that the page did not request. */
  show(shown: ValueArgument): void {
    this.#remember();
    this.#opened = shown;
    this.#shown = shown;
    this.#compared = "";
    this.#banner = null;
    this.#problem = null;
    this.#answers = null;
  }

  /** Handles a request. Invalid text keeps the last valid value. */
  take(request: Request): void {
    this.#answers = request.id;
    this.#problem = null;
    switch (request.type) {
      case "ready":
        break;
      case "decode":
        this.#read(request.text, request.register);
        break;
      case "convert":
        this.#convert(request.register);
        break;
      case "compare":
        this.#compared = request.text.trim();
        break;
      case "undo":
        this.#shown = this.#past.pop() ?? this.#shown;
        break;
      case "rebase":
        this.#opened = this.#shown;
        break;
    }
  }

  /** Reads typed or pasted text; a number alone is read as the register that the page shows. */
  #read(text: string, register: Register): void {
    const typed = parseTyped(text, register);
    if (!typed.ok || typed.value === null) {
      this.#problem = typed.ok ? NO_REGISTER : typed.problem;
      return;
    }
    this.#change(typed.value);
    this.#banner = typed.banner;
  }

  /** Shows the same features in the positions of another register; what holds something else is read anew. */
  #convert(register: Register): void {
    const { register: from, value } = this.#shown;
    this.#change({ register, value: converted(from, register, value) ?? value });
  }

  #change(shown: ValueArgument): void {
    const { register, value } = this.#shown;
    if (register === shown.register && value === shown.value) return;
    this.#remember();
    this.#shown = shown;
  }

  #remember(): void {
    this.#past.push(this.#shown);
    if (this.#past.length > MOST_PAST) this.#past.shift();
  }

  /** The message with the current table. */
  answer(asker: Asker): TableMessage {
    const { guest, own = null, others = [], history = [], origin = NO_ORIGIN } = asker;
    const { second, problem } = this.#second(asker);
    return {
      version: PROTOCOL_VERSION,
      type: "table",
      inReplyTo: this.#answers,
      table: featureTable({
        ...this.#shown,
        guest,
        own,
        others,
        second,
        ...(asker.from === undefined ? {} : { from: asker.from }),
      }),
      problem: this.#problem,
      compareText: this.#compared,
      compareProblem: problem,
      canUndo: this.#past.length > 0,
      isEdited: this.#isEdited,
      history: history.map(({ register, value }) => `${register} ${hexShort(value)}`),
      origin,
    };
  }

  get #isEdited(): boolean {
    const { register, value } = this.#opened;
    const shown = this.#shown;
    return (converted(register, shown.register, value) ?? value) !== shown.value;
  }

  #second({ lookUp = guestProfile }: Asker): {
    readonly second: ValueArgument | GuestProfile | null;
    readonly problem: string | null;
  } {
    if (this.#compared === "")
      return { second: this.#isEdited ? this.#opened : null, problem: null };
    const typed = parseTyped(this.#compared, this.#shown.register);
    if (typed.ok && typed.value !== null) return { second: typed.value, problem: null };
    const guest = lookUp(this.#compared);
    return { second: guest, problem: guest === null ? NOT_COMPARED : null };
  }
}

const NO_REGISTER = "This shows no value of a register. “SEV: Decode Value…” says what it is.";
const NOT_COMPARED = "Neither a value nor a kernel. Try 0x87 or 6.14.";
