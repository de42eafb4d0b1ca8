/**
 * A text with every character that a screen obeys instead of showing (control characters, line
 * separators, direction marks, zero-width characters) written as its number: `\u001b`.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}
