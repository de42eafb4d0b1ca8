import { messagePieces } from "./byteArray";
import type { Placed, Said } from "./reading";
import { TracedText, type Piece } from "./tracedText";

/** Lines are read to this many UTF-16 units; a longer one is data, not something that a program prints. */
export const LONGEST_LINE = 1_048_576;

/** Characters that make a line's text differ from what was printed. */
// eslint-disable-next-line no-control-regex -- serial consoles and JSON put just these into logs
const NEEDS_CLEANING = /[\0\r\u001b\\]/gu;

/**
 * Whether a byte of a line in UTF-8 may be something that is cleaned away, or the beginning of it, by the byte after
 * it; the ends of lines stand in no line. Says so of all that is, and of little else.
 */
export function mayBeCleaned(byte: number, next: number): boolean {
  if (byte === NUL || byte === ESCAPE) return true;
  return byte === BACKSLASH && BEFORE_CLEANED.has(next);
}

const NUL = 0x00;
const ESCAPE = 0x1b;
const BACKSLASH = 0x5c;
/** What follows the last backslash of an escape. */
const BEFORE_CLEANED: ReadonlySet<number> = new Set(
  Array.from("\"'/nrtuNRTU", (character) => character.charCodeAt(0)),
);

/** A terminal's control sequence: colours, cursor movements, window titles. */
const CONTROL_SEQUENCE =
  // eslint-disable-next-line no-control-regex -- an escape sequence begins with one
  /\u001b(?:\[[\d:;?<=>]{0,64}[\x20-\x2f]{0,4}[\x40-\x7e]|\][^\u0007\u001b]{0,256}(?:\u0007|\u001b\\)|[()][0-9A-Z]|[=>78cDEHMNOZ])?/uy;

/** Escapes of JSON and of quoted log fields, nested as deep as they come: `\"`, `\\\"`, `\n`, `\u001b`. */
const QUOTE_ESCAPE = /\\{1,8}(?:(?<plain>["'/])|(?<blank>[nrt])|u00(?<code>[\da-f]{2}))/iuy;

/** What logs, mails and consoles put before a message, one piece at a time. */
const PREFIX =
  /\s+|>|<\d{1,3}>|\[\s{0,8}\d{1,9}\.\d{1,9}\]|\[\s{0,8}[TC]\d{1,10}\]|\d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32}|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S{1,128} [\w./-]{1,64}(?:\[\d{1,10}\])?:(?= )/uy;

/**
 * One line as a person would read it: without escape sequences, carriage returns and NUL bytes, quotes
 * unescaped, a message in numbers of bytes as text. Offsets into `text` can be led back to the line as it stands.
 */
export class LineText {
  readonly text: string;
  readonly #line: string;
  /** The texts between the line and its `text`, the last one first: each was made from the next one. */
  readonly #steps: readonly TracedText[];
  #bodyStart: number | null = null;

  constructor(raw: string) {
    const line = raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw;
    this.#line = line;
    const steps: TracedText[] = [];
    let text = line;
    for (const pieces of [messagePieces, cleanPieces]) {
      const made = pieces(text);
      if (made === null) continue;
      const step = new TracedText(made);
      steps.unshift(step);
      ({ text } = step);
    }
    this.text = text;
    this.#steps = steps;
  }

  /** Where the message begins, after time stamps, log levels, the syslog header and mail quotes. */
  get bodyStart(): number {
    if (this.#bodyStart === null) {
      let at = 0;
      PREFIX.lastIndex = 0;
      while (PREFIX.test(this.text)) {
        at = PREFIX.lastIndex;
      }
      this.#bodyStart = at;
    }
    return this.#bodyStart;
  }

  /** The message itself. */
  get body(): string {
    return this.text.slice(this.bodyStart);
  }

  /** What was found in `text`, with the offsets of the line as it stands. */
  place({ what, parts, ...span }: Said, line: number): Placed {
    const { start, end } = this.#original(span);
    return {
      line,
      what,
      start,
      end,
      text: this.#line.slice(start, end),
      parts: parts.map((part) => ({ ...part, ...this.#original(part), line })),
    };
  }

  #original({ start, end }: { start: number; end: number }) {
    return this.#steps.reduce((range, step) => step.original(range), { start, end });
  }
}

/** The pieces of a line cleaned of escapes; null where there is nothing to clean. */
function cleanPieces(line: string): Piece[] | null {
  if (nextUnclear(line, 0) === line.length) return null;
  const pieces: Piece[] = [];
  for (let at = 0; at < line.length;) {
    const next = nextUnclear(line, at);
    pieces.push({ text: line.slice(at, next), start: at, end: next });
    if (next === line.length) break;
    const { text, length } = pieceAt(line, next);
    at = next + length;
    pieces.push({ text, start: next, end: at });
  }
  return pieces;
}

/** The next of the characters that need cleaning; the line's length for none. */
function nextUnclear(line: string, start: number): number {
  NEEDS_CLEANING.lastIndex = start;
  return NEEDS_CLEANING.test(line) ? NEEDS_CLEANING.lastIndex - 1 : line.length;
}

/** What a character that needs cleaning stands for, with those that belong to it. */
function pieceAt(line: string, at: number): { text: string; length: number } {
  switch (line.charAt(at)) {
    case "\u001b":
      return { text: "", length: sequenceLength(line, at) };
    case "\\":
      return quotePiece(line, at);
    default:
      return { text: "", length: 1 };
  }
}

function sequenceLength(line: string, at: number): number {
  CONTROL_SEQUENCE.lastIndex = at;
  return CONTROL_SEQUENCE.exec(line)?.[0].length ?? 1;
}

function quotePiece(line: string, at: number): { text: string; length: number } {
  QUOTE_ESCAPE.lastIndex = at;
  const match = QUOTE_ESCAPE.exec(line);
  if (match === null) return { text: "\\", length: 1 };
  const { plain, blank, code } = match.groups ?? {};
  const [{ length }] = match;
  if (plain !== undefined) return { text: plain, length };
  if (blank !== undefined) return { text: " ", length };
  if (code?.toLowerCase() !== "1b") return { text: " ", length };
  // The sequence that this escape character begins: colours only, as programs that log JSON print them.
  JSON_COLOUR.lastIndex = at + length;
  return { text: "", length: length + (JSON_COLOUR.exec(line)?.[0].length ?? 0) };
}

const JSON_COLOUR = /\[[\d;]{0,64}[A-Za-z]/uy;
