import { SEV_SNP } from "../features";
import type { Verdict } from "../guest/check";
import { check, lackingFeatures } from "../guest/check";
import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Boot } from "../log/boots";
import { isRefusal } from "../log/boots";

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
 * The SEV_STATUS that a guest can be asked about: none where it is made up, where values contradict, or where
 * several guests end in one log and nothing says whose it is.
 */
export function settled({ status, endings }: Boot): bigint | null {
  return status === null ||
    endings.length > 1 ||
    status.how === "synthetic" ||
    status.others.length > 0
    ? null
    : status.value;
}

/** Whether a boot was refused, or is predicted to be. */
export function isRefused({ boot, verdict }: AskedBoot): boolean {
  return boot.endings.some(isRefusal) || verdict?.outcome === "refuses";
}

/** The features that the log or the guest's check says are lacking. */
export function lackingOf({ boot, guest }: AskedBoot): bigint {
  const told = boot.endings.reduce((mask, ending) => mask | (ending.unsupported ?? 0n), 0n);
  const status = settled(boot);
  return told !== 0n || guest === null || status === null ? told : lackingFeatures(status, guest);
}

/** What a kernel has to boot with, as SEV_STATUS: what was seen, and what a guest said that it lacks. */
export function statusNeeded(asked: AskedBoot): bigint {
  return (settled(asked.boot) ?? 0n) | lackingOf(asked) | SEV_SNP;
}
