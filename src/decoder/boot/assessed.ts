import { SEV_SNP } from "../features";
import type { Assessment, Known } from "../guest/assessment";
import { assess, atLeast } from "../guest/assessment";
import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Boot } from "./boot";
import { isRefusal, refusedIn } from "./ends";
import { failureOf, refusesFeatures } from "./failure";
import type { Outcome } from "./outcome";
import { isSnpOff } from "./status";
import { outcomeOf, ownEndings } from "./outcome";

/**
 * Who chose a guest kernel, the one that counts first: a view's what-if, a choice for one log, the workspace's setting,
 * the command line.
 */
export type ChosenBy = "what-if" | "log" | "workspace" | "command-line";

/** A guest kernel that the user chose. */
export interface Choice {
  readonly profile: GuestProfile;
  readonly by: ChosenBy;
}

/**
 * A boot, what happened in it, and what guest kernels make of its SEV_STATUS. Two roles: the boot's own kernel decides
 * what happened; the chosen kernel, or without a choice the boot's own, gets the verdict.
 */
export interface AssessedBoot {
  readonly boot: Boot;
  /** The kernel of the boot's banner; null without one. */
  readonly own: GuestProfile | null;
  readonly choice: Choice | null;
  /** The kernel that the verdict is for. */
  readonly guest: GuestProfile | null;
  /** Of `guest` with the boot's SEV_STATUS; null without a guest, or without a SEV_STATUS that can be assessed. */
  readonly assessment: Assessment | null;
  /** Of `own`, likewise. */
  readonly ownAssessment: Assessment | null;
  readonly outcome: Outcome;
}

/** Assesses a boot, for the kernel that the user chose or for its own. */
export function assessBoot(boot: Boot, choice: Choice | null): AssessedBoot {
  const own = boot.kernel === null ? null : guestProfile(boot.kernel.banner);
  const guest = choice?.profile ?? own;
  const ownAssessment = assessmentOf(boot, own);
  const assessment = guest === own ? ownAssessment : assessmentOf(boot, guest);
  const outcome = outcomeOf(boot, ownAssessment);
  return { boot, own, choice, guest, assessment, ownAssessment, outcome };
}

function assessmentOf(boot: Boot, guest: GuestProfile | null): Assessment | null {
  const status = settledStatus(boot);
  return guest === null || status === null ? null : assess(status, guest);
}

/**
 * The SEV_STATUS that a kernel can be assessed with. Null where the kernel does not see the register, where values
 * contradict, and where several guests end in one log and nothing shows whose value it is.
 */
export function settledStatus(boot: Boot): Known | null {
  const { status } = boot;
  if (status === null || status.isHidden || status.others.length > 0) return null;
  if (boot.snp !== null && isSnpOff(status)) return null;
  return ownEndings(boot).length > 1 ? null : atLeast(status.value, status.known);
}

/** Whether a boot was refused, by the guest's kernel or by something below it, or is predicted to be. */
export function isRefused(assessed: AssessedBoot): boolean {
  const { boot, assessment } = assessed;
  const failure = failureOf(boot);
  return (
    boot.causes.some(({ ending }) => isRefusal(ending)) ||
    (failure !== null && refusesFeatures(failure)) ||
    (assessment?.verdict?.outcome === "refuses" && !isOwnAndRunning(assessed))
  );
}

/** Whether the verdict is for the boot's own kernel, which runs: it lacks nothing that would have stopped it. */
function isOwnAndRunning({ boot, guest, own }: AssessedBoot): boolean {
  return boot.isRunning && own !== null && guest === own;
}

/** The features that the log or the guest's check says are missing, in SEV_STATUS bit positions. */
export function lackingOf(assessed: AssessedBoot): bigint {
  const reported = refusedIn(assessed.boot.causes.map(({ ending }) => ending));
  return reported !== 0n || isOwnAndRunning(assessed)
    ? reported
    : (assessed.assessment?.lacking ?? 0n);
}

/** What a kernel has to boot with, as SEV_STATUS: what was seen, and what a guest said that it lacks. */
export function statusNeeded(assessed: AssessedBoot): bigint {
  const { boot } = assessed;
  // What another guest lacks says nothing of what it has on.
  const seen = hasOthers(boot) ? null : settledStatus(boot);
  return (seen?.value ?? 0n) | lackingOf(assessed) | SEV_SNP;
}

/** Whether a boot's log reports the end of another guest than the boot's own. */
export function hasOthers({ endings }: Boot): boolean {
  return endings.some(({ isOfAnother }) => isOfAnother);
}
