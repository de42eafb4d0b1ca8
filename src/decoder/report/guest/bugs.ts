import type { BuggyReleases, KernelBug } from "../../guest/catalog/bugs";
import { releaseAfter } from "../../guest/catalog/bugs";
import type { Phrase } from "../phrase";
import { list, say, strong } from "../phrase";
import type { Advice } from "../report";

/** What a bug does and why, the releases that have it, and the commits that brought and fixed it. */
export function bugInFull({ symptom, cause, releases, broughtBy, fixedBy }: KernelBug): Phrase {
  return say`${strong("Known kernel bug")}: ${symptom} ${cause} In Linux ${list(releases.map(rangeText))}, and in distributions' kernels made from them. Brought by ${broughtBy}. Fixed by ${fixedBy}, in ${list(releases.map(releaseAfter))}.`;
}

function rangeText({ from, to, verification }: BuggyReleases): string {
  return `${from} to ${to}${verification === "verified" ? "" : ` (${verification})`}`;
}

/** What to do about known bugs, those with one fix together; in full with what they are. */
export function bugAdvice(bugs: readonly KernelBug[], isFull: boolean): Advice[] {
  const fixes = [...new Set(bugs.map(({ fixedBy }) => fixedBy))];
  return fixes.map((fixedBy) => {
    const same = bugs.filter((bug) => bug.fixedBy === fixedBy);
    const fixed = [...new Set(same.flatMap(({ releases }) => releases.map(releaseAfter)))];
    return {
      feature: same.length === 1 ? "Known kernel bug" : "Known kernel bugs",
      ways: [
        ...(isFull ? same.map(bugInFull) : []),
        say`Guest kernel: Linux ${list(fixed, "or")}, or later in its branch, or any with ${fixedBy}.`,
        ...same.map(({ effect }) => say`${MEANWHILE[effect]}`),
      ],
    };
  });
}

const MEANWHILE: Readonly<Record<KernelBug["effect"], string>> = {
  "hides-mask":
    "Until then: a boot by the EFI stub prints the mask on the guest's console. The feature is refused either way.",
  "may-end": "Until then: a boot by the EFI stub does not end with 0x1:0x3 for this reason.",
};
