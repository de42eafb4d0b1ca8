import { countWhile } from "../../text/partition";
import type { Span } from "../../text/span";

/**
 * A piece of a text, and what of another text it was made from: unit by unit where the two are equally long, else as
 * a whole.
 */
export interface Piece extends Span {
  readonly text: string;
}

/** A piece, and where it begins in the text that is made of the pieces. */
interface Run extends Span {
  readonly at: number;
  readonly isWhole: boolean;
}

/** A text made from another one, which knows where each of its units comes from. */
export class TracedText {
  readonly text: string;
  readonly #runs: readonly Run[];

  /** Its pieces, in order; those that hold no text are what was left out. */
  constructor(pieces: Iterable<Piece>) {
    const runs: Run[] = [];
    let text = "";
    for (const { text: piece, start, end } of pieces) {
      if (piece === "") continue;
      runs.push({ at: text.length, start, end, isWhole: piece.length !== end - start });
      text += piece;
    }
    this.text = text;
    this.#runs = runs;
  }

  /** What a range of the text was made from. It ends with its last unit: what was left out after that stays outside. */
  original({ start, end }: Span): Span {
    const { length } = this.text;
    return {
      start: start < length ? this.#originOf(start).start : start,
      end: end > 0 && end <= length ? this.#originOf(end - 1).end : end,
    };
  }

  /** What a unit was made from: of the last run that begins at it or before. */
  #originOf(unit: number): Span {
    const run = this.#runs[countWhile(this.#runs, ({ at }) => at <= unit) - 1];
    if (run === undefined) return { start: unit, end: unit + 1 };
    if (run.isWhole) return run;
    const start = run.start + unit - run.at;
    return { start, end: start + 1 };
  }
}
