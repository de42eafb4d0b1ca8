import type { Evidence, Sourced } from "../catalog/row";
import { evidenceOf } from "../catalog/row";
import type { Behaviour } from "../catalog/behaviour";
import { LINUX, LINUX_6_14_BUT_IBPB } from "../catalog/behaviour";

export type DistributionAnswer =
  | Behaviour
  | {
      /** It follows upstream's stable branches: upstream's row for its point release answers. */
      readonly check: "by-upstream-point";
      /** Whether it sets CONFIG_AMD_SECURE_AVIC, from 6.18 on; null where that is not known. */
      readonly secureAvic: boolean | null;
    }
  /** Nobody has read it. */
  | {
      readonly check: "unknown";
      readonly likely: Behaviour;
      /** What makes it likely, as in "likely as …". */
      readonly as: string;
    };

/** What else may hold: said beside a verdict that it would change. */
export interface Otherwise {
  /** As in "if …". */
  readonly when: string;
  readonly answer: Behaviour;
}

/** A number is compared part by part: a build (362.18.1), a point release (6.12.77) or an ABI (45). */
export interface Numbers {
  /** Both inclusive. */
  readonly min?: readonly number[];
  readonly max?: readonly number[];
  /** The last number that was read; what is later is inferred from it. */
  readonly seenTo?: readonly number[];
}

/** What some kernels of a distribution do. The first row that a kernel's release matches is its own. */
export interface DistributionRow extends Evidence {
  /** Names the row as a guest, where it is an answer by itself. */
  readonly id: string;
  /** As people say it; rows of one distribution have the same. */
  readonly distribution: string;
  readonly release: string;
  /** The first kernel package that was seen with it; null where the first is not known. */
  readonly from: string | null;
  /** All must match the release, as `uname -r` prints it. The group `number` is what `numbers` compares. */
  readonly matches: readonly RegExp[];
  /** Matches the banner, for kernels whose release does not say whose they are. */
  readonly banner?: RegExp;
  readonly numbers?: Numbers;
  readonly answer: DistributionAnswer;
  /** Where there is `seenTo`, only for what is later. */
  readonly otherwise?: Otherwise;
}

/** A row as its table has it: without what its family gives it, and with its source under the name of its mark. */
type FamilyRow = Sourced &
  Omit<DistributionRow, "id" | "from" | "distribution" | "matches" | keyof Evidence> & {
    readonly from?: string;
    readonly distribution?: string;
    readonly matches?: RegExp;
  };

/** The rows of a distribution, by id. Each kernel must match `all` too; a row may name another distribution. */
export function family(
  distribution: string,
  all: RegExp | null,
  rows: Readonly<Record<string, FamilyRow>>,
): DistributionRow[] {
  return Object.entries(rows).map(([id, { matches = null, ...row }]) => ({
    ...{ id, distribution, from: null, ...row, ...evidenceOf(row) },
    matches: [matches, all].filter((pattern) => pattern !== null),
  }));
}

/** The evidence of a row that answers for kernels which no other row of its distribution has. */
export const NO_ROW = "no row for this build";

/** By upstream's point release, without CONFIG_AMD_SECURE_AVIC. */
export const BY_POINT = {
  check: "by-upstream-point",
  secureAvic: false,
} as const satisfies DistributionAnswer;
export const BY_POINT_WITH_AVIC: DistributionAnswer = { ...BY_POINT, secureAvic: true };
export const BY_POINT_AVIC_UNKNOWN: DistributionAnswer = { ...BY_POINT, secureAvic: null };

/** A backport of "Allow IBPB-on-Entry", which later builds may or may not have. */
export const IF_IBPB_WAS_TAKEN: Otherwise = {
  when: "it has “Allow IBPB-on-Entry” as a backport",
  answer: LINUX["6.6.130"],
};
/** The same of 6.17, where it can only be in builds after March 2026. */
export const IF_IBPB_WAS_TAKEN_BY_6_17: Otherwise = {
  when: "it has “Allow IBPB-on-Entry” as a backport (builds after March 2026)",
  answer: LINUX_6_14_BUT_IBPB,
};
/** The option that decides over Secure AVIC, where a configuration was not seen itself. */
export const IF_WITHOUT_AVIC: Otherwise = {
  when: "it is built without CONFIG_AMD_SECURE_AVIC",
  answer: LINUX["6.18.17"],
};
