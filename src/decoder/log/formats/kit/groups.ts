import { U64_MAX } from "../../../text/u64";
import type { Span } from "../../../text/span";

/** A named group of a match: its text, and where it stands in the line. */
export interface Group extends Span {
  readonly text: string;
}

/** A group with the 64-bit value of its text. */
export interface ValueGroup extends Group {
  readonly value: bigint;
}

/**
 * The named group of a match; null where it took no part. The match has to end with the group, unless the pattern has
 * the flag `d`, which makes matching four times as slow.
 */
export function group(match: RegExpExecArray, name: string): Group | null {
  const text = match.groups?.[name];
  if (text === undefined) return null;
  const end = match.indices?.groups?.[name]?.[1] ?? endOf(match);
  return { text, start: end - text.length, end };
}

/** Where a match ends in its line. */
export function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

/** Where a whole match stands in its line. */
export function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: endOf(match) };
}

/** {@link group} with its value; null where the group is missing or `parse` makes nothing of its text. */
export function valueGroup(
  match: RegExpExecArray,
  name: string,
  parse: (text: string) => bigint | null = hex,
): ValueGroup | null {
  const found = group(match, name);
  const value = found === null ? null : parse(found.text);
  return found === null || value === null
    ? null
    : { text: found.text, start: found.start, end: found.end, value };
}

/** The value of one to sixteen hex digits, with or without `0x` before them. */
export function hex(digits: string): bigint {
  // A double holds 52 bits exactly, and is made faster.
  if (digits.length <= 13) return BigInt(parseInt(digits, 16));
  return BigInt(/^0x/iu.test(digits) ? digits : `0x${digits}`);
}

/** The value of a group of hex digits; null where the group took no part. */
export function hexGroup(match: RegExpExecArray, name: string): bigint | null {
  const text = match.groups?.[name];
  return text === undefined ? null : hex(text);
}

/** The 64-bit value of decimal digits; null for anything else. */
export function decimal(text: string): bigint | null {
  if (!/^\d{1,20}$/u.test(text)) return null;
  const value = BigInt(text);
  return value <= U64_MAX ? value : null;
}

/** The value of `0x` and hex digits, or of decimal digits, as `int(text, 0)` and C's `strtoull(text, 0, 0)` read it. */
export function hexOrDecimal(text: string): bigint | null {
  return /^0x/iu.test(text) ? hex(text) : decimal(text);
}
