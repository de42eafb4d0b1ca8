import { SEV_SNP, SEV_SNP_BIT } from "../features";
import type { Verdict } from "../guest/check";
import { check, lackingFeatures } from "../guest/check";
import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Boot } from "./boots";
import type { SeenEnding } from "./ends";
import type { SeenStatus } from "./status";
import { isRefusal, refusedIn } from "./ends";
import { hasBit } from "../text/u64";
import { failureOf } from "../report/boot/bootFailure";

/** A boot with the guest that is asked about it: the one that the user named, else its banner's. */
export interface AskedBoot {
  readonly boot: Boot;
  readonly guest: GuestProfile | null;
  readonly isGivenByUser: boolean;
  /** What that guest's own check would say; null without a guest, or without a SEV_STATUS to check. */
  readonly verdict: Verdict | null;
}

/** Asks the guest about a boot; `given` is the one that the user named. */
export function askBoot(boot: Boot, given: GuestProfile | null): AskedBoot {
  const guest = given ?? (boot.kernel === null ? null : guestProfile(boot.kernel.banner));
  const status = settled(boot);
  const verdict = guest === null || status === null ? null : check(status, guest);
  return { boot, guest, isGivenByUser: given !== null, verdict };
}

/**
 * The SEV_STATUS that a guest can be asked about: none where the kernel's own is made up, where values contradict, where
 * several guests end in one log and nothing says whose it is, or where only some bits are known, and SEV-SNP is not among
 * them.
 */
export function settled(boot: Boot): bigint | null {
  const { status } = boot;
  if (status === null || status.isHidden || status.others.length > 0) return null;
  return ownEndings(boot).length > 1 || isSnpOpen(status) ? null : status.value;
}

/** Whether all that is known of SEV_STATUS is a lower bound that says nothing of SEV-SNP. */
export function isSnpOpen({ how, value }: SeenStatus): boolean {
  return how === "at-least" && !hasBit(value, SEV_SNP_BIT);
}

/** The ends that can be those of the boot's own guest. */
export function ownEndings({ endings }: Boot): SeenEnding[] {
  return endings.filter(({ isOfAnother }) => !isOfAnother);
}

/** Whether a boot was refused, by the guest's kernel or by what runs below it, or is predicted to be. */
export function isRefused({ boot, verdict }: AskedBoot): boolean {
  return (
    boot.endings.some(isRefusal) ||
    failureOf(boot)?.isRefusal === true ||
    verdict?.outcome === "refuses"
  );
}

/** Whether the guest that is asked is the boot's own kernel, and runs: it lacks nothing that would have stopped it. */
export function isOwnAndRunning({ boot, isGivenByUser }: AskedBoot): boolean {
  return boot.isRunning && boot.kernel !== null && !isGivenByUser;
}

/** The features that the log or the guest's check says are lacking. */
export function lackingOf(asked: AskedBoot): bigint {
  const { boot, guest } = asked;
  const told = refusedIn(boot.endings);
  const status = settled(boot);
  return told !== 0n || guest === null || status === null || isOwnAndRunning(asked)
    ? told
    : lackingFeatures(status, guest);
}

/** What a kernel has to boot with, as SEV_STATUS: what was seen, and what a guest said that it lacks. */
export function statusNeeded(asked: AskedBoot): bigint {
  // What another guest lacks says nothing of what it has on.
  const seen = asked.boot.linesOfOthers.size > 0 ? null : settled(asked.boot);
  return (seen ?? 0n) | lackingOf(asked) | SEV_SNP;
}
