import { decode, statusOf } from "../../register/decode";
import { featureNames } from "../../features";
import { assess } from "../../guest/assessment";
import { goesOn } from "../../guest/check";
import { compareValues } from "../../guest/compare";
import { matrix } from "../../guest/matrix";
import type { GuestProfile } from "../../guest/profile";
import type { RegisterValue } from "../../log/tokenRegister";
import { hexShort } from "../../text/u64";
import { outcomeInBrief } from "../guest/outcome";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";

/**
 * What changes for guests if the host goes from one value to another: the features, the chosen guest, and how many
 * kernels of the catalog stop booting. Empty where nothing differs, or for a register of no running guest.
 */
export function changesReport(
  from: RegisterValue,
  to: RegisterValue,
  guest: GuestProfile | null,
): Phrase[] {
  const before = statusOf(decode(from.register, from.value));
  const after = statusOf(decode(to.register, to.value));
  if (before === null || after === null || before === after) return [];
  const { onlyA, onlyB } = compareValues(before, after);
  const parts = [
    ...(onlyB === 0n ? [] : [`${list(featureNames(onlyB))} enabled`]),
    ...(onlyA === 0n ? [] : [`${list(featureNames(onlyA))} disabled`]),
  ];
  return [
    say`Compared with ${code(hexShort(from.value))}, the value the table was opened with: ${strong(parts.join("; "))}.`,
    ...(guest === null ? [] : [guestChange(guest, before, after)]),
    catalogChange(before, after),
    say`SEV_FEATURES are part of the launch measurement, so it changes too.`,
  ];
}

function guestChange(guest: GuestProfile, before: bigint, after: bigint): Phrase {
  const [was, is] = [assess(before, guest).verdict, assess(after, guest).verdict];
  const same = was.outcome === is.outcome && was.unsupported === is.unsupported;
  const lacks = is.lacks.length === 0 ? "" : `, missing ${list(is.lacks)}`;
  return same
    ? say`${guest.label} is unchanged: ${outcomeInBrief(is, guest.likely)}${lacks}.`
    : say`${guest.label}: before ${outcomeInBrief(was, guest.likely)}, now ${strong(outcomeInBrief(is, guest.likely))}${lacks}.`;
}

function catalogChange(before: bigint, after: bigint): Phrase {
  const was = matrix(before).rows.map(({ assessment }) => goesOn(assessment.verdict));
  const is = matrix(after).rows.map(({ assessment }) => goesOn(assessment.verdict));
  const stop = was.filter((went, index) => went && is[index] === false).length;
  const start = was.filter((went, index) => !went && is[index] === true).length;
  return say`Of ${was.length} guest kernels in the catalog ${strong(`${stop} stop booting`)}, and ${start} start to boot.`;
}
