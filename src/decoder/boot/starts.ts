import type { BootStart, Side } from "./marks";
import { BootCounter, sideOf } from "./marks";
import type { Finding, PlacedMatch } from "../log/finding";
import { countWhile } from "../text/partition";
import type { Step } from "../log/scan/stepReader";

/** Where each boot of a log begins, from what its lines told in their order. */
export class BootStarts {
  readonly #counter = new BootCounter();
  readonly #starts: BootStart[] = [FIRST];

  /** The boot that the next line belongs to, unless it begins a new one. */
  get boot(): number {
    return this.#counter.boot;
  }

  /** Of each boot so far; the boot with the number n is at n - 1. */
  get all(): readonly BootStart[] {
    return this.#starts;
  }

  /** The next line that told something. `readAt`: where it stood when it was read, if that is elsewhere. */
  take({ marks, found }: Pick<Step, "marks" | "found">, line: number, readAt: number = line): void {
    for (const mark of marks) {
      if (mark === "host") this.#replaceLast({ isHost: true });
      else {
        this.#counter.mark(mark);
        if (this.#counter.boot > this.#starts.length)
          this.#starts.push({ line, first: mark, stage: mark, isHost: false });
        else this.#replaceLast({ stage: mark });
      }
    }
    for (const { fact, software, line: place } of found)
      this.#counter.saw(fact, software, place === readAt);
  }

  #replaceLast(facts: Partial<Pick<BootStart, "stage" | "isHost">>): void {
    const last = this.#starts.pop() ?? FIRST;
    const { stage = last.stage } = facts;
    this.#starts.push({ ...last, ...facts, first: last.first === "none" ? stage : last.first });
  }

  /** The boot of a line, counting from 1. */
  bootOf(line: number): number {
    // What stands before the first boot's lines belongs to it too.
    return Math.max(
      1,
      countWhile(this.#starts, (start) => start.line <= line),
    );
  }

  /** Whose a boot is, as far as what its lines mark can tell. */
  sideOf(boot: number): Side {
    return sideOf(this.#starts[boot - 1] ?? FIRST);
  }

  /** The first line of a boot, from 0; null for a boot that has not begun. */
  startOf(boot: number): number | null {
    return this.#starts[boot - 1]?.line ?? null;
  }

  /** What was told, with the boot of the line where it stands. */
  finding(match: PlacedMatch): Finding {
    const { start, end, fact, tokens, line, text, software, format } = match;
    return { start, end, fact, tokens, line, text, software, format, boot: this.bootOf(line) };
  }
}

const FIRST: BootStart = { line: 0, first: "none", stage: "none", isHost: false };
