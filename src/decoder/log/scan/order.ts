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

/**
 * Whoever takes what a log says, in the order of its lines. `raw` is the line as it was read; null for what a block of
 * lines states, or where nobody keeps lines.
 */
export type TakeEvent = (event: LineEvent, raw: string | null) => void;

/** An event, and its line. */
interface Waiting {
  readonly event: LineEvent;
  readonly raw: string | null;
}

/** When more findings than these wait for an open block, it is told as far as it has come. */
export const MOST_WAITING = 4_096;

/** Puts what was read into the order of the lines: a block is one finding at its first line, known at its last. */
export class LineOrder {
  readonly #take: TakeEvent;
  #waiting: Waiting[] = [];
  /** How many findings wait, and lines with marks alone. */
  #count = 0;

  constructor(take: TakeEvent) {
    this.#take = take;
  }

  /** Whether anything waits. */
  get isWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  /** Whether no more findings may wait. */
  get isFull(): boolean {
    return this.#count > MOST_WAITING;
  }

  /** What a line adds. */
  push(
    { marks, found, printer, isHolding }: Omit<Step, "open">,
    line: number,
    raw: string | null = null,
  ): void {
    if (!isHolding && this.#waiting.length === 0 && found.every((told) => told.line === line)) {
      if (marks.length > 0 || found.length > 0) this.#take({ line, marks, found, printer }, raw);
      return;
    }
    this.#count += Math.max(1, found.length);
    const own = found.filter((told) => told.line === line);
    if (marks.length > 0 || own.length > 0)
      this.#waiting.push({ event: { line, marks, found: own, printer }, raw });
    for (const told of found) if (told.line !== line) this.#waiting.push(ofBlock(told, printer));
    if (!isHolding) this.release();
  }

  /** Gives what waits, with what blocks have to say that end before their last line. */
  release(found: readonly PlacedMatch[] = []): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#count = 0;
    for (const told of found) waiting.push(ofBlock(told, ""));
    waiting.sort((a, b) => a.event.line - b.event.line || startOf(a.event) - startOf(b.event));
    for (const { event, raw } of waiting) this.#take(event, raw);
  }
}

function ofBlock(told: PlacedMatch, printer: string): Waiting {
  return { event: { line: told.line, marks: [], found: [told], printer }, raw: null };
}

/** Marks come before what is found on a line. */
function startOf({ marks, found: [first] }: LineEvent): number {
  return marks.length > 0 ? -1 : (first?.start ?? 0);
}
