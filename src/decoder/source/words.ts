/** A word of a line, with its UTF-16 offsets; end exclusive. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How far a word may reach from where one looks; longer ones are digests or data, not values or names. */
const REACH = 64;

const WORD = /\w/u;

/** The word (letters, digits, underscores) around a UTF-16 offset; null where there is none or it is too long. */
export function wordAt(line: string, offset: number): Token | null {
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start <= REACH && WORD.test(line.charAt(start - 1))) start--;
  while (end < line.length && end - offset <= REACH && WORD.test(line.charAt(end))) end++;
  const text = line.slice(start, end);
  return text === "" || text.length > REACH ? null : { text, start, end };
}

/** The last segment of a Rust path before a word: `SEVStatusFlags` before `SECURE_TSC`; null where there is none. */
export function pathBefore(line: string, { start }: Token): Token | null {
  return line.slice(Math.max(0, start - 2), start) === "::" ? wordAt(line, start - 2) : null;
}
