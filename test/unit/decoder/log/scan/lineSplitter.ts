import { LONGEST_LINE } from "../../../../../src/decoder/log/line/lineText";

/** A line of a stream of bytes, without its end. */
export interface SplitLine {
  readonly text: string;
  /** How many UTF-16 units of the line were left out, because it is too long to be one. */
  readonly skipped: number;
}

/** What this needs of the platform's TextDecoder, which hosts hand in: the decoder knows no platform. */
export interface StreamDecoder {
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

/**
 * Cuts a stream of bytes, in chunks of any size, into lines: at LF, CRLF and a lone CR. Invalid UTF-8 becomes
 * U+FFFD, a byte-order mark at the beginning is left out (both by the TextDecoder), NUL bytes stay. Beyond
 * {@link LONGEST_LINE} units the rest of a line is counted, not kept.
 */
export class LineSplitter {
  readonly #decoder: StreamDecoder;
  #parts: string[] = [];
  #length = 0;
  #skipped = 0;
  /** The text so far ended in CR: an LF that follows belongs to the same end of line. */
  #endedInCr = false;

  constructor(decoder: StreamDecoder) {
    this.#decoder = decoder;
  }

  /** The lines that are complete with this chunk. */
  push(chunk: Uint8Array): SplitLine[] {
    return this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** The last line, if the stream did not end with an end of line. */
  end(): SplitLine[] {
    const lines = this.#split(this.#decoder.decode());
    return this.#length === 0 ? lines : [...lines, this.#line()];
  }

  #split(text: string): SplitLine[] {
    if (text === "") return [];
    const lines: SplitLine[] = [];
    let start = this.#endedInCr && text.startsWith("\n") ? 1 : 0;
    this.#endedInCr = text.endsWith("\r");
    for (;;) {
      const end = endOfLine(text, start);
      if (end === -1) break;
      this.#keep(text, start, end);
      lines.push(this.#line());
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    this.#keep(text, start, text.length);
    return lines;
  }

  #keep(text: string, start: number, end: number): void {
    const room = Math.max(0, LONGEST_LINE - this.#length);
    const kept = Math.min(end, start + room);
    if (kept > start) this.#parts.push(text.slice(start, kept));
    this.#length += Math.max(0, kept - start);
    this.#skipped += Math.max(0, end - kept);
  }

  #line(): SplitLine {
    const line = { text: this.#parts.join(""), skipped: this.#skipped };
    this.#parts = [];
    this.#length = 0;
    this.#skipped = 0;
    return line;
  }
}

/** The next LF or CR; -1 for none. */
function endOfLine(text: string, start: number): number {
  const lf = text.indexOf("\n", start);
  const before = lf === -1 ? text.length : lf;
  // Hardly any line has a CR: look for one only up to the LF, and in one step.
  for (let at = start; at < before; at++) if (text.charCodeAt(at) === CR) return at;
  return lf;
}

const CR = 0x0d;
