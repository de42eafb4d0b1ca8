import { quoted } from "../../text/quoted";
import { isIdentifier } from "./lexer";
import { NotUnderstood } from "./notUnderstood";
import type { CodeToken, Unit } from "./unit";

/** A function that a source file defines. */
export interface SourceFunction {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Between its parentheses. */
  readonly parameters: readonly CodeToken[];
  /** Between its braces. */
  readonly body: readonly CodeToken[];
}

/** The functions of a file; braces that do not match are {@link NotUnderstood}. */
export function functionsOf({ file, code }: Unit): SourceFunction[] {
  const functions: SourceFunction[] = [];
  let depth = 0;
  let open = 0;
  code.forEach(({ text, line }, at) => {
    if (text === "{" && depth++ === 0) open = at;
    if (text !== "}") return;
    if (--depth < 0) throw new NotUnderstood({ file, line }, 'the "}" closes nothing.');
    if (depth > 0) return;
    const head = headBefore(code, open);
    if (head !== null) functions.push({ ...head, file, body: code.slice(open + 1, at) });
  });
  if (depth > 0) {
    throw new NotUnderstood({ file, line: code[open]?.line ?? null }, 'the "{" is not closed.');
  }
  return functions;
}

/** The name and the parameters of the function whose body begins at `open`; null where it is no function's. */
function headBefore(
  code: readonly CodeToken[],
  open: number,
): Pick<SourceFunction, "name" | "line" | "parameters"> | null {
  const close = open - 1;
  if (code[close]?.text !== ")") return null;
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    const text = code[at]?.text;
    if (text === ")") depth++;
    // What ends a declaration cannot stand between a function's parentheses.
    else if (text === ";" || text === "}") return null;
    else if (text === "(" && --depth === 0) {
      const name = code[at - 1];
      if (name === undefined || !isIdentifier(name.text)) return null;
      return { name: name.text, line: name.line, parameters: code.slice(at + 1, close) };
    }
  }
  return null;
}

/** Where a function calls another, the first time; null where it does not. What nobody can decide is {@link NotUnderstood}. */
export function callIn({ file, body }: SourceFunction, name: string): CodeToken | null {
  const call = body.find(({ text }, at) => text === name && body[at + 1]?.text === "(") ?? null;
  if (call === null || call.undecided === null) return call;
  throw new NotUnderstood(
    { file, line: call.line },
    `whether ${quoted(name)} is called depends on the condition in line ${call.undecided}, which is not understood.`,
  );
}

/** Where the bracket closes that has opened before `from`; -1 where it does not. */
export function closing(
  words: readonly CodeToken[],
  from: number,
  [open, close]: readonly ["(", ")"] | readonly ["{", "}"],
): number {
  let depth = 1;
  return words.findIndex(({ text }, at) => {
    if (at < from) return false;
    if (text === open) depth++;
    return text === close && --depth === 0;
  });
}

/**
 * Matches words from `from` on against a pattern: words that stand for themselves, and `$name` for any identifier, the
 * same one each time. The result is where it ends, and `names` has what was found; null where it does not match.
 */
export function match(
  words: readonly CodeToken[],
  from: number,
  pattern: string,
  names = new Map<string, string>(),
): number | null {
  let at = from;
  for (const expected of pattern.split(" ")) {
    const text = words[at++]?.text;
    if (text === undefined) return null;
    if (expected.startsWith("$")) {
      if (!isIdentifier(text) || (names.get(expected) ?? text) !== text) return null;
      names.set(expected, text);
    } else if (text !== expected) return null;
  }
  return at;
}
