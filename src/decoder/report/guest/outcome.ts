import type { FeatureStanding, Verdict } from "../../guest/check";
import { SIGNS } from "../report";

/** A verdict in a word or two. */
const OUTCOMES: Readonly<Record<Verdict["outcome"], string>> = {
  boots: "boots",
  refuses: "refuses",
  undefined: "undefined",
  "not-snp": "not checked",
  "not-reached": "not reached",
};

export const OUTCOME_SIGNS: Readonly<Record<Verdict["outcome"], string>> = {
  boots: "✓",
  refuses: "✗",
  undefined: "?",
  "not-snp": "–",
  "not-reached": "–",
};

/** A verdict as a sign and a word: `✗ refuses`; `likely` where nobody has read that kernel. */
export function outcomeInBrief({ outcome }: Verdict, likely: boolean): string {
  return `${OUTCOME_SIGNS[outcome]} ${likely ? "likely " : ""}${OUTCOMES[outcome]}`;
}

const STANDINGS: Readonly<Record<FeatureStanding, string>> = {
  lacks: "missing",
  implements: "supported",
  "needs-no-code": "needs no code",
  unchecked: "not checked",
};

/** What a guest does with a feature, as a sign and a word. */
export function standingInBrief(stands: FeatureStanding): string {
  return `${SIGNS[stands]} ${STANDINGS[stands]}`;
}
