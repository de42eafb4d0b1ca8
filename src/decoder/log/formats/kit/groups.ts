import { U64_MAX, parseU64 } from "../../../text/u64";
import type { Reading, Recognised, Said } from "../../reading";

/** A named group of a match made with the `d` flag: its text and where it stands in the line. */
export interface Group {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The named group of a match; null where it took no part in it. */
export function group(match: RegExpExecArray, name: string): Group | null {
  const text = match.groups?.[name];
  const range = match.indices?.groups?.[name];
  return text === undefined || range === undefined
    ? null
    : { text, start: range[0], end: range[1] };
}

/** A group with the 64-bit value of its text. */
export interface ValueGroup extends Group {
  readonly value: bigint;
}

/** What is said by each match of a pattern with the flags `d` and `g`: a line may hold several messages. */
export function ofEvery(
  line: string,
  pattern: RegExp,
  read: (match: RegExpExecArray) => readonly Said[],
): Said[] {
  return [...line.matchAll(pattern)].flatMap((match) => read(match));
}

/** The named group of a match with its value; null where the group or a 64-bit value is missing. */
export function valueGroup(
  match: RegExpExecArray,
  name: string,
  parse: (text: string) => bigint | null = u64,
): ValueGroup | null {
  const found = group(match, name);
  const value = found === null ? null : parse(found.text);
  return found === null || value === null ? null : { ...found, value };
}

/** What is said by the value of one group in each match. */
export function ofEveryValue(
  line: string,
  pattern: RegExp,
  read: (found: ValueGroup) => readonly Said[],
  parse: (text: string) => bigint | null = u64,
): Said[] {
  return ofEvery(line, pattern, (match) => {
    const found = valueGroup(match, "value", parse);
    return found === null ? [] : read(found);
  });
}

/** The 64-bit value of a text, in any spelling of a value; null for none. Bare digits are hex. */
export function u64(text: string | undefined): bigint | null {
  const parsed = parseU64(text ?? "");
  return parsed.ok ? parsed.value : null;
}

/** The 64-bit value of decimal digits; null for anything else. */
export function decimal(text: string | undefined): bigint | null {
  if (text === undefined || !/^\d{1,20}$/u.test(text)) return null;
  const value = BigInt(text);
  return value <= U64_MAX ? value : null;
}

/** The group as a recognised text, where it is there and `read` makes something of its value. */
export function recognised(
  match: RegExpExecArray,
  name: string,
  read: (value: bigint) => Reading | null,
): Recognised[] {
  const found = group(match, name);
  const value = u64(found?.text);
  const reading = value === null ? null : read(value);
  return found === null || reading === null
    ? []
    : [{ start: found.start, end: found.end, reading }];
}
