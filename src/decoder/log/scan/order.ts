import type { LineMark } from "../formats/marks";
import type { PlacedMatch } from "../finding";
import type { Step } from "./stepReader";

/** What one line of a log says: what it marks, then what is found on it. */
export interface LineEvent {
  /** From 0. */
  readonly line: number;
  readonly marks: readonly LineMark[];
  readonly found: readonly PlacedMatch[];
  /** Who printed the line, where its prefix says so; see `printerOf`. */
  readonly printer: string;
}

/** Whoever takes what a log says, in the order of its lines. */
export type TakeEvent = (event: LineEvent) => void;

/** More events than these do not wait for an open block: what it says then comes after them. */
export const MOST_WAITING = 4_096;

/** Puts what was read into the order of the lines: a block is one finding at its first line, known at its last. */
export class LineOrder {
  readonly #take: TakeEvent;
  #waiting: LineEvent[] = [];

  constructor(take: TakeEvent) {
    this.#take = take;
  }

  /** Whether anything waits. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether no more events may wait. */
  get isFull(): boolean {
    return this.#waiting.length >= MOST_WAITING;
  }

  /** What a line adds. */
  push({ marks, found, printer, isHolding }: Omit<Step, "open">, line: number): void {
    if (!isHolding && this.#waiting.length === 0 && found.every((told) => told.line === line)) {
      if (marks.length > 0 || found.length > 0) this.#take({ line, marks, found, printer });
      return;
    }
    const own = found.filter((told) => told.line === line);
    if (marks.length > 0 || own.length > 0)
      this.#waiting.push({ line, marks, found: own, printer });
    for (const told of found)
      if (told.line !== line)
        this.#waiting.push({ line: told.line, marks: [], found: [told], printer });
    if (!isHolding) this.release();
  }

  /** Gives what waits, with what blocks have to say that end before their last line. */
  release(found: readonly PlacedMatch[] = []): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const told of found)
      waiting.push({ line: told.line, marks: [], found: [told], printer: "" });
    waiting.sort((a, b) => a.line - b.line || startOf(a) - startOf(b));
    for (const event of waiting) this.#take(event);
  }
}

/** Marks come before what is found on a line. */
function startOf({ marks, found: [first] }: LineEvent): number {
  return marks.length > 0 ? -1 : (first?.start ?? 0);
}
