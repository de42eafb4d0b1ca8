import type { Finding } from "../log/finding";
import { isOfHost } from "../log/formats/host";
import type { Software } from "../log/software";
import type { Stage } from "../log/formats/marks";
import type { Boot } from "./boot";
import type { SilentBoots } from "./silent";

/** Who wrote lines of a log, in the order in which they come between the host and a guest's kernel. */
export const WRITERS = [
  "host kernel",
  "QEMU",
  "cloud-hypervisor",
  "openvmm",
  "VMM",
  "SVSM",
  "paravisor",
  "firmware",
  "guest kernel",
  "kernel",
] as const;

export type Writer = (typeof WRITERS)[number];

/** Of the host's programs. */
const OF_HOST: ReadonlyMap<Software, Writer> = new Map([
  ["kvm", "host kernel"],
  ["ccp", "host kernel"],
  ["qemu", "QEMU"],
  ["cloud-hypervisor", "cloud-hypervisor"],
  ["openvmm", "openvmm"],
  ["rust-vmm", "VMM"],
]);

/** Of what runs in a guest before its kernel. */
const IN_GUEST: ReadonlyMap<Software, Writer> = new Map([
  ["svsm", "SVSM"],
  ["openvmm", "paravisor"],
  ["edk2", "firmware"],
]);

const BY_STAGE: ReadonlyMap<Stage, Writer> = new Map([
  ["stage2", "SVSM"],
  ["firmware", "firmware"],
  ["platform", "firmware"],
]);

const VMMS: readonly Writer[] = ["QEMU", "cloud-hypervisor", "openvmm", "VMM"];

/** Gathers who wrote a log, from its findings and its boots. Keeps none of these. */
export class LogWriters {
  readonly #writers = new Set<Writer>();
  /** Linux printed a line since the last boot was over. */
  #isLinux = false;

  /** The next finding. */
  add(finding: Pick<Finding, "software" | "format" | "fact">): void {
    const { software } = finding;
    if (software === "linux") this.#isLinux = true;
    const writer = (isOfHost(finding) ? OF_HOST : IN_GUEST).get(software);
    if (writer !== undefined) this.#writers.add(writer);
  }

  /** A boot that is over. Its findings came before. */
  addBoot({ side, firstStage, stage, hostKernel, kernel, isRunning }: Boot): void {
    this.#addStage(firstStage);
    this.#addStage(stage);
    if (side === "host" || hostKernel !== null) this.#writers.add("host kernel");
    else if (side === "guest" && kernel !== null) this.#writers.add("guest kernel");
    else if (this.#isLinux) this.#writers.add(isRunning ? "guest kernel" : "kernel");
    this.#isLinux = false;
  }

  /** Boots of which the log shows no more than the beginning. */
  addSilent({ stage }: SilentBoots): void {
    this.#addStage(stage);
  }

  /** Everyone who wrote the log, as far as it shows that, in the order of {@link WRITERS}. */
  get all(): Writer[] {
    // Whose kernel it is, another boot may show.
    const isKnown = this.#writers.has("guest kernel") || this.#writers.has("host kernel");
    return WRITERS.filter((one) => this.#writers.has(one) && !(one === "kernel" && isKnown));
  }

  /** Whether VMMs alone, and no kernel of a host, wrote the host's side of the log. */
  get areVmms(): boolean {
    return !this.#writers.has("host kernel") && VMMS.some((one) => this.#writers.has(one));
  }

  #addStage(stage: Stage): void {
    const writer = BY_STAGE.get(stage);
    if (writer !== undefined) this.#writers.add(writer);
  }
}
