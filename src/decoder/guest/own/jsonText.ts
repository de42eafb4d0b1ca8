/** Where a text stops being JSON: line and column count from 1, the column in UTF-16 units. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
}

const TOKEN =
  /[\t\n\r ]*(?:(?<text>"(?:[^"\\]|\\(?:["/\\bfnrt]|u[\da-fA-F]{4}))*")|(?<value>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][+-]?\d+)?|true|false|null)|(?<mark>[,:[\]{}]))/uy;
const BLANK = /[\t\n\r ]*/uy;

/** What may come next; `first…` also where the list or object may still end without anything in it. */
type Expected = "value" | "firstValue" | "key" | "firstKey" | "colon" | "more" | "end";

/** Where a text that is no JSON stops being it; null for a text that is. JSON.parse itself does not always say. */
export function jsonFault(text: string): JsonFault | null {
  const open: ("[" | "{")[] = [];
  let expected: Expected = "value";
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const token: Token | undefined = TOKEN.exec(text)?.groups;
    const isToken = token !== undefined && !hasControl(token["text"] ?? "");
    const next: Expected | null = isToken ? after(expected, token, open) : null;
    if (next === null) break;
    at = TOKEN.lastIndex;
    expected = next;
  }
  BLANK.lastIndex = at;
  BLANK.exec(text);
  at = BLANK.lastIndex;
  return at === text.length && expected === "end" ? null : placeOf(text, at);
}

/** A string of JSON holds no line break or other control character as it is. */
function hasControl(text: string): boolean {
  return Array.from(text).some((character) => character < " ");
}

type Token = Readonly<Record<string, string | undefined>>;

/** What is expected after a token; null where the token is not what was expected. */
function after(expected: Expected, { text, mark }: Token, open: ("[" | "{")[]): Expected | null {
  const isValue = expected === "value" || expected === "firstValue";
  const isKey = expected === "key" || expected === "firstKey";
  const last = open.at(-1);
  if (mark === undefined) {
    if (isKey) return text === undefined ? null : "colon";
    return isValue ? afterValue(open) : null;
  }
  switch (mark) {
    case "[":
    case "{":
      if (!isValue) return null;
      open.push(mark);
      return mark === "[" ? "firstValue" : "firstKey";
    case "]":
    case "}": {
      const mayEnd = expected === "more" || expected === (mark === "]" ? "firstValue" : "firstKey");
      if (!mayEnd || last !== (mark === "]" ? "[" : "{")) return null;
      open.pop();
      return afterValue(open);
    }
    case ",":
      if (expected !== "more") return null;
      return last === "[" ? "value" : "key";
    default:
      return expected === "colon" ? "value" : null;
  }
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? "end" : "more";
}

function placeOf(text: string, at: number): JsonFault {
  const before = text.slice(0, at);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: at - lineStart + 1 };
}
