import type { Cause } from "../../boot/ends";
import { isRefusal, refusedIn } from "../../boot/ends";
import { featureNames } from "../../features";
import type { Ending } from "../../log/finding";
import { counted, grouped } from "../../text/grouped";
import { hexShort } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import { reasonCodes, reasonNames } from "../value/ghcbReport";

/** Reasons beyond these are counted together. */
const MOST_REASONS = 3;

/** All ends in one line: what they have in common, else how many there are of each reason; null for no end. */
export function causesAnswer(causes: readonly Cause[]): Phrase | null {
  const [only, ...more] = causes;
  if (only === undefined) return null;
  if (more.length === 0 && only.ending.unsupported !== null)
    return sameRefusals(only.count, only.ending.unsupported);
  const refused = causes.filter(({ ending }) => isRefusal(ending));
  const rest = causes.filter(({ ending }) => !isRefusal(ending));
  const parts: Phrase[] = [
    ...(refused.length === 0 ? [] : [refusals(refused)]),
    ...rest
      .slice(0, MOST_REASONS)
      .map(({ count, ending }) => say`${grouped(count)} × ${reasonInBrief(ending)}`),
    ...(rest.length > MOST_REASONS
      ? [say`${grouped(countOf(rest.slice(MOST_REASONS)))} for other reasons`]
      : []),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [...say` · `, ...part]));
}

function sameRefusals(count: number, mask: bigint): Phrase {
  const guests = strong(`${counted(count, "guest")} refused to boot`);
  const names = strong(featureNames(mask).join(" "));
  return count === 1
    ? say`${guests} – missing ${names} (${code(hexShort(mask))})`
    : say`${guests} – all for ${names} (${code(hexShort(mask))})`;
}

function refusals(causes: readonly Cause[]): Phrase {
  const guests = strong(`${counted(countOf(causes), "guest")} refused to boot`);
  const unnamed = countOf(causes.filter(({ ending }) => ending.unsupported === null));
  const names = list(featureNames(refusedIn(causes.map(({ ending }) => ending))));
  if (names === "") return say`${guests} (${grouped(unnamed)} without a mask)`;
  return unnamed === 0
    ? say`${guests} – missing ${strong(names)}`
    : say`${guests} – missing ${strong(names)} (${grouped(unnamed)} without a mask)`;
}

/** How many ends there are. */
export function countOf(causes: readonly Cause[]): number {
  return causes.reduce((all, { count }) => all + count, 0);
}

/** Why guests ended, as a cell of a table: `0x0:0x2 SNP features unsupported`. */
export function reasonInBrief({ reason, via, unreadable, isLikely }: Ending): string {
  if (unreadable === true) return "not a reason that the GHCB specification defines";
  if (reason === null)
    return via === "nae" ? "termination event, reason not printed" : "reason not printed";
  const names = reasonNames(reason);
  const why = `${reasonCodes(reason)} ${names === "" ? "unknown" : names}`;
  return isLikely === true ? `likely ${why}` : why;
}
