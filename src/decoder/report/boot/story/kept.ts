import type { Fact, Finding } from "../../../log/finding";
import { isOfHost } from "../../../log/formats/host";
import { grouped } from "../../../text/grouped";
import { visible } from "../../../text/visible";
import type { LogPlace, QuotedLine } from "./view";

/** A finding as it is kept: its place, its fact, and a piece of its line. */
export interface KeptFinding extends LogPlace {
  readonly fact: Fact;
  readonly isOfHost: boolean;
  /** The line around the value, cut to {@link LONGEST_QUOTE}; where the value stands in it. */
  readonly quote: { readonly text: string; readonly start: number; readonly end: number };
}

const LONGEST_QUOTE = 240;
/** What is shown of a line before its value, where the line is longer. */
const BEFORE = 120;

/** Keeps a finding without the chunk of the log that its line was cut from. */
export function keptFinding(finding: Finding): KeptFinding {
  const { line, start, end, fact, text } = finding;
  const from = text.length <= LONGEST_QUOTE ? 0 : Math.max(0, start - BEFORE);
  const piece = own(text.slice(from, from + LONGEST_QUOTE));
  const quote = {
    text: piece,
    start: Math.min(start - from, piece.length),
    end: Math.min(Math.max(end, start) - from, piece.length),
  };
  return { line, start, end, fact, isOfHost: isOfHost(finding), quote };
}

/** The same text in memory of its own: a slice keeps all that it was cut from. */
function own(text: string): string {
  return ` ${text}`.slice(1);
}

/** The line of a finding as it is quoted, without its leading blanks. */
export function quotedLine({ line, start, end, quote }: KeptFinding): QuotedLine {
  const before = visible(quote.text.slice(0, quote.start)).trimStart();
  const value = visible(quote.text.slice(quote.start, quote.end));
  const text = `${before}${value}${visible(quote.text.slice(quote.end)).trimEnd()}`;
  const link = { label: lineLabel(line), line, start, end };
  return { text, start: before.length, end: before.length + value.length, link };
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
