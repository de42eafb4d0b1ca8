import { mayBeCleaned } from "./lineText";

export const LF = 0x0a;
export const CR = 0x0d;

/**
 * Counts the lines of bytes, up to where something stands that a line's text may be cleaned of: such a line has to be
 * read as text before anybody can say which words stand in it.
 */
export class LineMarks {
  /** How many lines ended in the last run. */
  lines = 0;
  /** Where the line begins in which it ended. */
  lineStart = 0;
  readonly #bytes: Uint8Array;
  readonly #words: Int32Array;
  /** How many bytes stand before the first word, which begins at a multiple of four of the memory. */
  readonly #head: number;

  constructor(bytes: Uint8Array) {
    const { buffer, byteOffset, length } = bytes;
    this.#bytes = bytes;
    this.#head = -byteOffset & 3;
    this.#words =
      length < this.#head
        ? new Int32Array()
        : new Int32Array(buffer, byteOffset + this.#head, (length - this.#head) >> 2);
  }

  /** From the beginning of a line; where something unclear stands, `limit` for nowhere before it. */
  run(start: number, limit: number): number {
    this.lines = 0;
    this.lineStart = start;
    const first = Math.min(limit, start + ((this.#head - start) & 3));
    const last = first + ((limit - first) & ~3);
    const unclear = this.#look(start, first);
    if (unclear < first) return unclear;
    const words = this.#words;
    const end = (last - this.#head) >> 2;
    for (let word = (first - this.#head) >> 2; word < end; word++) {
      if (!isMarked(words[word] ?? 0)) continue;
      const at = this.#head + 4 * word;
      const found = this.#look(at, at + 4);
      if (found < at + 4) return found;
    }
    return this.#look(last, limit);
  }

  /** The same, a byte at a time. */
  #look(start: number, limit: number): number {
    const bytes = this.#bytes;
    for (let at = start; at < limit; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= SPACE && byte !== BACKSLASH) continue;
      if (byte === LF || byte === CR) {
        this.lineStart = at + 1;
        // CRLF is one end, counted at its LF.
        if (byte === LF || bytes[at + 1] !== LF) this.lines += 1;
      } else if (mayBeCleaned(byte, bytes[at + 1] ?? 0)) return at;
    }
    return limit;
  }
}

const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** Whether one of four bytes is a control character or a backslash: all four in a few operations. */
function isMarked(word: number): boolean {
  const backslash = word ^ 0x5c5c5c5c;
  // A byte less than what is taken from it borrows into its highest bit.
  const borrowed = ((word - 0x20202020) & ~word) | ((backslash - 0x01010101) & ~backslash);
  return (borrowed & 0x80808080) !== 0;
}

/** Where the line ends that goes on at `start`: at its LF or CR; -1 where it does not end in these bytes. */
export function endOfLine(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) if (bytes[at] === LF || bytes[at] === CR) return at;
  return -1;
}

/** Where the next line begins after a line's end. */
export function afterEnd(bytes: Uint8Array, end: number): number {
  return bytes[end] === CR && bytes[end + 1] === LF ? end + 2 : end + 1;
}

/** Where the last line begins, the one without an end: after the last LF or CR. */
export function lastLineStart(bytes: Uint8Array): number {
  let at = bytes.length;
  while (at > 0 && bytes[at - 1] !== LF && bytes[at - 1] !== CR) at -= 1;
  return at;
}
