import type { BootStart, Side } from "./bootMarks";
import { BootStarts } from "./bootStarts";
import type { Finding } from "./finding";
import { StepReader, isSilent } from "./stepReader";

/**
 * Reads a log line by line, each once, and gives findings in the order of the lines: at once, but for those that
 * follow a block whose finding stands at its first line and is not complete yet. Of those at most
 * {@link MOST_WAITING} wait, then the block is told as far as it has come.
 */
export class LogScanner {
  #number = 0;
  readonly #boots = new BootStarts();
  readonly #reader = new StepReader();
  /** What waits for a block that is not complete yet. */
  #waiting: Finding[] = [];

  /** How many lines were read. */
  get lines(): number {
    return this.#number;
  }

  /** The boot that the next line belongs to, unless it begins a new one. */
  get boot(): number {
    return this.#boots.boot;
  }

  /** Where each boot so far begins, and how far it came; the boot with the number n is at n - 1. */
  get bootStarts(): readonly BootStart[] {
    return this.#boots.all;
  }

  /** Whose a boot is, as far as what its lines mark can tell. */
  sideOf(boot: number): Side {
    return this.#boots.sideOf(boot);
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
  line(raw: string): Finding[] {
    const number = this.#number;
    this.#number += 1;
    const step = this.#reader.line(raw, number);
    if (isSilent(step)) return this.#waiting.length === 0 ? [] : this.#release();
    this.#boots.take(step, number);
    for (const told of step.found) this.#waiting.push(this.#boots.finding(told));
    if (!this.#reader.isHolding) return this.#release();
    return this.#waiting.length > MOST_WAITING ? this.flush() : [];
  }

  /**
   * What waits for a block that is not complete, and the block as far as it has come. For a live log that has
   * fallen silent, and where too much waits: lines of the block that come later are no longer part of it.
   */
  flush(): Finding[] {
    for (const told of this.#reader.flush()) this.#waiting.push(this.#boots.finding(told));
    return this.#release();
  }

  /** What open blocks have to say when there are no more lines. */
  end(): Finding[] {
    for (const told of this.#reader.end()) this.#waiting.push(this.#boots.finding(told));
    return this.#release();
  }

  #release(): Finding[] {
    if (this.#waiting.length === 0) return [];
    const found = this.#waiting.sort(inOrder);
    this.#waiting = [];
    return found;
  }
}

/** Far more than stand in a real block; a guest can write as many as it likes, and each takes memory. */
export const MOST_WAITING = 4096;

/** Findings in the order of a log: by the places where they stand. */
export function inOrder(a: Finding, b: Finding): number {
  return a.line - b.line || a.start - b.start;
}
