import { FEATURES } from "../features";
import { bitMask } from "../text/u64";

/** A mask of features as a file defines it. `line` counts from 0. */
export interface DefinedMask {
  readonly line: number;
  /** In SEV_STATUS bit positions. */
  readonly value: bigint;
}

/** A text by its lines, from 0; undefined behind the last one. */
type Lines = (line: number) => string | undefined;

/** A definition further down in a file is not looked for. */
const MOST_LINES = 20_000;
/** The lines of one definition, joined by backslashes. */
const MOST_JOINED = 64;

/** The masks of the feature macros, as Linux' headers have them. */
const MACROS: ReadonlyMap<string, bigint> = new Map(
  FEATURES.flatMap(({ bit, macros }) =>
    macros
      .filter((macro) => !macro.includes("RESERVED"))
      .map((macro) => [macro, bitMask(bit)] as const),
  ),
);

const DEFINE = /^\s*#\s*define\s+(?<name>\w{1,64})\s+(?<body>\S.*)$/u;
const TERM =
  /^(?:(?<name>[A-Z]\w*)|(?<hex>0x[\da-f]{1,16})u?l{0,2}|(?<zero>0)|BIT(?:_ULL)?\((?<bit>\d{1,2})\))$/iu;

/**
 * The value of a mask that a file defines as feature macros joined with `|`; null where it does not, or where a part of
 * it is not known: a value is told whole or not at all.
 */
export function definedMask(name: string, lines: Lines): DefinedMask | null {
  for (let line = 0; line < MOST_LINES; line++) {
    const text = lines(line);
    if (text === undefined) return null;
    const groups = text.includes(name) ? DEFINE.exec(text)?.groups : undefined;
    if (groups?.["name"] !== name) continue;
    const body = groups["body"] ?? "";
    const value = valueOf(joined(body, line, lines));
    return value === null ? null : { line, value };
  }
  return null;
}

/** The body of a definition with the lines that go on with it. */
function joined(first: string, line: number, lines: Lines): string {
  let body = first;
  for (let next = line + 1; body.trimEnd().endsWith("\\") && next < line + MOST_JOINED; next++)
    body = `${body.trimEnd().slice(0, -1)} ${lines(next) ?? ""}`;
  return body;
}

function valueOf(body: string): bigint | null {
  const text = body
    .replaceAll(/\/\*.*?\*\//gu, " ")
    .replace(/\/\/.*$/u, "")
    .trim();
  const inner = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
  let value = 0n;
  for (const term of inner.split("|")) {
    const found = termValue(term.trim());
    if (found === null) return null;
    value |= found;
  }
  return value;
}

function termValue(term: string): bigint | null {
  const { name, hex, zero, bit } = TERM.exec(term)?.groups ?? {};
  if (hex !== undefined) return BigInt(hex);
  if (zero !== undefined) return 0n;
  if (bit !== undefined) return Number(bit) < 64 ? bitMask(Number(bit)) : null;
  return name === undefined ? null : (MACROS.get(name) ?? null);
}
