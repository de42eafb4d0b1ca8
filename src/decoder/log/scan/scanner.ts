import type { TakeEvent } from "./order";
import { LineOrder } from "./order";
import type { Step } from "./stepReader";
import { StepReader, isSilent } from "./stepReader";

/**
 * Reads a log line by line, each once, and gives what its lines say in their order: at once, except for what follows
 * a block that stands at its first line and is not complete yet.
 */
export class LogScanner {
  #number = 0;
  readonly #reader = new StepReader();
  readonly #order: LineOrder;

  constructor(take: TakeEvent) {
    this.#order = new LineOrder(take);
  }

  /** How many lines were read. */
  get lines(): number {
    return this.#number;
  }

  /** Whether the next line may belong to a block, so that it has to be read whatever stands in it. */
  get isOpen(): boolean {
    return this.#reader.isOpen;
  }

  /** Goes over lines that hold none of the words, while no block is open. */
  skip(lines: number): void {
    this.#number += lines;
  }

  /** The next line, without its end. */
  line(raw: string): void {
    const number = this.#number;
    this.#number += 1;
    this.#take(this.#reader.line(raw, number), number, raw);
  }

  /** {@link line} for a line with nothing that is cleaned away, and the owners of its anchors. */
  plainLine(raw: string, owners: readonly number[]): void {
    const number = this.#number;
    this.#number += 1;
    this.#take(this.#reader.plainLine(raw, number, owners), number, raw);
  }

  #take(step: Step, number: number, raw: string): void {
    if (!isSilent(step) || this.#order.isWaiting) this.#order.push(step, number, raw);
    if (this.#order.isFull) this.flush();
  }

  /**
   * Gives what waits for a block that is not complete, and the block as far as it has come. For a live log that has
   * fallen silent: lines of the block that come later are no longer part of it.
   */
  flush(): void {
    this.#order.release(this.#reader.flush());
  }

  /** Gives what open blocks have to say when there are no more lines. */
  end(): void {
    this.#order.release(this.#reader.end());
  }
}
