import type { Paint } from "../decoder/report/render/text";

/** What a command may be given by `--name`, or by `--name TEXT`. */
export interface Option {
  readonly name: string;
  /** What its text is called in the help; null for an option that takes none. */
  readonly takes: string | null;
  readonly help: string;
}

/** Where a command speaks to. */
export interface Terminal {
  /** Writes a text and a newline to standard output. */
  readonly print: (text: string) => void;
  /** Writes JSON to standard output: indented for a person at a terminal, else one line. */
  readonly printJson: (json: unknown) => void;
  /** Writes what was printed and still waits to be written. */
  readonly flush: () => void;
  /** Writes a warning, one line, to standard error. */
  readonly warn: (sentence: string) => void;
  /** Writes an error, one line, to standard error, where the command goes on all the same. */
  readonly complain: (sentence: string) => void;
  readonly paint: Paint;
}

/** One command: what the help says of it, and what it does. */
export interface Command {
  readonly name: string;
  /** Its arguments, a line for each way to call it. */
  readonly usage: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: readonly Option[];
  /** What else a stranger must know, in paragraphs. */
  readonly about: readonly string[];
  readonly examples: readonly string[];
  /** Does it; the result is the exit status. Throws {@link Unusable} where it cannot be done. */
  readonly run: (args: readonly string[], terminal: Terminal) => number | Promise<number>;
}

/** Arguments that cannot be used; the message is the one line that a person is shown. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}

/** Exit statuses of every command. */
export const DONE = 0;
/** The answer is no; only where a command says so. */
export const NO = 1;
/** Unusable arguments, or input or output that failed. */
export const UNUSABLE = 2;
