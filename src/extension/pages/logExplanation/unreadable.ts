import { internalProblem, quoted } from "../../../decoder/text/quoted";

/** What is wrong with a log that cannot be read; the message is a sentence for people. */
export class UnreadableLog extends Error {}

/** Why the log of this name was not read to its end, in one sentence; an error that is not the log's is called internal. */
export function failureSentence(name: string, error: unknown): string {
  return error instanceof UnreadableLog
    ? error.message
    : `${quoted(name)} cannot be read further: ${internalProblem(error)}.`;
}
