import type { AnchorFilter } from "./anchorFilter";
import { mayBeCleaned } from "../line/lineText";

export const LF = 0x0a;
export const CR = 0x0d;

/**
 * Goes over bytes for the lines that have to be read as text: those in which a word stands that some format wants,
 * and those that a line's text may be cleaned of something, so that nobody can say before which words stand in it.
 * It looks at four bytes at a time, as one number.
 */
export class LineSearch {
  /** How many lines ended before the line that was found. */
  lines = 0;
  /** Where that line begins. */
  lineStart = 0;
  readonly #filter: AnchorFilter;
  readonly #bytes: Uint8Array;
  readonly #fours: Int32Array;
  /** How many bytes stand before the first four, which begin at a multiple of four of the memory. */
  readonly #head: number;

  /** Bytes that end with the end of a line. */
  constructor(bytes: Uint8Array, filter: AnchorFilter) {
    const { buffer, byteOffset, length } = bytes;
    this.#filter = filter;
    this.#bytes = bytes;
    this.#head = -byteOffset & 3;
    this.#fours =
      length < this.#head
        ? new Int32Array()
        : new Int32Array(buffer, byteOffset + this.#head, (length - this.#head) >> 2);
  }

  /** From the beginning of a line to a place in the line that is found; the bytes' length for none. */
  next(start: number): number {
    const fours = this.#fours;
    const filter = this.#filter;
    this.lines = 0;
    this.lineStart = start;
    const first = (start - this.#head + 3) >> 2;
    const head = Math.min(this.#bytes.length, this.#head + 4 * first);
    const unclear = this.#look(start, head);
    if (unclear < head) return unclear;
    for (let index = first; index < fours.length; index++) {
      const four = fours[index] ?? 0;
      const mayHold = filter.mayHold(IS_LITTLE_ENDIAN ? four : swapped(four));
      if (!mayHold && !isMarked(four)) continue;
      const at = this.#head + 4 * index;
      if (mayHold && filter.standsAround(this.#bytes, at)) return at;
      const found = this.#look(at, at + 4);
      if (found < at + 4) return found;
    }
    return this.#look(Math.max(head, this.#head + 4 * fours.length), this.#bytes.length);
  }

  /** Counts the lines that end before `limit`; a byte at a time. Where the text may be cleaned, or `limit`. */
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
const IS_LITTLE_ENDIAN = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** Four bytes in the other order. */
function swapped(four: number): number {
  return (four << 24) | ((four & 0xff00) << 8) | ((four >>> 8) & 0xff00) | (four >>> 24);
}

/** Whether one of four bytes is a control character or a backslash: all four in a few operations. */
function isMarked(four: number): boolean {
  const backslash = four ^ 0x5c5c5c5c;
  // A byte less than what is taken from it borrows into its highest bit.
  const borrowed = ((four - 0x20202020) & ~four) | ((backslash - 0x01010101) & ~backslash);
  return (borrowed & 0x80808080) !== 0;
}

/** Where the line ends that goes on at `start`: at its LF or CR; -1 where it does not end in these bytes. */
export function endOfLine(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at++) if (bytes[at] === LF || bytes[at] === CR) return at;
  return -1;
}

/** Whether the bytes are ASCII that a line's text is made of as it stands: nothing that is cleaned away. */
export function isPlain(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < SPACE || byte > TILDE || byte === BACKSLASH) return false;
  }
  return true;
}

const TILDE = 0x7e;

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
