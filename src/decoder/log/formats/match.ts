import { BLOCK_FORMATS, LINE_FORMATS } from ".";
import type { Span } from "../../text/span";
import type { Match, PlacedMatch } from "../finding";
import { BYTE_ARRAY_ANCHORS } from "../line/byteArray";
import type { LineText } from "../line/lineText";
import type { LineFormat } from "./format";
import { unlessCut } from "./kit/cut";
import { MARK_ANCHORS } from "./marks";

/**
 * Anchors belong to owners, by number: the formats of one line, in the order of their list, then those of several
 * lines, then the marks of boots together, then messages in numbers of bytes.
 */
export const FIRST_BLOCK_OWNER = LINE_FORMATS.length;
export const MARKS_OWNER = FIRST_BLOCK_OWNER + BLOCK_FORMATS.length;
/** Of the JSON around messages in numbers of bytes, in which any format's words may stand. */
export const BYTE_ARRAY_OWNER = MARKS_OWNER + 1;

/** Every anchor with its owners. */
export const ANCHOR_OWNERS: ReadonlyMap<string, readonly number[]> = ownersOf([
  ...LINE_FORMATS.map(({ anchors }) => anchors),
  ...BLOCK_FORMATS.map(({ anchors }) => anchors),
  MARK_ANCHORS,
  BYTE_ARRAY_ANCHORS,
]);

function ownersOf(anchors: readonly (readonly string[])[]): Map<string, readonly number[]> {
  const owners = new Map<string, readonly number[]>();
  for (const [owner, words] of anchors.entries())
    for (const word of words) owners.set(word, [...(owners.get(word) ?? []), owner]);
  return owners;
}

/** What a line states without the lines around it, in the order of the line. Tokens never overlap. */
export function readLine(
  text: LineText,
  number: number,
  owners: readonly number[],
): readonly PlacedMatch[] {
  const found: PlacedMatch[] = [];
  const isMaybeCut = text.text.endsWith("=");
  let taken: TakenUnits | null = null;
  let before: readonly Match[] = [];
  for (const owner of owners) {
    const format = LINE_FORMATS[owner];
    if (format === undefined) break;
    let matches = matchesOf(format, text.text, number);
    if (isMaybeCut) matches = matches.map((match) => unlessCut(match, text.text, number));
    if (matches.length === 0) continue;
    if (found.length > 0) {
      taken ??= new TakenUnits(text.text.length);
      for (const match of before) taken.add(match);
      const others = taken;
      matches = matches.filter((match) => !others.has(match));
    }
    for (const match of matches) found.push(placed(match, text, number, format));
    before = matches;
  }
  return found.length > 1 ? found.sort((a, b) => a.start - b.start) : found;
}

function matchesOf(format: LineFormat, text: string, line: number): readonly Match[] {
  if ("readText" in format) return format.readText(text, line);
  const { pattern, read } = format;
  const found: Match[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const result = read(match, line);
    if (result === null) continue;
    if ("fact" in result) found.push(result);
    else for (const one of result) found.push(one);
  }
  return found;
}

function placed(
  match: Match,
  text: LineText,
  number: number,
  { software, name: format }: LineFormat,
): PlacedMatch {
  const { start, end, line, text: raw } = text.place(match, number);
  const { fact } = match;
  const tokens = text.placeTokens(match.tokens);
  return match.isMentioned === true
    ? { start, end, fact, tokens, line, text: raw, software, format, isMentioned: true }
    : { start, end, fact, tokens, line, text: raw, software, format };
}

/** The units of a text that belong to matches, one by one: a hostile line has very many matches. */
class TakenUnits {
  readonly #units: Uint8Array;

  constructor(length: number) {
    this.#units = new Uint8Array(length);
  }

  add(match: Match): void {
    for (const { start, end } of spansOf(match)) this.#units.fill(1, start, end);
  }

  /** Whether any unit of the match belongs to another one. */
  has(match: Match): boolean {
    return spansOf(match).some(({ start, end }) => this.#units.subarray(start, end).includes(1));
  }
}

function spansOf(match: Match): readonly Span[] {
  return match.tokens.length === 0 ? [match] : match.tokens;
}
