import type { Fact, Finding } from "../../../log/finding";
import { isOfHost } from "../../../log/formats/host";
import { LineText } from "../../../log/line/lineText";
import { grouped } from "../../../text/grouped";
import { visible } from "../../../text/visible";
import type { LogPlace, QuotedLine } from "./view";

/** A finding as it is kept: its place, its fact, and the text of its value. */
export interface KeptFinding extends LogPlace {
  readonly fact: Fact;
  /** It is a guest's, and not a banner, whose boot tells whose it is. */
  readonly isOfGuest: boolean;
  readonly value: string;
}

/** The most findings kept of a boot; more are counted. */
export const MOST_FINDINGS = 40;
/** What is kept of a value's text. */
const LONGEST_VALUE = 80;
/** What is quoted of a line. */
const LONGEST_QUOTE = 240;
/** What is quoted of a longer line before its value. */
const BEFORE = 120;

/** Keeps a finding without the chunk of the log that its text was cut from. */
export function keptFinding(finding: Finding): KeptFinding {
  const { line, start, end, fact, text } = finding;
  // A slice keeps all that it was cut from: this one is in memory of its own.
  const value = ` ${text.slice(0, LONGEST_VALUE)}`.slice(1);
  const isOfGuest = !isOfHost(finding) && fact.kind !== "guest-kernel";
  return { line, start, end, fact, isOfGuest, value };
}

/** The lines of the log that are at hand, by their numbers from 0. */
export type LinesAtHand = (line: number) => string | undefined;

/** The line of a finding as it is quoted: as a person reads it, cut around its value; empty where it is not at hand. */
export function quotedLine(
  { line, start, end, value }: KeptFinding,
  lines: LinesAtHand,
): QuotedLine {
  const link = { label: lineLabel(line), line, start, end };
  const read = readable(lines(line) ?? "");
  const at = read.indexOf(value);
  const from = read.length <= LONGEST_QUOTE ? 0 : Math.max(0, at - BEFORE);
  const [before, own, after] =
    at < 0
      ? [read.slice(0, LONGEST_QUOTE), "", ""]
      : [
          read.slice(from, at),
          value,
          read.slice(at + value.length, Math.max(at + value.length, from + LONGEST_QUOTE)),
        ];
  const shown = [before, own, after].map(visible);
  const [head = "", middle = ""] = shown;
  const span = { start: head.length, end: head.length + middle.length };
  return { text: shown.join(""), ...span, link };
}

/** A line as a person reads it: without escape sequences. */
export function readable(raw: string): string {
  return new LineText(raw).text.trim();
}

/** `line 1,204`; from 0. */
export function lineLabel(line: number): string {
  return linesLabel(line, line);
}

/** `line 3`, `lines 3–9`; both from 0. */
export function linesLabel(first: number, last: number): string {
  return first === last
    ? `line ${grouped(first + 1)}`
    : `lines ${grouped(first + 1)}–${grouped(last + 1)}`;
}
