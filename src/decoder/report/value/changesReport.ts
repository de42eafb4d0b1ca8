import { decode, statusOf } from "../../register/decode";
import { featureNames } from "../../features";
import { assess } from "../../guest/assessment";
import { compareValues } from "../../guest/compare";
import { matrix } from "../../guest/matrix";
import type { GuestProfile } from "../../guest/profile";
import type { RegisterValue } from "../../log/tokenRegister";
import { compareGuestsReport } from "../guest/compareGuestsReport";
import { outcomeInBrief } from "../guest/outcome";
import type { Phrase } from "../phrase";
import { list, say, strong } from "../phrase";

/**
 * What changes for guests if the host goes from one value to another, in a few words each: the features, the chosen
 * guest, how many kernels of the catalog refuse. Empty where nothing differs, or for a register of no running guest.
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
    ...featureNames(onlyB).map((name) => `+ ${name}`),
    ...featureNames(onlyA).map((name) => `− ${name}`),
  ];
  return [
    say`${strong(parts.join("  "))}`,
    ...(guest === null ? [] : [guestChange(guest, before, after)]),
    say`kernels that refuse: ${refusing(before)} → ${refusing(after)}`,
    say`⚠ changes the launch measurement`,
  ];
}

function guestChange(guest: GuestProfile, before: bigint, after: bigint): Phrase {
  const [was, is] = [assess(before, guest).verdict, assess(after, guest).verdict];
  const [first, second] = [was, is].map((verdict) => outcomeInBrief(verdict, guest.likely));
  if (was.outcome === is.outcome && was.unsupported === is.unsupported)
    return say`${guest.label} ${second ?? ""} as before`;
  const lacks = is.lacks.length === 0 ? "" : `, missing ${list(is.lacks)}`;
  return say`${guest.label} ${first ?? ""} → ${strong(second ?? "")}${lacks}`;
}

function refusing(status: bigint): number {
  return matrix(status).rows.filter(({ assessment }) => assessment.verdict.outcome === "refuses")
    .length;
}

/** How a second guest differs from the first, and what it does with the value; one alone is said of the second only. */
export function guestsCompared(
  { register, value }: RegisterValue,
  guest: GuestProfile | null,
  second: GuestProfile,
): Phrase[] {
  const status = statusOf(decode(register, value));
  const verdicts = (guest === null ? [second] : [guest, second]).flatMap((one) =>
    status === null
      ? []
      : [say`${one.label} ${strong(outcomeInBrief(assess(status, one).verdict, one.likely))}`],
  );
  if (guest === null) return verdicts;
  const { answer } = compareGuestsReport({ a: guest, b: second, status });
  return [...verdicts, answer];
}
