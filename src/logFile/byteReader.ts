import { DamagedFile } from "./damaged";

/** Reads bytes that come in chunks, each of which may be used again when the next one is asked for. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Between 1 and `most` bytes, which stay as they are until more are asked for; null where there are no more. */
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

  /** Goes back over bytes at the end of the last piece. */
  back(bytes: number): void {
    this.#at -= bytes;
  }

  /** The next byte; null where there are no more. */
  async byte(): Promise<number | null> {
    const piece = await this.piece(1);
    return piece?.[0] ?? null;
  }

  /** So many bytes, copied. Throws where the file ends before. */
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

  /** Passes over so many bytes. Throws where the file ends before. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0;) {
      const piece = await this.piece(left);
      if (piece === null) throw new DamagedFile();
      left -= piece.length;
    }
  }

  /** Closes what the bytes come from. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
