import type { Said, Placed } from "./reading";

/** Lines are read to this many UTF-16 units; a longer one is data, not something that a program prints. */
export const LONGEST_LINE = 1_048_576;

/** Characters that make a line's text differ from what was printed. */
// eslint-disable-next-line no-control-regex -- serial consoles and JSON put just these into logs
const NEEDS_CLEANING = /[\0\r\u001b\\]/u;

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
 * unescaped. Offsets into `text` can be led back to the line as it stands.
 */
export class LineText {
  readonly text: string;
  readonly #line: string;
  /** Where each unit of `text` stands in the line; null where nothing was removed. */
  readonly #origins: readonly number[] | null;
  #bodyStart: number | null = null;

  constructor(raw: string) {
    const line = raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw;
    this.#line = line;
    if (NEEDS_CLEANING.test(line)) {
      const { text, origins } = cleaned(line);
      this.text = text;
      this.#origins = origins;
    } else {
      this.text = line;
      this.#origins = null;
    }
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
    const origins = this.#origins;
    if (origins === null) return { start, end };
    // The end is that of the last unit inside, so that an escape after it stays outside.
    return { start: origins[start] ?? start, end: (origins[end - 1] ?? end - 1) + 1 };
  }
}

function cleaned(line: string): { text: string; origins: number[] } {
  const units: string[] = [];
  const origins: number[] = [];
  let at = 0;
  // An unescaped escape character (`\u001b[0m` in JSON) begins a sequence whose rest follows unescaped.
  const keep = (unit: string, origin: number) => {
    units.push(unit);
    origins.push(origin);
  };
  while (at < line.length) {
    const unit = line.charAt(at);
    const { text, length } = pieceAt(line, at, unit);
    for (const one of text) keep(one, at);
    at += length;
  }
  return { text: units.join(""), origins };
}

/** What stands at an offset: the unit itself, or what an escape there stands for. */
function pieceAt(line: string, at: number, unit: string): { text: string; length: number } {
  switch (unit) {
    case "\0":
    case "\r":
      return { text: "", length: 1 };
    case "\u001b":
      return { text: "", length: sequenceLength(line, at) };
    case "\\":
      return quotePiece(line, at);
    default:
      return { text: unit, length: 1 };
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
