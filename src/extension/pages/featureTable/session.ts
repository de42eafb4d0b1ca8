import type { NamedGuest } from "../../../decoder/guest/lookup";
import type { GuestProfile } from "../../../decoder/guest/profile";
import { changesReport } from "../../../decoder/report/value/changesReport";
import { featureTable } from "../../../decoder/report/value/featureTable";
import { u64ProblemSentence } from "../../../decoder/report/problem";
import { parseU64 } from "../../../decoder/text/u64";
import type { HostMessage, ViewMessage } from "../../../pages/featureTable/protocol";
import { PROTOCOL_VERSION } from "../../../pages/featureTable/protocol";
import type { ValueArgument } from "../../commands/argument";

/** SEV, SEV-ES and SEV-SNP: what every SNP guest has. */
export const FIRST_SHOWN: ValueArgument = { register: "sev-status", value: 0x7n };

type TableMessage = Extract<HostMessage, { type: "table" }>;
type Request = Extract<ViewMessage, { id: number }>;

/** The state of one feature table: its value, and the newest request that it answers. */
export class FeatureTableSession {
  /** The value that the table was opened with; edits are compared with it. */
  #opened: ValueArgument;
  #shown: ValueArgument;
  #problem: string | null = null;
  #answers: number | null = null;

  constructor(shown: ValueArgument) {
    this.#opened = shown;
    this.#shown = shown;
  }

  /** The newest valid value. */
  get shown(): ValueArgument {
    return this.#shown;
  }

  /** Shows a value that the page did not request. */
  show(shown: ValueArgument): void {
    this.#opened = shown;
    this.#shown = shown;
    this.#problem = null;
    this.#answers = null;
  }

  /** Handles a request. Invalid text keeps the last valid value, read as the requested register. */
  take(request: Request): void {
    this.#answers = request.id;
    this.#problem = null;
    if (request.type === "ready") return;
    const parsed = parseU64(request.text);
    if (!parsed.ok) this.#problem = u64ProblemSentence(parsed.problem);
    this.#shown = {
      register: request.register,
      value: parsed.ok ? parsed.value : this.#shown.value,
    };
  }

  /** The message with the current table for a guest; `others` can be chosen besides the catalog's. */
  answer(guest: GuestProfile | null, others: readonly NamedGuest[] = []): TableMessage {
    const { register, value } = this.#shown;
    return {
      version: PROTOCOL_VERSION,
      type: "table",
      inReplyTo: this.#answers,
      table: featureTable(register, value, guest, others),
      changes: changesReport(this.#opened, this.#shown, guest),
      problem: this.#problem,
    };
  }
}
