import { visible } from "./visible";

/** Longer texts are shown by their beginning; the sentence is for one line. */
const SHOWN = 60;

/** A text from outside as it may be shown on one line: control characters escaped, no longer than a glance takes. */
export function quoted(text: string): string {
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return visible(JSON.stringify(shown));
}

/** An error of this program, in a few words. */
export function internalProblem(error: unknown): string {
  return `internal error ${quoted(error instanceof Error ? error.message : String(error))}`;
}
