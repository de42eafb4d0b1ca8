import type { BlockMatch } from "../finding";
import type { LineText } from "../line/lineText";
import type { Block, BlockFormat } from "../formats/format";

/** Reads the blocks of one format, line by line. A reader that starts in the middle of a log reads the same blocks. */
export class BlockReader {
  readonly format: BlockFormat;
  #open: { readonly block: Block; foreign: number; lines: number } | null = null;

  constructor(format: BlockFormat) {
    this.format = format;
  }

  /** Whether the next line may belong to a block that has begun. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** How many lines the open block has so far, from its first one on; 0 where none is open. */
  get openLines(): number {
    return this.#open?.lines ?? 0;
  }

  /** What the line states of the open block, or of the one that it ends. */
  line(text: LineText, number: number): readonly BlockMatch[] {
    const wasOpen = this.isOpen;
    const { found, isTaken } = this.#take(text, number);
    if (wasOpen && (isTaken || this.#open !== null)) return found;
    const block = this.format.begin(text, number);
    if (block !== null) this.#open = { block, foreign: 0, lines: 1 };
    return found;
  }

  /** What the open block states when there are no more lines. */
  end(): readonly BlockMatch[] {
    const found = this.#open?.block.close() ?? [];
    this.#open = null;
    return found;
  }

  /** What the open block makes of the line, and whether the line is part of it. */
  #take(text: LineText, number: number): { found: readonly BlockMatch[]; isTaken: boolean } {
    const open = this.#open;
    if (open === null) return { found: [], isTaken: false };
    const { state, found } = open.block.take(text, number);
    const isTaken = state === "more" || state === "done";
    open.lines += 1;
    open.foreign = isTaken ? 0 : open.foreign + 1;
    if (state === "done" || state === "over") this.#open = null;
    const isTooLong = open.lines >= this.format.longest || open.foreign > this.format.patience;
    return { found: isTooLong ? [...found, ...this.end()] : found, isTaken };
  }
}
