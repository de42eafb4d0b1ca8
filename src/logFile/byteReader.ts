import { DamagedFile } from "./damaged";

/** Reads bytes from chunks. The source may reuse a chunk's memory for the next chunk. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Between 1 and `most` bytes, valid until the next call; null at the end. */
  async piece(most: number): Promise<Uint8Array | null> {
    while (this.#at === this.#chunk.length) {
      const next = await this.#source.next();
      if (next.done === true) return null;
      this.#chunk = next.value;
      this.#at = 0;
    }
    const piece = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += piece.length;
    return piece;
  }

  /** Returns the last bytes of the last piece, to be read again. */
  back(bytes: number): void {
    this.#at -= bytes;
  }

  /** The next byte; null at the end. */
  async byte(): Promise<number | null> {
    const piece = await this.piece(1);
    return piece?.[0] ?? null;
  }

  /** A copy of the next `count` bytes. Throws if the file ends before. */
  async take(count: number): Promise<Uint8Array> {
    const taken = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const piece = await this.piece(count - at);
      if (piece === null) throw new DamagedFile();
      taken.set(piece, at);
      at += piece.length;
    }
    return taken;
  }

  /** Skips `count` bytes. Throws if the file ends before. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      const piece = await this.piece(left);
      if (piece === null) throw new DamagedFile();
      left -= piece.length;
    }
  }

  /** Closes the source of the bytes. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
