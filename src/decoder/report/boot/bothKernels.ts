import type { AssessedBoot } from "../../boot/assessed";
import { CHOSEN_BY, fromBanner, twoKernels } from "../guest/kernelsLine";
import type { Phrase } from "../phrase";

/**
 * What the chosen kernel and the boot's own make of the boot's SEV_STATUS, in one line; null where there are not two
 * kernels that differ.
 */
export function bothKernels(assessed: AssessedBoot): Phrase | null {
  const { choice, own, boot, assessment, ownAssessment } = assessed;
  if (choice === null || own === null || boot.kernel === null || own.id === choice.profile.id)
    return null;
  return twoKernels(
    { profile: choice.profile, from: CHOSEN_BY[choice.by], assessment },
    { profile: own, from: fromBanner(boot.kernel), assessment: ownAssessment },
  );
}
