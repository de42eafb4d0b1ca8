import { EVER_REFUSED } from "../../guest/check";
import type { FeatureStanding, Verdict } from "../../guest/check";
import type { KernelGroupKind, MergedKernels } from "../../guest/grouped";
import { groupedKernels, isAmong } from "../../guest/grouped";
import type { NamedGuest } from "../../guest/lookup";
import type { GuestProfile } from "../../guest/profile";
import { matrix } from "../../guest/matrix";
import { featureName } from "../../features";
import { setBits } from "../../text/u64";
import { OUTCOME_SIGNS, outcomeInBrief } from "./outcome";

/** One row of the table of kernels. Everything in it survives JSON. */
export interface KernelRow {
  /** Names its newest kernel as a guest. */
  readonly id: string;
  readonly name: string;
  readonly outcome: Verdict["outcome"];
  /** `✗ refuses`, `✓ likely boots`. */
  readonly verdict: string;
  /** What it does with each feature of the table, in their order. */
  readonly standings: readonly FeatureStanding[];
  /** How that is known. */
  readonly known: string;
  /** Whether the kernel that the verdict is for is one of them, or the log's own. */
  readonly isChosen: boolean;
  readonly isOwn: boolean;
}

/** What the catalog's kernels do with a value, newest first in each group. */
export interface KernelTable {
  /** The enabled features that some kernel needs code for. */
  readonly features: readonly string[];
  readonly groups: readonly { readonly title: string; readonly rows: readonly KernelRow[] }[];
  /** How many kernels of the catalog do the same, `✗ 70`; those that refuse first. */
  readonly counts: readonly { readonly outcome: Verdict["outcome"]; readonly text: string }[];
}

/** Which kernels are marked in the table; null marks none. */
export interface Marked {
  readonly chosen: GuestProfile | null;
  readonly own: GuestProfile | null;
}

const TITLES: Readonly<Record<KernelGroupKind, string>> = {
  own: "Yours",
  mainline: "Mainline",
  stable: "Longterm and stable",
  distributions: "Distributions",
};

const KNOWN_FROM: Readonly<Record<GuestProfile["verification"], string>> = {
  verified: "source",
  derived: "commits",
  inferred: "inferred",
  unverified: "unverified",
  unknown: "guess",
  own: "your setting",
};

/** How a guest's facts are known, in a word: from its source, from commits, inferred, a guess. */
export function knownFrom({ verification }: Pick<GuestProfile, "verification">): string {
  return KNOWN_FROM[verification];
}

const COUNTED: readonly Verdict["outcome"][] = [
  "refuses",
  "undefined",
  "boots",
  "not-reached",
  "not-snp",
];

/** The table for a SEV_STATUS value, with the user's own guests first. */
export function kernelTable(
  status: bigint,
  own: readonly NamedGuest[],
  marked: Marked,
): KernelTable {
  const groups = groupedKernels(status, own);
  const bits = setBits(status & EVER_REFUSED);
  const { rows } = matrix(status, own);
  return {
    features: bits.map(featureName),
    groups: groups.map(({ kind, kernels }) => ({
      title: TITLES[kind],
      rows: kernels.map((one) => kernelRow(one, bits, marked)),
    })),
    counts: COUNTED.flatMap((outcome) => {
      const same = rows.filter(({ assessment }) => assessment.verdict.outcome === outcome);
      return same.length === 0
        ? []
        : [{ outcome, text: `${OUTCOME_SIGNS[outcome]} ${String(same.length)}` }];
    }),
  };
}

function kernelRow(kernels: MergedKernels, bits: readonly number[], marked: Marked): KernelRow {
  const { name, withSecureAvic, guests, assessment, verification } = kernels;
  const { verdict, standings } = assessment;
  const newest = guests.at(-1) ?? assessment.guest;
  return {
    id: newest.id,
    name: withSecureAvic ? `${name} + SECURE_AVIC` : name,
    outcome: verdict.outcome,
    verdict: outcomeInBrief(verdict, newest.likely),
    standings: bits.map((bit) => standings.get(bit) ?? "unchecked"),
    known: knownFrom({ verification }),
    isChosen: marked.chosen !== null && isAmong(marked.chosen, kernels),
    isOwn: marked.own !== null && isAmong(marked.own, kernels),
  };
}
