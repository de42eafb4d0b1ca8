import { PIECE, pieceOf } from "./anchorPiece";

/** A word, and where in it the three characters stand that it is found by. */
interface Place {
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * Finds out, in one pass, whether any of many words stands in a text or in its bytes. Of each word one piece of
 * {@link PIECE} characters is looked for: wherever it stands, it holds the three characters at some multiple of
 * {@link STRIDE}. So three characters out of four are looked at, and no step waits for the one before.
 */
export class AnchorFilter {
  /** A bit for the three characters of every place, by their hash: most of a log is told by it alone. */
  readonly #bits = new Int32Array(HASHES / 32);
  readonly #places = new Map<number, Place[]>();

  /** Words are ASCII, and have {@link PIECE} characters or more. */
  constructor(words: Iterable<string>) {
    // The shortest have the least choice of pieces.
    for (const word of [...new Set(words)].sort((a, b) => a.length - b.length)) this.#add(word);
  }

  #add(text: string): void {
    if (text.length < PIECE)
      throw new RangeError(`The word ${JSON.stringify(text)} has less than ${PIECE} characters.`);
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const piece = pieceOf(text, (at) => this.#places.has(threeOf(text, at)));
    for (let offset = piece; offset < piece + STRIDE; offset++) {
      const three = threeOf(text, offset);
      const hash = hashOf(three);
      this.#bits[hash >>> 5] = (this.#bits[hash >>> 5] ?? 0) | (1 << hash);
      this.#places.set(three, [...(this.#places.get(three) ?? []), { text, bytes, offset }]);
    }
  }

  /** Whether any of the words stands in the text. */
  wants(text: string): boolean {
    for (let at = 0; at < text.length - 2; at += STRIDE) {
      const three = threeOf(text, at);
      if (!this.mayHold(three)) continue;
      for (const place of this.#places.get(three) ?? [])
        if (at >= place.offset && text.startsWith(place.text, at - place.offset)) return true;
    }
    return false;
  }

  /** Whether three characters may be some of a word: the first in the lowest byte, what is above them ignored. */
  mayHold(three: number): boolean {
    const hash = hashOf(three);
    return (((this.#bits[hash >>> 5] ?? 0) >>> hash) & 1) !== 0;
  }

  /** Whether a word stands in the bytes that is found by the three bytes here. */
  standsAround(bytes: Uint8Array, at: number): boolean {
    const three = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    for (const place of this.#places.get(three) ?? [])
      if (standsAt(bytes, at - place.offset, place.bytes)) return true;
    return false;
  }
}

/** How far the looks at a text are apart. */
export const STRIDE = 4;

const HASHES = 0x2_0000;

/** The lowest three bytes of a number as one of {@link HASHES}. */
function hashOf(three: number): number {
  return Math.imul(three << 8, 0x9e3779b1) >>> 15;
}

/** Three characters, by their low bytes: a clash costs a comparison, and misses nothing. */
function threeOf(text: string, at: number): number {
  return (
    (text.charCodeAt(at) & 0xff) |
    ((text.charCodeAt(at + 1) & 0xff) << 8) |
    ((text.charCodeAt(at + 2) & 0xff) << 16)
  );
}

function standsAt(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return false;
  return true;
}
