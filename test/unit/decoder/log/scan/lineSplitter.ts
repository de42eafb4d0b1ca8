import { LONGEST_LINE } from "../../../../../src/decoder/log/line/lineText";

/**
 * Cuts a stream of bytes, in chunks of any size, into lines: at LF, CRLF and a lone CR. Invalid UTF-8 becomes
 * U+FFFD, a byte-order mark at the beginning is left out (both by the TextDecoder), NUL bytes stay. Beyond
 * {@link LONGEST_LINE} units the rest of a line is not kept. A simple reference for the reader of bytes.
 */
export class LineSplitter {
  readonly #decoder: TextDecoder;
  #parts: string[] = [];
  #length = 0;
  /** The text so far ended in CR: an LF that follows belongs to the same end of line. */
  #endedInCr = false;

  constructor(decoder: TextDecoder) {
    this.#decoder = decoder;
  }

  /** The lines that are complete with this chunk. */
  push(chunk: Uint8Array): string[] {
    return this.#split(this.#decoder.decode(chunk, { stream: true }));
  }

  /** The last line, if the stream did not end with an end of line. */
  end(): string[] {
    const lines = this.#split(this.#decoder.decode());
    return this.#length === 0 ? lines : [...lines, this.#line()];
  }

  #split(text: string): string[] {
    if (text === "") return [];
    const lines: string[] = [];
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
  }

  #line(): string {
    const line = this.#parts.join("");
    this.#parts = [];
    this.#length = 0;
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
