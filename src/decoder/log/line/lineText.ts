import type { Span } from "../../text/span";
import type { BlockMatch, Field, Match, Place, Token } from "../finding";
import { messagePieces } from "./byteArray";
import { TracedText, type Piece } from "./tracedText";

/** Lines are read to this many UTF-16 units; a longer one is data, not something that a program prints. */
export const LONGEST_LINE = 1_048_576;

/** The lines of a document or a log, by number from 0; undefined beyond its ends. */
export type Lines = (line: number) => string | undefined;

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
const PREFIX_PIECES: readonly RegExp[] = [
  /\s+|>|<\d{1,3}>/u,
  // The kernel's own time and caller: `[    1.234567] [   T12] `. With `dmesg -d` and `-H`: `[    1.234567 <    0.000012>] `,
  // `[  +0.000012] `; with journalctl's short-monotonic a host and a program: `[    1.234567] host kernel: `.
  /\[\s{0,8}\+?\d{1,9}\.\d{1,9}(?: <\s{0,8}\d{1,9}\.\d{1,9} ?>)?\](?: [\w.-]{1,128} (?:kernel|[\w./-]{1,64}\[\d{1,10}\]):(?= ))?/u,
  /\[\s{0,8}[TC]\d{1,10}\]/u,
  // `dmesg -T` and `-H`: `[Thu Nov 26 10:56:59 2026] `, `[Nov26 10:56] `.
  /\[[A-Z][a-z]{2}(?: [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}|[ \d]\d \d\d:\d\d)\]/u,
  // `dmesg -x`: `kern  :debug : `.
  /(?:kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7]) {0,4}:(?:emerg|alert|crit|err|warn|notice|info|debug) {0,4}:(?= )/u,
  // QEMU and libvirt; Kubernetes, which marks what is only part of a line with a P; journalctl's short-iso and short-full.
  /(?:[A-Z][a-z]{2} )?\d{4}-\d\d-\d\d[T ][\d:.,+Z-]{8,32}(?: std(?:out|err) F(?= )| (?:[A-Z]{3,5} )?[\w.-]{1,128} [\w./-]{1,64}(?:\[\d{1,10}\])?:(?= ))?/u,
  // syslog, journalctl's short-precise and short-unix.
  /(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{10}\.\d{6}) \S{1,128} [\w./-]{1,64}(?:\[\d{1,10}\])?:(?= )/u,
];
/** As many of them as stand there. Nothing follows them that could fail, so it never goes back over a text. */
// eslint-disable-next-line no-restricted-syntax -- the text is that of the literals above
const PREFIX = new RegExp(`(?:${PREFIX_PIECES.map(({ source }) => source).join("|")})*`, "uy");

/** kata's field of what the guest's console printed, the last one of its line: `level=debug … vmconsole="[    0.5] …"`. */
const CONSOLE_FIELD = ' vmconsole="';
/** Its end, also where the whole line is a text of JSON. */
const CONSOLE_END = /"\s{0,8}(?:$|"[,}])/u;

/**
 * One line as a person would read it: without escape sequences, carriage returns and NUL bytes, quotes
 * unescaped, a message in numbers of bytes as text. Offsets into `text` can be led back to the line as it stands.
 */
export class LineText {
  readonly text: string;
  readonly #line: string;
  /** The texts between the line and its `text`, the last one first: each was made from the next one. */
  readonly #steps: readonly TracedText[];
  #body: Span | null = null;

  /** `isPlain`: the line is known to have nothing that is cleaned away. */
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

  /** Where the message begins, after time stamps, log levels, the syslog header and mail quotes. */
  get bodyStart(): number {
    return this.#range.start;
  }

  /** The message itself. */
  get body(): string {
    const { start, end } = this.#range;
    return this.text.slice(start, end);
  }

  /** The text to the message's end. */
  get printed(): string {
    return this.text.slice(0, this.#range.end);
  }

  get #range(): Span {
    this.#body ??= bodyOf(this.text);
    return this.#body;
  }

  /** Whether nothing can be seen of the line. */
  get isBlank(): boolean {
    return this.text.trim() === "";
  }

  /** Whether the line is blank because it only told a terminal something. */
  get isControl(): boolean {
    return this.isBlank && this.#line.includes("\u001b");
  }

  /** The place of a text, from its offsets in `text`. */
  place(span: Span, line: number): Place {
    const { start, end } = this.#original(span);
    return { start, end, line, text: this.#line.slice(start, end) };
  }

  /** A token with the offsets of the line as it stands. */
  token(span: Span, line: number, field: Field): Token {
    const { start, end } = this.#original(span);
    return { start, end, line, field };
  }

  /** The tokens of this line with the offsets of the line as it stands. */
  placeTokens(tokens: readonly Token[]): readonly Token[] {
    if (this.#steps.length === 0) return tokens;
    return tokens.map((token) => this.token(token, token.line, token.field));
  }

  /** A match of this line as one of a block. */
  placeMatch(match: Match, line: number): BlockMatch {
    const { fact, tokens } = match;
    return { ...this.place(match, line), fact, tokens: this.placeTokens(tokens) };
  }

  #original(span: Span): Span {
    return this.#steps.reduce((range, step) => step.original(range), span);
  }
}

const STEPS = [messagePieces, cleanPieces] as const;

/** Where the message stands in a line. */
function bodyOf(text: string): Span {
  const field = text.indexOf(CONSOLE_FIELD);
  const from = field === -1 ? 0 : field + CONSOLE_FIELD.length;
  const length = field === -1 ? -1 : text.slice(from).search(CONSOLE_END);
  return { start: prefixEnd(text, from), end: length === -1 ? text.length : from + length };
}

/** Where the prefix ends that begins at an offset. */
function prefixEnd(text: string, from: number): number {
  PREFIX.lastIndex = from;
  PREFIX.test(text);
  return PREFIX.lastIndex;
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
