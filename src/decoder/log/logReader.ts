import type { BootStart } from "./bootMarks";
import type { Finding } from "./finding";
import type { StreamDecoder } from "./lineSplitter";
import { LineSplitter } from "./lineSplitter";
import { LogScanner } from "./scanner";

/** Reads a log as bytes, in chunks of any size: how they are cut changes nothing that is found. */
export class LogReader {
  readonly #splitter: LineSplitter;
  readonly #scanner = new LogScanner();

  /** The platform's TextDecoder is handed in: the decoder knows no platform. */
  constructor(decoder: StreamDecoder) {
    this.#splitter = new LineSplitter(decoder);
  }

  /** How many lines were read. */
  get lines(): number {
    return this.#scanner.lines;
  }

  /** Where each boot so far begins. */
  get bootStarts(): readonly BootStart[] {
    return this.#scanner.bootStarts;
  }

  /** The findings that are certain with this chunk, in the order of the log. */
  push(chunk: Uint8Array): Finding[] {
    return this.#splitter.push(chunk).flatMap(({ text }) => this.#scanner.line(text));
  }

  /** What waits for lines that may not come: for a live log that has fallen silent. */
  flush(): Finding[] {
    return this.#scanner.flush();
  }

  /** Those of the last line and of blocks that were still open. */
  end(): Finding[] {
    const last = this.#splitter.end().flatMap(({ text }) => this.#scanner.line(text));
    return [...last, ...this.#scanner.end()];
  }
}
