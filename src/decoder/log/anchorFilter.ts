/**
 * Says of a line, in one pass, whether any of many words stands in it (Wu and Manber, with blocks of two
 * characters). Most lines of a log hold no word at all: of these it looks at a fraction of the characters.
 */
export class AnchorFilter {
  /** How many characters the shortest word has: the window that moves over the line. */
  readonly #window: number;
  /** By the last two characters of the window: how far it may move, 0 where a word may stand in it. */
  readonly #moves: Uint8Array;
  readonly #words = new Map<number, string[]>();

  /** Words have two characters or more, ASCII only. */
  constructor(words: Iterable<string>) {
    const all = [...new Set(words)];
    this.#window = Math.max(2, Math.min(...all.map((word) => word.length)));
    this.#moves = new Uint8Array(PAIRS).fill(Math.min(this.#window - 1, MOST));
    for (const word of all) this.#add(word);
  }

  #add(word: string): void {
    for (let end = 1; end < this.#window; end++) {
      const pair = pairAt(word, end);
      const move = this.#window - 1 - end;
      this.#moves[pair] = Math.min(this.#moves[pair] ?? move, move);
      if (move === 0) this.#words.set(pair, [...(this.#words.get(pair) ?? []), word]);
    }
  }

  /** Whether any of the words stands in the text. */
  wants(text: string): boolean {
    const { length } = text;
    for (let end = this.#window - 1; end < length;) {
      const pair = pairAt(text, end);
      const move = this.#moves[pair] ?? 0;
      if (move > 0) end += move;
      else if (this.#stands(text, end, pair)) return true;
      else end += 1;
    }
    return false;
  }

  #stands(text: string, end: number, pair: number): boolean {
    const start = end - this.#window + 1;
    const words = this.#words.get(pair);
    if (words === undefined) return false;
    for (const word of words) if (text.startsWith(word, start)) return true;
    return false;
  }
}

const PAIRS = 0x1_0000;
const MOST = 0xff;

/** The characters before and at `end`, by their low bytes: a clash costs a comparison, and misses nothing. */
function pairAt(text: string, end: number): number {
  return ((text.charCodeAt(end - 1) & 0xff) << 8) | (text.charCodeAt(end) & 0xff);
}
