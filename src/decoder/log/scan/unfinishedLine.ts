import { LF } from "./lineSearch";

/** The bytes of a line whose end has not been read: copied, for the chunk that they came in may be used again. */
export class UnfinishedLine {
  readonly #most: number;
  #bytes = new Uint8Array(FIRST_SIZE);
  #length = 0;

  /** Beyond `most` bytes the rest of the line is left out. */
  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(bytes: Uint8Array): void {
    const kept = bytes.subarray(0, this.#most - this.#length);
    this.#grow(this.#length + kept.length + 1);
    this.#bytes.set(kept, this.#length);
    this.#length += kept.length;
  }

  /** The line, with an LF at its end, until bytes are added to the next one. */
  finish(): Uint8Array {
    this.#bytes[this.#length] = LF;
    const line = this.#bytes.subarray(0, this.#length + 1);
    this.#length = 0;
    return line;
  }

  #grow(size: number): void {
    if (size <= this.#bytes.length) return;
    // Doubled, so that a line that comes byte by byte is not copied at each of them.
    const larger = new Uint8Array(Math.max(size, Math.min(2 * this.#bytes.length, this.#most + 1)));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const FIRST_SIZE = 1024;
