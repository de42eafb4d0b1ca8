import type { ChosenBy } from "../../boot/assessed";
import type { Kernels, OwnKernel } from "../../boot/kernels";
import type { Assessment, Known } from "../../guest/assessment";
import { assess } from "../../guest/assessment";
import type { GuestProfile } from "../../guest/profile";
import type { Phrase } from "../phrase";
import { list, say, strong } from "../phrase";
import { outcomeInBrief } from "./outcome";

/** Who chose a kernel, in a few words. */
export const CHOSEN_BY: Readonly<Record<ChosenBy, string>> = {
  "what-if": "what-if",
  log: "chosen for this log",
  workspace: "chosen",
  "command-line": "as given",
};

/** One kernel, where it is from, and its assessment where there is a SEV_STATUS. */
interface Named {
  readonly profile: GuestProfile;
  readonly from: string;
  readonly assessment: Assessment | null;
}

/**
 * Two kernels and what they make of one SEV_STATUS, the chosen one first: `✗ Linux 6.6 (chosen) refuses: missing
 * SecureTSC · ✓ Linux 6.14.2 (banner, line 1) boots`.
 */
export function twoKernels(chosen: Named, own: Named): Phrase {
  return say`${inBrief(chosen)} · ${inBrief(own)}`;
}

/** A kernel and what it makes of a SEV_STATUS: `✗ Linux 6.6 (chosen) refuses: missing SecureTSC`. */
export function inBrief({ profile, from, assessment }: Named): Phrase {
  const verdict = assessment?.verdict ?? null;
  if (verdict === null) return say`${profile.label} (${from})`;
  const [sign = "", ...words] = outcomeInBrief(verdict, profile.likely).split(" ");
  const missing = verdict.lacks.length === 0 ? "" : `: missing ${list(verdict.lacks)}`;
  return say`${sign} ${profile.label} (${from}) ${strong(words.join(" "))}${missing}`;
}

/** Two kernels that differ and what each makes of the value, the chosen one first; null where there are no two. */
export function bothKernels({ choice, own }: Kernels, status: Known | null): Phrase | null {
  if (choice === null || own === null || own.profile.id === choice.profile.id) return null;
  const named = (profile: GuestProfile, from: string): Named => ({
    profile,
    from,
    assessment: status === null ? null : assess(status, profile),
  });
  const both = twoKernels(
    named(choice.profile, CHOSEN_BY[choice.by]),
    named(own.profile, fromBanner(own)),
  );
  return say`${both}.${runningNote(own, status)}`;
}

/** The kernel that a verdict is for and where that is from: `6.12.117 (banner, line 1)`; null without any. */
export function kernelInBrief({ choice, own }: Kernels): string | null {
  const profile = choice?.profile ?? own?.profile;
  if (profile === undefined) return null;
  const from = choice === null ? (own === null ? "" : fromBanner(own)) : CHOSEN_BY[choice.by];
  return `${shortLabel(profile)} (${from})`;
}

/** What a kernel is called where there is little room: `6.12.117`, `RHEL 9.4`. */
export function shortLabel({ label }: GuestProfile): string {
  return label.replace(/^Linux (?=\d)/u, "");
}

/** The same in a few words, without the kernel that a verdict is for: `chosen for this log; banner: Linux 6.12.77`. */
export function kernelsInBrief({ choice, own }: Kernels): string {
  if (choice === null) return own === null ? "" : fromBanner(own);
  const other =
    own === null || own.profile.id === choice.profile.id ? "" : `; banner: ${own.profile.label}`;
  return `${CHOSEN_BY[choice.by]}${other}`;
}

/** Where a boot's own kernel is from; `line` is from 0. */
export function fromBanner({ line }: { readonly line: number }): string {
  return `banner, line ${line + 1}`;
}

/** That a boot's kernel ran, also where it would refuse the value at hand. */
function runningNote({ profile, isRunning }: OwnKernel, status: Known | null): string {
  if (!isRunning) return "";
  const verdict = status === null ? null : assess(status, profile).verdict;
  return verdict?.outcome === "refuses"
    ? " It booted in this log: with another value, or with backported code."
    : " It booted in this log.";
}

/** Which kernel a verdict is for and where that is from; of two kernels that differ what each makes of the value. */
export function kernelsPhrase({ choice, own }: Kernels, status: Known | null): Phrase | null {
  const from = own === null ? "" : fromBanner(own);
  const runs = own === null ? "" : runningNote(own, status);
  if (choice === null)
    return own === null ? null : say`Guest kernel: ${strong(own.profile.label)} (${from}).${runs}`;
  const both = bothKernels({ choice, own }, status);
  return both === null
    ? say`Guest kernel: ${strong(choice.profile.label)} (${CHOSEN_BY[choice.by]}).`
    : both;
}
