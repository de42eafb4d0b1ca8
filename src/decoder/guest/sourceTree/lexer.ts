import { quoted } from "../../text/quoted";
import { NotUnderstood } from "./notUnderstood";

/** A word of C: an identifier, a number, a string with its quotes, or an operator. */
export interface Token {
  readonly text: string;
  /** Counts from 1. */
  readonly line: number;
  /** The first of its line, where a line that ends in a backslash goes on in the next one. */
  readonly startsLine: boolean;
  /** Nothing stands between the one before and this. */
  readonly isAttached: boolean;
}

/** The largest file that is read, in UTF-16 units; the kernel's own are a tenth of it. */
export const LARGEST_FILE = 2 ** 21;

const BLANKS = /[ \t\v\f\r]+/uy;
const SPLICE = /\\[ \t]*\r?\n/uy;
const WORD = /[A-Z_a-z$][\w$]*|\.?\d[\w.]*/uy;
// One that is longer than any in the kernel is read as its quote, and as what is in it.
const STRING = /"(?:[^"\\\n]|\\[\s\S]){0,4000}"|'(?:[^'\\\n]|\\[\s\S]){0,4000}'/uy;
const OPERATOR = /<<=|>>=|\.\.\.|->|<<|>>|<=|>=|==|!=|&&|\|\||##|[-+*/%&|^]=|\+\+|--|[\s\S]/uy;

/** The words of a C source file without its comments, in one pass; what is damaged is {@link NotUnderstood}. */
export function lex(file: string, text: string): Token[] {
  if (text.length > LARGEST_FILE) {
    throw new NotUnderstood(
      { file, line: null },
      `the file is larger than ${LARGEST_FILE} characters.`,
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  let line = 1;
  let startsLine = true;
  let lastEnd = -1;
  const take = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const taken = pattern.exec(text)?.[0] ?? "";
    at += taken.length;
    return taken;
  };
  const word = (pattern: RegExp): boolean => {
    const taken = take(pattern);
    if (taken === "") return false;
    tokens.push({ text: taken, line, startsLine, isAttached: lastEnd === at - taken.length });
    startsLine = false;
    lastEnd = at;
    line += lineBreaks(taken);
    return true;
  };
  while (at < text.length) {
    if (text[at] === "\n") {
      at++;
      line++;
      startsLine = true;
    } else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      if (end === -1) throw new NotUnderstood({ file, line }, "the comment is not closed.");
      line += lineBreaks(text.slice(at, end));
      at = end + 2;
    } else if (text.startsWith("//", at)) {
      const end = text.indexOf("\n", at);
      at = end === -1 ? text.length : end;
    } else if (text[at] === "\\" && take(SPLICE) !== "") {
      line++;
    } else if (take(BLANKS) === "" && !word(WORD)) {
      const isQuote = text[at] === '"' || text[at] === "'";
      if (!isQuote || !word(STRING)) word(OPERATOR);
    }
  }
  return tokens;
}

/** Whether a token is an identifier. */
export function isIdentifier(text: string): boolean {
  return /^[A-Z_a-z$]/u.test(text);
}

/** A token as a sentence names it; the end of a line where there is none. */
export function named(token: Token | undefined): string {
  return token === undefined ? "the end of the line" : quoted(token.text);
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}
