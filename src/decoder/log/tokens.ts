/** A word of a line, with its UTF-16 offsets; end exclusive. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How far a word may reach from where one looks; longer ones are digests or data, not values or names. */
const REACH = 64;

const WORD = /[\w:]/u;

/** The word (letters, digits, underscores, `::`) around a UTF-16 offset; null where there is none or it is too long. */
export function wordAt(line: string, offset: number): Token | null {
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start <= REACH && WORD.test(line.charAt(start - 1))) start--;
  while (end < line.length && end - offset <= REACH && WORD.test(line.charAt(end))) end++;
  while (start < end && line.charAt(start) === ":") start++;
  while (end > start && line.charAt(end - 1) === ":") end--;
  const text = line.slice(start, end);
  return text === "" || text.length > REACH ? null : { text, start, end };
}
