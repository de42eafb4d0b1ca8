import { LogReader } from "../log/scan/logReader";
import type { Utf8Decoder } from "../log/scan/logReader";
import type { BootListener } from "./driver";
import { BootDriver } from "./driver";

/** Reads a log as bytes, in chunks of any size, and tells its boots and what was found in them. */
export class BootReader {
  readonly #driver: BootDriver;
  readonly #reader: LogReader;

  /** `decoder`: the platform's `new TextDecoder()`. */
  constructor(decoder: Utf8Decoder, listener: BootListener) {
    this.#driver = new BootDriver(listener);
    this.#reader = new LogReader(decoder, this.#driver.take);
  }

  /** How many lines were read. */
  get lines(): number {
    return this.#reader.lines;
  }

  /** The next bytes, which may be used again afterwards. */
  push(chunk: Uint8Array): void {
    this.#reader.push(chunk);
  }

  /** Tells what waits for lines that may not come: for a live log that has fallen silent. */
  flush(): void {
    this.#reader.flush();
  }

  /** The boots that are not over, as far as they are known. */
  soFar(): ReturnType<BootDriver["soFar"]> {
    return this.#driver.soFar();
  }

  /** There are no more bytes: tells the boots that are not over, whatever error the last lines make. */
  end(state: "whole" | "cut off" = "whole"): void {
    try {
      this.#reader.end();
    } finally {
      this.#driver.end(this.#reader.lines, state);
    }
  }
}
