import type { AssessedBoot } from "../../boot/assessed";
import type { Assessment } from "../../guest/assessment";
import { outcomeInBrief } from "../guest/outcome";
import type { Phrase } from "../phrase";
import { list, say, strong } from "../phrase";
import { CHOSEN_BY } from "./bootFields";

/**
 * What the chosen kernel and the boot's own make of the boot's SEV_STATUS, in one line, the chosen first; null where
 * there are not two kernels that differ: `✗ Linux 6.6 (chosen) refuses: missing SecureTSC · ✓ Linux 6.14.2 (banner,
 * line 1) boots`.
 */
export function bothKernels(assessed: AssessedBoot): Phrase | null {
  const { choice, own, boot, assessment, ownAssessment } = assessed;
  if (choice === null || own === null || boot.kernel === null || own.id === choice.profile.id)
    return null;
  return say`${inBrief(assessment, choice.profile.label, CHOSEN_BY[choice.by])} · ${inBrief(ownAssessment, own.label, `banner, line ${boot.kernel.line + 1}`)}.`;
}

function inBrief(assessment: Assessment | null, label: string, from: string): Phrase {
  const verdict = assessment?.verdict ?? null;
  if (assessment === null || verdict === null) return say`${label} (${from})`;
  const [sign = "", ...words] = outcomeInBrief(verdict, assessment.guest.likely).split(" ");
  const missing = verdict.lacks.length === 0 ? "" : `: missing ${list(verdict.lacks)}`;
  return say`${sign} ${label} (${from}) ${strong(words.join(" "))}${missing}`;
}
