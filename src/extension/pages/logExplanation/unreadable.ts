import { internalProblem, quoted } from "../../../decoder/text/quoted";

/** A log that cannot be read. The message is a sentence for the user. */
export class UnreadableLog extends Error {
  /** There is no such file. */
  readonly isMissing: boolean;

  constructor(message: string, isMissing = false) {
    super(message);
    this.isMissing = isMissing;
  }
}

/** Why the log was not read to its end, in one sentence; "internal" for an error that is not the log's. */
export function failureSentence(name: string, error: unknown): string {
  return error instanceof UnreadableLog
    ? error.message
    : `${quoted(name)} cannot be read further: ${internalProblem(error)}.`;
}
