import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Choice } from "./assessed";
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
  return { choice, own: ownKernel(log, line) };
}

function ownKernel(log: DocumentBoots, line: number): OwnKernel | null {
  const boot = log.boots().get(log.bootOf(line));
  if (boot === undefined) return null;
  const { kernel, status, isRunning, endings } = boot;
  if (kernel === null || status?.isHidden === true) return null;
  const isOfAnother = endings.some((ending) => ending.isOfAnother && log.isPartOf(line, ending));
  const profile = isOfAnother ? null : guestProfile(kernel.banner);
  return profile === null ? null : { profile, line: kernel.line, isRunning };
}
