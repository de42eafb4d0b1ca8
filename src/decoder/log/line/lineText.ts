import type { Span } from "../../text/span";
import type { BlockMatch, Field, Match, Place, Token } from "../finding";
import { messagePieces } from "./byteArray";
import { TracedText, type Piece } from "./tracedText";

/** The rest of a longer line, in UTF-16 units, is not read: it is data, and no program's message. */
export const LONGEST_LINE = 1_048_576;

/** The lines of a document or a log, by number from 0; undefined beyond its ends. */
export type Lines = (line: number) => string | undefined;

/** Characters that make a line's text differ from what was printed. */
// eslint-disable-next-line no-control-regex -- serial consoles and JSON put just these into logs
const NEEDS_CLEANING = /[\0\r\u001b\\]/gu;

/**
 * Whether text that is cleaned away may begin at a byte of a line in UTF-8; `next` is the byte after it. Finds all such
 * places and few others. A line here has no line end.
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

/** The pieces of the prefix that logs, mails and consoles put before a message. */
const PREFIXES: readonly RegExp[] = [
  /\s+|>|<\d{1,3}>/uy,
  // The kernel's own time and caller: `[    1.234567] [   T12] `. With `dmesg -d` and `-H`: `[    1.234567 <    0.000012>] `,
  // `[  +0.000012] `; with journalctl's short-monotonic a host and a program: `[    1.234567] host kernel: `.
  /\[\s{0,8}\+?\d{1,9}\.\d{1,9}(?: <\s{0,8}\d{1,9}\.\d{1,9} ?>)?\](?: [\w.-]{1,128} (?:kernel|[\w./-]{1,64}\[\d{1,10}\]):(?= ))?/uy,
  /\[\s{0,8}[TC]\d{1,10}\]/uy,
  // `dmesg -T` and `-H`: `[Thu Nov 26 10:56:59 2026] `, `[Nov26 10:56] `.
  /\[[A-Z][a-z]{2}(?: [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}|[ \d]\d \d\d:\d\d)\]/uy,
  // `dmesg -x`: `kern  :debug : `.
  /(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7]) {0,4}:(?:emerg|alert|crit|err|warn|notice|info|debug) {0,4}:(?= )/uy,
  // QEMU and libvirt; Kubernetes, which marks what is only part of a line with a P; journalctl's short-iso and short-full.
  /(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32}(?: std(?:out|err) F(?= )| (?:[A-Z]{3,5} )?[\w.-]{1,128} [\w./-]{1,64}(?:\[\d{1,10}\])?:(?= ))?/uy,
  // syslog, journalctl's short-precise and short-unix.
  /(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{10}\.\d{6}) \S{1,128} [\w./-]{1,64}(?:\[\d{1,10}\])?:(?= )/uy,
];

/** Kata's field with the guest's console output, the last of its line: `level=debug … vmconsole="[    0.5] …"`. */
const CONSOLE_FIELD = ' vmconsole="';
/** The end of that field, also in a line that is a JSON string. */
const CONSOLE_END = /"\s{0,8}(?:$|"[,}])/u;

/**
 * One line as a person reads it: without escape sequences, carriage returns and NUL bytes; with unescaped quotes; byte
 * arrays of JSON as text. Maps offsets in `text` back to the raw line.
 */
export class LineText {
  readonly text: string;
  readonly #line: string;
  /** The texts between the raw line and `text`, the last one first. */
  readonly #steps: readonly TracedText[];
  #body: Span | null = null;

  /** `isPlain`: the line needs no cleaning. */
  constructor(raw: string, isPlain = false) {
    const line = raw.length > LONGEST_LINE ? raw.slice(0, LONGEST_LINE) : raw;
    this.#line = line;
    const steps: TracedText[] = [];
    let text = line;
    for (const pieces of isPlain ? [] : STEPS) {
      const made = pieces(text);
      if (made === null) continue;
      const step = new TracedText(made);
      steps.unshift(step);
      ({ text } = step);
    }
    this.text = text;
    this.#steps = steps;
  }

  /** The start of the message, after time stamps, log levels, the syslog header and mail quotes. */
  get bodyStart(): number {
    return this.#range.start;
  }

