import type { BootStart } from "./bootMarks";
import { BootCounter } from "./bootMarks";
import type { Finding } from "./finding";
import type { Step, Told } from "./stepReader";

/** Where each boot of a log begins, from what its lines told in their order. */
export class BootStarts {
  readonly #counter = new BootCounter();
  readonly #starts: BootStart[] = [{ line: 0, stage: "none" }];

  /** The boot that the next line belongs to, unless it begins a new one. */
  get boot(): number {
    return this.#counter.boot;
  }

  /** Of each boot so far; the boot with the number n is at n - 1. */
  get all(): readonly BootStart[] {
    return this.#starts;
  }

  /** The next line that told something. */
  take({ marks, found }: Pick<Step, "marks" | "found">, line: number): void {
    for (const stage of marks) {
      this.#counter.mark(stage);
      const isNew = this.#counter.boot > this.#starts.length;
      const start = isNew ? line : (this.#starts.pop()?.line ?? 0);
      this.#starts.push({ line: start, stage });
    }
    for (const { what, software } of found) this.#counter.saw(what, software);
  }

  /** The boot of a line, counting from 1. */
  bootOf(line: number): number {
    let first = 0;
    let beyond = this.#starts.length;
    while (beyond - first > 1) {
      const middle = (first + beyond) >> 1;
      if ((this.#starts[middle]?.line ?? 0) > line) beyond = middle;
      else first = middle;
    }
    return first + 1;
  }

  /** The first line of a boot, from 0; null for a boot that has not begun. */
  startOf(boot: number): number | null {
    return this.#starts[boot - 1]?.line ?? null;
  }

  /** What was told, with the boot of the line where it stands. */
  finding({ what, ...place }: Told): Finding {
    return { ...what, ...place, boot: this.bootOf(place.line) };
  }
}
