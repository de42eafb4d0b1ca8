import { pieceOf } from "./anchorPiece";

/** A word, and the piece of it that is looked for: as long as the window. */
interface Word {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** Where in the word the piece begins. */
  readonly piece: number;
}

/**
 * Finds, in one pass, whether any of many words stands in a text or in its bytes (Wu and Manber, with blocks of two
 * characters). Most lines of a log hold no word at all: of these it looks at a fraction of the characters.
 */
export class AnchorFilter {
  /** How many characters the shortest word has: the window that moves over the line. */
  readonly #window: number;
  /** By the last two characters of the window: how far it may move, 0 where a piece may stand in it. */
  readonly #moves: Uint8Array;
  readonly #words = new Map<number, Word[]>();

  /** Words have two characters or more, ASCII only. */
  constructor(words: Iterable<string>) {
    const all = [...new Set(words)];
    this.#window = Math.max(2, Math.min(MOST, ...all.map((word) => word.length)));
    this.#moves = new Uint8Array(PAIRS).fill(this.#window - 1);
    // The shortest have the least choice.
    for (const word of all.sort((a, b) => a.length - b.length)) this.#add(word);
  }

  #add(text: string): void {
    const piece = pieceOf(text, this.#window, this.#moves);
    for (let end = 1; end < this.#window; end++) {
      const pair = pairOf(text.charCodeAt(piece + end - 1), text.charCodeAt(piece + end));
      const move = this.#window - 1 - end;
      this.#moves[pair] = Math.min(this.#moves[pair] ?? move, move);
      if (move > 0) continue;
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      this.#words.set(pair, [...(this.#words.get(pair) ?? []), { text, bytes, piece }]);
    }
  }

  /** Whether any of the words stands in the text. */
  wants(text: string): boolean {
    const { length } = text;
    for (let end = this.#window - 1; end < length;) {
      // By the low bytes of the characters: a clash costs a comparison, and misses nothing.
      const pair = pairOf(text.charCodeAt(end - 1), text.charCodeAt(end));
      const move = this.#moves[pair] ?? 0;
      if (move > 0) end += move;
      else if (this.#stands(text, end, pair)) return true;
      else end += 1;
    }
    return false;
  }

  /** Where in the bytes, from `start` and before `limit`, a word begins whose piece is the first there; `limit` for none. */
  next(bytes: Uint8Array, start: number, limit: number): number {
    const moves = this.#moves;
    for (let end = start + this.#window - 1; end < limit;) {
      const pair = pairOf(bytes[end - 1] ?? 0, bytes[end] ?? 0);
      const move = moves[pair] ?? 0;
      if (move > 0) {
        end += move;
        continue;
      }
      const found = this.#begins(bytes, end, pair);
      if (found >= start) return found;
      end += 1;
    }
    return limit;
  }

  #stands(text: string, end: number, pair: number): boolean {
    const start = end - this.#window + 1;
    for (const word of this.#words.get(pair) ?? [])
      if (start >= word.piece && text.startsWith(word.text, start - word.piece)) return true;
    return false;
  }

  /** Where a word begins whose piece ends here; -1 for none. */
  #begins(bytes: Uint8Array, end: number, pair: number): number {
    const start = end - this.#window + 1;
    for (const word of this.#words.get(pair) ?? [])
      if (standsAt(bytes, start - word.piece, word.bytes)) return start - word.piece;
    return -1;
  }
}

const PAIRS = 0x1_0000;
/** The longest window: a move is kept in a byte. */
const MOST = 0x100;

/** Two characters, by their low bytes. */
function pairOf(first: number, second: number): number {
  return ((first & 0xff) << 8) | (second & 0xff);
}

function standsAt(bytes: Uint8Array, start: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at++) if (bytes[start + at] !== word[at]) return false;
  return true;
}
