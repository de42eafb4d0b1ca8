import { PIECE, pieceOf } from "./anchorPiece";

/** A word, its owners, and where in it the three characters stand that it is found by. */
interface Place {
  readonly owners: readonly number[];
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * Finds, in one pass, which of many words stand in a text or in its bytes. It looks for one piece of {@link PIECE}
 * characters of each word. Wherever a piece stands, three of its characters begin at a multiple of {@link STRIDE}, so
 * one look at every fourth place is enough.
 */
export class AnchorFilter {
  /** A bit for each place's three characters, by their hash. It alone rules most of a log out. */
  readonly #bits = new Int32Array(HASHES / 32);
  readonly #places = new Map<number, Place[]>();

  /** Each word with its owners. Words are ASCII, and have {@link PIECE} characters or more. */
  constructor(words: ReadonlyMap<string, readonly number[]>) {
    // The shortest have the least choice of pieces.
    for (const [word, owners] of [...words].sort(([a], [b]) => a.length - b.length))
      this.#add(word, owners);
  }

  #add(text: string, owners: readonly number[]): void {
    if (text.length < PIECE)
      throw new RangeError(`The word ${JSON.stringify(text)} has less than ${PIECE} characters.`);
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const piece = pieceOf(text, (at) => this.#places.has(threeOf(text, at)));
    for (let offset = piece; offset < piece + STRIDE; offset++) {
      const three = threeOf(text, offset);
      const hash = hashOf(three);
      this.#bits[hash >>> 5] = (this.#bits[hash >>> 5] ?? 0) | (1 << hash);
      const place = { owners, bytes, offset };
      this.#places.set(three, [...(this.#places.get(three) ?? []), place]);
    }
  }

  /** The owners of the words that stand in the text, each once, in ascending order. */
  ownersIn(text: string): readonly number[] {
    const bits = this.#bits;
    let found: number[] | null = null;
    for (let at = 0; at < text.length - 2; at += STRIDE) {
      const three = threeOf(text, at);
      const hash = hashOf(three);
      if ((((bits[hash >>> 5] ?? 0) >>> hash) & 1) === 0) continue;
      const places = this.#places.get(three);
      if (places === undefined) continue;
      for (const { offset, bytes, owners } of places)
        if (isTextAt(text, at - offset, bytes)) found = withOwners(found ?? [], owners);
    }
    return found ?? NO_OWNERS;
  }

  /** {@link ownersIn} for the ASCII bytes from `start` to `end`. */
  ownersInBytes(bytes: Uint8Array, start: number, end: number): readonly number[] {
    let found: number[] | null = null;
    for (let at = start; at < end - 2; at += STRIDE) {
      const three = threeBytes(bytes, at);
      if (!this.mayHold(three)) continue;
      for (const place of this.#places.get(three) ?? [])
        if (standsAt(bytes, at - place.offset, place.bytes))
          found = withOwners(found ?? [], place.owners);
    }
    return found ?? NO_OWNERS;
  }

  /** Whether three characters may be of a word: the first is in the lowest byte, the highest byte is ignored. */
  mayHold(three: number): boolean {
    const hash = hashOf(three);
    return (((this.#bits[hash >>> 5] ?? 0) >>> hash) & 1) !== 0;
  }

  /** Whether a word stands around these three bytes. */
  standsAround(bytes: Uint8Array, at: number): boolean {
    for (const place of this.#places.get(threeBytes(bytes, at)) ?? [])
      if (standsAt(bytes, at - place.offset, place.bytes)) return true;
    return false;
  }
}

const NO_OWNERS: readonly number[] = [];

/** Adds owners that are not there yet, in ascending order. */
function withOwners(found: number[], owners: readonly number[]): number[] {
  for (const owner of owners) {
    if (found.includes(owner)) continue;
    let at = found.push(owner) - 1;
    for (; at > 0 && (found[at - 1] ?? 0) > owner; at--) found[at] = found[at - 1] ?? 0;
    found[at] = owner;
  }
  return found;
}

function threeBytes(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
}

/** How far the looks at a text are apart. */
export const STRIDE = 4;

const HASHES = 0x2_0000;

/** The lowest three bytes of a number as one of {@link HASHES}. */
function hashOf(three: number): number {
  return Math.imul(three << 8, 0x9e3779b1) >>> 15;
}

/** The low bytes of three characters. A clash costs a comparison, and misses nothing. */
function threeOf(text: string, at: number): number {
  return (
    (text.charCodeAt(at) & 0xff) |
    ((text.charCodeAt(at + 1) & 0xff) << 8) |
    ((text.charCodeAt(at + 2) & 0xff) << 16)
  );
}

/** Faster than `startsWith` where most words differ in their first character. */
function isTextAt(text: string, start: number, word: Uint8Array): boolean {
  if (start < 0) return false;
  for (let at = 0; at < word.length; at++)
    if (text.charCodeAt(start + at) !== word[at]) return false;
  return true;
}

function standsAt(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return false;
  return true;
}
