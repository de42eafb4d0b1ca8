import type { Software, Fact } from "../log/finding";
import type { Stage } from "../log/formats/marks";
import { STAGES } from "../log/formats/marks";

/** Where a boot begins (a line, from 0), and what its lines mark. */
export interface BootStart {
  readonly line: number;
  /** The first and the last stage. */
  readonly first: Stage;
  readonly stage: Stage;
  /** A line says that the log is the host's. */
  readonly isHost: boolean;
}

/** Whose boot it is, as far as what its lines mark can tell. */
export type Side = "host" | "guest" | null;

/** Nothing that comes before a kernel's banner in a guest's boot comes before the host's. */
export function sideOf({ first, isHost }: BootStart): Side {
  if (isHost) return "host";
  return first === "none" || first === "kernel" ? null : "guest";
}

/** Counts the boots of a log, in the order of its lines. */
export class BootCounter {
  #boot = 1;
  #stage = 0;
  #hasEnded = false;

  get boot(): number {
    return this.#boot;
  }

  /** A line that marks a stage. */
  mark(stage: Stage): void {
    const next = STAGES.indexOf(stage);
    if (next <= this.#stage || this.#hasEnded) {
      this.#boot += 1;
      this.#hasEnded = false;
    }
    this.#stage = next;
  }

  /**
   * What a line says: a guest's own kernel is running, or a guest has come to its end. `isOwnLine`: it says so by
   * itself, and is not the last one of a block, which stands at its first line.
   */
  saw(fact: Fact, software: Software, isOwnLine: boolean): void {
    if (fact.kind === "guest-kernel") return;
    if (software === "linux" && this.#stage < KERNEL) this.#stage = KERNEL;
    // Another end may follow, in a host's log of many guests; but what begins after an end is a boot of its own.
    if (isOwnLine && fact.kind === "termination") this.#hasEnded = true;
  }
}

const KERNEL = STAGES.indexOf("kernel");
