import type { Utf8Decoder } from "./logReader";
import { CR, LF, afterEnd, endOfLine } from "./lineSearch";

/** What a line has beyond so many bytes is left out. */
const MOST_BYTES = 2_048;

/**
 * Picks lines by their numbers (from 0) out of a log as bytes, in chunks of any size. Counts lines as `LogReader` does: they
 * end at LF, CRLF and a lone CR.
 */
export class LinePicker {
  readonly #decoder: Utf8Decoder;
  /** Numbers that are still to come, the last one first. */
  readonly #wanted: number[];
  readonly #picked = new Map<number, string>();
  #line = 0;
  /** What the chunks so far have of a wanted line. */
  #begun: Uint8Array = new Uint8Array();
  #endedInCr = false;

  constructor(decoder: Utf8Decoder, wanted: Iterable<number>) {
    this.#decoder = decoder;
    this.#wanted = [...new Set(wanted)].sort((a, b) => b - a);
  }

  /** Whether every line was picked. */
  get isDone(): boolean {
    return this.#wanted.length === 0;
  }

  /** The next bytes, which may be used again afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let at = this.#endedInCr && chunk[0] === LF ? 1 : 0;
    this.#endedInCr = chunk[chunk.length - 1] === CR;
    while (at < chunk.length && !this.isDone) {
      const end = endOfLine(chunk, at);
      if (this.#line === this.#wanted.at(-1))
        this.#keep(chunk.subarray(at, end === -1 ? chunk.length : end));
      if (end === -1) return;
      this.#endLine();
      at = afterEnd(chunk, end);
    }
  }

  /** There are no more bytes. The lines that there are, by their numbers. */
  end(): ReadonlyMap<number, string> {
    if (this.#begun.length > 0) this.#endLine();
    return this.#picked;
  }

  #keep(bytes: Uint8Array): void {
    const both = new Uint8Array(Math.min(MOST_BYTES, this.#begun.length + bytes.length));
    both.set(this.#begun);
    both.set(bytes.subarray(0, both.length - this.#begun.length), this.#begun.length);
    this.#begun = both;
  }

  #endLine(): void {
    if (this.#line === this.#wanted.at(-1)) {
      this.#picked.set(this.#line, this.#decoder.decode(this.#begun));
      this.#wanted.pop();
      this.#begun = new Uint8Array();
    }
    this.#line += 1;
  }
}
