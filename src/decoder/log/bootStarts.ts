import type { BootStart } from "./bootMarks";
import { BootCounter } from "./bootMarks";
import type { Finding } from "./finding";
import type { Step, Told } from "./stepReader";

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
          this.#starts.push({ line, stage: mark, isHost: false });
        else this.#replaceLast({ stage: mark });
      }
    }
    for (const { what, software, line: place } of found)
      this.#counter.saw(what, software, place === readAt);
  }

  #replaceLast(facts: Partial<Omit<BootStart, "line">>): void {
    const last = this.#starts.pop() ?? FIRST;
    this.#starts.push({ ...last, ...facts });
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

  /** Whether a line says that a boot is the host's. */
  isHost(boot: number): boolean {
    return this.#starts[boot - 1]?.isHost ?? false;
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

const FIRST: BootStart = { line: 0, stage: "none", isHost: false };
