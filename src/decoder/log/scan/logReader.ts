import { LineSearch, afterEnd, endOfLine, isPlain, lastLineStart, CR, LF } from "./lineSearch";
import { BYTE_ARRAY_OWNER } from "../formats/match";
import { LONGEST_LINE } from "../line/lineText";
import type { TakeEvent } from "./order";
import { LogScanner } from "./scanner";
import { LINE_FILTER } from "./stepReader";
import { UnfinishedLine } from "./unfinishedLine";

/** What this needs of the platform's TextDecoder, which hosts hand in: the decoder knows no platform. */
export interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}

/**
 * Reads a log as bytes, in chunks of any size: how they are cut changes nothing that is found. Lines end at LF, CRLF
 * and a lone CR. Only lines in which a word stands that some format wants are decoded, and those in which it might
 * stand around an escape; the others are counted. Invalid UTF-8 becomes U+FFFD, a byte-order mark at the beginning
 * is left out, and so is what a line has beyond {@link LONGEST_LINE} UTF-16 units.
 */
export class LogReader {
  readonly #decoder: Utf8Decoder;
  readonly #scanner: LogScanner;
  readonly #unfinished = new UnfinishedLine(LONGEST_LINE_BYTES);
  /** The bytes so far ended in CR: an LF that follows belongs to the same end of line. */
  #endedInCr = false;

  /** `decoder`: the platform's `new TextDecoder()`, with whatever it does to byte-order marks. */
  constructor(decoder: Utf8Decoder, take: TakeEvent) {
    this.#decoder = decoder;
    this.#scanner = new LogScanner(take);
  }

  /** How many lines were read. */
  get lines(): number {
    return this.#scanner.lines;
  }

  /** Gives what is certain with this chunk, in the order of the log. The chunk may be used again afterwards. */
  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    let start = this.#endedInCr && chunk[0] === LF ? 1 : 0;
    this.#endedInCr = chunk[chunk.length - 1] === CR;
    if (!this.#unfinished.isEmpty) {
      const end = endOfLine(chunk, start);
      this.#unfinished.add(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (end === -1) return;
      this.#read(this.#unfinished.finish(), 0);
      start = afterEnd(chunk, end);
    }
    const whole = Math.max(start, lastLineStart(chunk));
    this.#read(chunk.subarray(0, whole), start);
    this.#unfinished.add(chunk.subarray(whole));
  }

  /** Gives what waits for lines that may not come: for a live log that has fallen silent. */
  flush(): void {
    this.#scanner.flush();
  }

  /** Gives what the last line and open blocks say. */
  end(): void {
    if (!this.#unfinished.isEmpty) {
      const line = this.#unfinished.finish();
      // A log of a byte-order mark alone has no line.
      if (this.#textStart(line, 0) < line.length - 1) this.#read(line, 0);
    }
    this.#scanner.end();
  }

  /** Reads whole lines, the first of which begins at `start`. */
  #read(bytes: Uint8Array, start: number): void {
    const search = new LineSearch(bytes, LINE_FILTER);
    for (let at = start; at < bytes.length;) {
      let lineStart = at;
      let inLine = at;
      if (!this.#scanner.isOpen) {
        inLine = search.next(at);
        this.#scanner.skip(search.lines);
        if (inLine === bytes.length) return;
        ({ lineStart } = search);
      }
      const end = endOfLine(bytes, inLine);
      this.#line(bytes, { start: lineStart, word: inLine, end });
      at = afterEnd(bytes, end);
    }
  }

  #line(bytes: Uint8Array, { start, word, end }: FoundLine): void {
    if (end - start <= MOST_PLAIN && isPlain(bytes, start, end)) {
      const owners = LINE_FILTER.ownersInBytes(bytes, word, end);
      if (owners.length > 0 && !owners.includes(BYTE_ARRAY_OWNER)) {
        this.#scanner.plainLine(this.#decoder.decode(bytes.subarray(start, end)), owners);
        return;
      }
    }
    const first = this.#textStart(bytes, start);
    const last = Math.min(end, first + LONGEST_LINE_BYTES);
    this.#scanner.line(this.#decoded(bytes.subarray(first, last)));
  }

  /** Where the text of a line begins: the mark at the very beginning of a log is none of it. */
  #textStart(bytes: Uint8Array, start: number): number {
    return this.lines === 0 && hasMark(bytes, start) ? start + MARK.length : start;
  }

  /** A decoder that is given a line alone may take U+FEFF at its beginning for a mark: it never gets one. */
  #decoded(bytes: Uint8Array): string {
    let at = 0;
    while (hasMark(bytes, at)) at += MARK.length;
    return "\ufeff".repeat(at / MARK.length) + this.#decoder.decode(bytes.subarray(at));
  }
}

/** A line that is to be read as text: its offsets, and that of the first word's piece; no word is found before it. */
interface FoundLine {
  readonly start: number;
  readonly word: number;
  readonly end: number;
}

/** U+FEFF in UTF-8. */
const MARK = [0xef, 0xbb, 0xbf];

function hasMark(bytes: Uint8Array, start: number): boolean {
  return MARK.every((byte, index) => bytes[start + index] === byte);
}

/** Longer lines are not looked through a second time. */
const MOST_PLAIN = 4096;

/** Bytes that hold the longest line, whatever they are: at most three to a unit, and a last one that is cut off. */
const LONGEST_LINE_BYTES = 3 * LONGEST_LINE + 8;
