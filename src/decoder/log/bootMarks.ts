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

/** Where a boot begins (a line, from 0), and the last stage of it that a line marks. */
export interface BootStart {
  readonly line: number;
  readonly stage: Stage;
}

interface Mark {
  readonly stage: Stage;
  readonly words: string;
  /** Stands on the line too, where the words are not one program's alone. */
  readonly beside?: string;
}

/**
 * Lines that tell how far a boot has come, and carry no value, each read in its program's source. A kernel's banner
 * is a finding, and not among them. QEMU and KVM print nothing at a start; the EFI stub's lines are several for one
 * boot. Kata starts a VM before it hands on its console; OpenHCL's kernel has a banner of its own before the VMM's
 * process starts, which is not the guest's.
 */
const MARKS: readonly Mark[] = [
  { stage: "vmm", words: ": starting up libvirt version: " },
  { stage: "vmm", words: "Starting TEE/microVM." },
  // cloud-hypervisor vmm/src/vm.rs.
  { stage: "vmm", words: "Booting VM from config: " },
  // kata-containers src/runtime/virtcontainers/sandbox.go.
  { stage: "vmm", words: 'msg="Starting VM"', beside: "subsystem=sandbox" },
  // openvmm openhcl/underhill_core/src/lib.rs.
  { stage: "svsm", words: "VMM process CVM_ALLOWED=" },
  { stage: "stage2", words: "[Stage2] COCONUT Secure Virtual Machine Service Module" },
  { stage: "svsm", words: "[SVSM] COCONUT Secure Virtual Machine Service Module" },
  { stage: "firmware", words: "SecCoreStartupWithStack(0x" },
  { stage: "platform", words: "SEV is enabled (mask 0x" },
];

export const BOOT_ANCHORS: readonly string[] = MARKS.map(({ words }) => words);

/** The stage that a line marks; null for a line that marks none. */
export function stageOf(line: string): Stage | null {
  const mark = MARKS.find(
    ({ words, beside = "" }) => line.includes(words) && line.includes(beside),
  );
  return mark?.stage ?? null;
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
