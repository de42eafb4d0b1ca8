import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Choice } from "./assessed";
import type { Boot } from "./boot";
import type { DocumentBoots } from "./document";

/** The kernel of a boot, from its banner on `line` (from 0). */
export interface OwnKernel {
  readonly profile: GuestProfile;
  readonly line: number;
  /** It printed something after its check. */
  readonly isRunning: boolean;
}

/**
 * The kernels that have to do with a place: the one that the user chose, and the one of the place's boot. The boot's own
 * decides what happened; the chosen one, or without a choice the boot's own, gets the verdict.
 */
export interface Kernels {
  readonly choice: Choice | null;
  readonly own: OwnKernel | null;
  /** Every end in the boot is one on Microsoft's hypervisor: what is there with KVM alone is no help. */
  readonly isOnMshv?: true;
}

/** The kernel that a verdict is for; null without any. */
export function guestIn({ choice, own }: Kernels): GuestProfile | null {
  return choice?.profile ?? own?.profile ?? null;
}

/**
 * The kernels for a line (from 0) of a document. The boot has none of its own where no banner stands in it, where its
 * kernel does not see what the log shows, and where the line reports another guest's end.
 */
export function kernelsAt(log: DocumentBoots, line: number, choice: Choice | null): Kernels {
  const boot = log.boots().get(log.bootOf(line));
  const own = boot === undefined ? null : ownKernel(log, line, boot);
  return boot !== undefined && isOnMshv(boot) ? { choice, own, isOnMshv: true } : { choice, own };
}

/** Whether every end in a boot is one on Microsoft's hypervisor. */
export function isOnMshv({ causes }: Boot): boolean {
  return causes.length > 0 && causes.every(({ ending }) => ending.hypervisor === "mshv");
}

function ownKernel(log: DocumentBoots, line: number, boot: Boot): OwnKernel | null {
  const { kernel, status, isRunning, endings } = boot;
  if (kernel === null || status?.isHidden === true) return null;
  const isOfAnother = endings.some((ending) => ending.isOfAnother && log.isPartOf(line, ending));
  const profile = isOfAnother ? null : guestProfile(kernel.banner);
  return profile === null ? null : { profile, line: kernel.line, isRunning };
}
