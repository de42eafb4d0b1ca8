import type { Paint } from "../decoder/report/render/text";

/** An option of a command: `--name`, or `--name TEXT`. */
export interface Option {
  readonly name: string;
  /** The placeholder for its text in the help, such as `TEXT`; null if it takes no text. */
  readonly takes: string | null;
  readonly help: string;
}

/** Where a command prints. */
export interface Terminal {
  /** Writes a text and a newline to standard output. */
  readonly print: (text: string) => void;
  /** Writes text for people and a newline to standard output: at a terminal wrapped at its width. */
  readonly tell: (text: string) => void;
  /** Writes JSON to standard output: indented for a person at a terminal, else one line. */
  readonly printJson: (json: unknown) => void;
  /** Flushes the printed text. */
  readonly flush: () => void;
  /** Writes a warning, one line, to standard error. */
  readonly warn: (sentence: string) => void;
  /** Writes an error, one line, to standard error. The command goes on. */
  readonly complain: (sentence: string) => void;
  readonly paint: Paint;
}

/** One command: its help and its code. */
export interface Command {
  readonly name: string;
  /** Its arguments, a line for each way to call it. */
  readonly usage: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: readonly Option[];
  /** The rest of the help, in paragraphs. */
  readonly about: readonly string[];
  readonly examples: readonly string[];
  /** Runs the command; returns the exit status. Throws {@link Unusable} for arguments that cannot be used. */
  readonly run: (args: readonly string[], terminal: Terminal) => number | Promise<number>;
}

/** Arguments that cannot be used. The user sees the message, one line. */
export class Unusable extends Error {
  override readonly name = "Unusable";
}

/** Exit statuses of every command. */
export const DONE = 0;
/** The answer is "no". Only some commands use it; their help says so. */
export const NO = 1;
/** Unusable arguments, or failed input or output. */
export const UNUSABLE = 2;