  /** The message. */
  get body(): string {
    const { start, end } = this.#range;
    return this.text.slice(start, end);
  }

  /** The text up to the message's end. */
  get printed(): string {
    return this.text.slice(0, this.#range.end);
  }

  get #range(): Span {
    this.#body ??= bodyOf(this.text);
    return this.#body;
  }

  /** Whether the line shows nothing. */
  get isBlank(): boolean {
    return this.text.trim() === "";
  }

  /** Whether the line shows nothing and has control sequences for a terminal. */
  get isControl(): boolean {
    return this.isBlank && this.#line.includes("\u001b");
  }

  /** The place in the raw line of a span of `text`. */
  place(span: Span, line: number): Place {
    const { start, end } = this.#original(span);
    return { start, end, line, text: this.#line.slice(start, end) };
  }

  /** A token at a span of `text`, with the offsets of the raw line. */
  token(span: Span, line: number, field: Field): Token {
    const { start, end } = this.#original(span);
    return { start, end, line, field };
  }

  /** Tokens of `text` with the offsets of the raw line. */
  placeTokens(tokens: readonly Token[]): readonly Token[] {
    if (this.#steps.length === 0) return tokens;
    return tokens.map((token) => this.token(token, token.line, token.field));
  }

  /** A match in `text` as a match of a block, with the offsets of the raw line. */
  placeMatch(match: Match, line: number): BlockMatch {
    const { fact, tokens } = match;
    return { ...this.place(match, line), fact, tokens: this.placeTokens(tokens) };
  }

  #original(span: Span): Span {
    return this.#steps.reduce((range, step) => step.original(range), span);
  }
}

const STEPS = [messagePieces, cleanPieces] as const;

/** The span of the message in a line. */
function bodyOf(text: string): Span {
  const field = text.indexOf(CONSOLE_FIELD);
  const from = field === -1 ? 0 : field + CONSOLE_FIELD.length;
  const length = field === -1 ? -1 : text.slice(from).search(CONSOLE_END);
  return { start: prefixEnd(text, from), end: length === -1 ? text.length : from + length };
}

/** The end of the prefix that begins at an offset. */
function prefixEnd(text: string, from: number): number {
  for (let at = from; ;) {
    const length = pieceLength(text, at);
    if (length === 0) return at;
    at += length;
  }
}

/** The length of the piece of a prefix at an offset; 0 for none. */
function pieceLength(text: string, at: number): number {
  for (const prefix of PREFIXES) {
    prefix.lastIndex = at;
    if (prefix.test(text)) return prefix.lastIndex - at;
  }
  return 0;
}

/** The cleaned pieces of a line; null if there is nothing to clean. */
function cleanPieces(line: string): Piece[] | null {
  if (nextToClean(line, 0) === line.length) return null;
  const pieces: Piece[] = [];
  for (let at = 0; at < line.length;) {
    const next = nextToClean(line, at);
    pieces.push({ text: line.slice(at, next), start: at, end: next });
    if (next === line.length) break;
    const { text, length } = pieceAt(line, next);
    at = next + length;
    pieces.push({ text, start: next, end: at });
  }
  return pieces;
}

/** The next character that needs cleaning; the line's length for none. */
function nextToClean(line: string, start: number): number {
  NEEDS_CLEANING.lastIndex = start;
  return NEEDS_CLEANING.test(line) ? NEEDS_CLEANING.lastIndex - 1 : line.length;
}

/** The clean text for what begins with a character that needs cleaning, and the length of the latter in the line. */
function pieceAt(line: string, at: number): { text: string; length: number } {
  const first = line.charAt(at);
  if (first === "\\") return quotePiece(line, at);
  return { text: "", length: first === "\u001b" ? sequenceLength(line, at) : 1 };
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
  if (blank !== undefined || code?.toLowerCase() !== "1b") return { text: " ", length };
  // An escape character, with its sequence: only colours, as programs that log JSON print them.
  JSON_COLOUR.lastIndex = at + length;
  return { text: "", length: length + (JSON_COLOUR.exec(line)?.[0].length ?? 0) };
}

const JSON_COLOUR = /\[[\d;]{0,64}[A-Za-z]/uy;
