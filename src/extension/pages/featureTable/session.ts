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

/** What one feature table shows, and which of its page's requests that answers. */
export class FeatureTableSession {
  /** What the table was opened with: what is edited since is compared with it. */
  #opened: ValueArgument;
  #shown: ValueArgument;
  #problem: string | null = null;
  #answers: number | null = null;

  constructor(shown: ValueArgument) {
    this.#opened = shown;
    this.#shown = shown;
  }

  /** The newest good value. */
  get shown(): ValueArgument {
    return this.#shown;
  }

  /** Shows what the page did not ask for. */
  show(shown: ValueArgument): void {
    this.#opened = shown;
    this.#shown = shown;
    this.#problem = null;
    this.#answers = null;
  }

  /** Takes a request in. Text that is no value leaves the last good value in place, read as the asked register. */
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

  /** What the page is to show now, for the guest that is chosen now; `others` can be chosen besides the catalog's. */
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
