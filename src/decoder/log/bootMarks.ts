import type { Software, What } from "./finding";

/** How far a boot has come; a mark of an earlier or the same stage is the next boot's. */
export const STAGES = [
  "none",
  "vmm",
  "stage2",
  "svsm",
  "firmware",
  "platform",
  "stub",
  "kernel",
] as const;

export type Stage = (typeof STAGES)[number];

interface Mark {
  readonly stage: Stage;
  readonly words: string;
}

/** Lines that tell how far a boot has come, and carry no value. A kernel's banner is a finding, and not among them. */
const MARKS: readonly Mark[] = [
  { stage: "vmm", words: ": starting up libvirt version: " },
  { stage: "vmm", words: "Starting TEE/microVM." },
  { stage: "stage2", words: "[Stage2] COCONUT Secure Virtual Machine Service Module" },
  { stage: "svsm", words: "[SVSM] COCONUT Secure Virtual Machine Service Module" },
  { stage: "firmware", words: "SecCoreStartupWithStack(0x" },
  { stage: "platform", words: "SEV is enabled (mask 0x" },
];

export const BOOT_ANCHORS: readonly string[] = MARKS.map(({ words }) => words);

/** The stage that a line marks; null for a line that marks none. */
export function stageOf(line: string): Stage | null {
  return MARKS.find(({ words }) => line.includes(words))?.stage ?? null;
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

  /** What a line of a boot says: a guest's own kernel is running, or it has come to its end. */
  saw(what: What, software: Software): void {
    if (what.kind === "guest-kernel") return;
    if (software === "linux" && this.#stage < KERNEL) this.#stage = KERNEL;
    // Only a guest's own last line ends its boot here: a host's log tells of many guests.
    if (what.kind === "termination" && what.via === "efi-stub") this.#hasEnded = true;
  }
}

const KERNEL = STAGES.indexOf("kernel");
