import type { Evidence, FeatureMasks } from "../catalog/row";
import {
  BOTH,
  DEBUG_SWAP,
  DECOMPRESSOR,
  REQUIRED,
  REQUIRED_BUT_IBPB,
  SECURE_AVIC,
  SECURE_TSC,
  masks,
} from "../catalog/masks";

/** What a kernel is known, or taken, to do. */
export type Behaviour =
  | {
      /** It checks, with these masks. */
      readonly check: "masks";
      readonly masks: FeatureMasks;
      /** The EFI stub's message ends without the mask (RHEL 8). */
      readonly stubHidesMask?: true;
    }
  | {
      /** It does not check: with SEV-SNP guest code or without any (not in its source, or compiled out). */
      readonly check: "none";
      readonly snpGuest: boolean;
    };

export type DistributionAnswer =
  | Behaviour
  /** It follows upstream's stable branches: upstream's row for its point release answers. */
  | { readonly check: "by-upstream-point" }
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

/** What some kernels of a distribution do. The first row that a kernel's release matches is its own. */
export interface DistributionRow extends Evidence {
  /** Names the row as a guest, where it is an answer by itself. */
  readonly id: string;
  /** As people say it; rows of one distribution have the same. */
  readonly distribution: string;
  readonly release: string;
  /** The first kernel package that was seen with it; null where the first is not known. */
  readonly from: string | null;
  /** All must match the release, as `uname -r` prints it. The group `number` is what `min` and `max` compare. */
  readonly matches: readonly RegExp[];
  /** Matches the banner, for kernels whose release does not say whose they are. */
  readonly banner?: RegExp;
  /** Inclusive, number by number: a build (362.18.1), a point release (6.12.77) or an ABI (45). */
  readonly min?: readonly number[];
  readonly max?: readonly number[];
  /** The last number that was read; what is later is inferred from it. */
  readonly seenTo?: readonly number[];
  readonly answer: DistributionAnswer;
  /** Where there is `seenTo`, only for what is later. */
  readonly otherwise?: Otherwise;
}

function checks(
  required: bigint,
  implemented: bigint,
  paths: FeatureMasks["paths"] = BOTH,
): Behaviour & { readonly check: "masks" } {
  return { check: "masks", masks: masks(required, implemented, null, paths) };
}

function withAvicOption(required: bigint): Behaviour {
  const implemented = DEBUG_SWAP | SECURE_TSC;
  return {
    check: "masks",
    masks: masks(required, implemented, implemented | SECURE_AVIC, BOTH),
  };
}

/** SEV-SNP does not run: the code is missing or compiled out. */
export const NO_SNP: Behaviour = { check: "none", snpGuest: false };
/** SEV-SNP runs, whatever else is enabled: the code of 5.19, without the check. */
export const NO_CHECK: Behaviour = { check: "none", snpGuest: true };
export const BY_POINT: DistributionAnswer = { check: "by-upstream-point" };

/** The behaviours of upstream's releases, which distributions took over one by one. */
export const AS_6_2 = checks(REQUIRED, 0n, DECOMPRESSOR);
export const AS_6_1_81 = checks(REQUIRED, 0n);
export const AS_6_1_167 = checks(REQUIRED_BUT_IBPB, 0n);
/** DebugSwap, but not yet the test in the EFI stub. */
export const DEBUG_SWAP_WITHOUT_STUB = checks(REQUIRED, DEBUG_SWAP, DECOMPRESSOR);
export const AS_6_6 = checks(REQUIRED, DEBUG_SWAP);
export const AS_6_6_130 = checks(REQUIRED_BUT_IBPB, DEBUG_SWAP);
export const AS_6_14 = checks(REQUIRED, DEBUG_SWAP | SECURE_TSC);
/** 6.14 with the later relaxation for IBPB-on-Entry. */
export const AS_6_14_BUT_IBPB = checks(REQUIRED_BUT_IBPB, DEBUG_SWAP | SECURE_TSC);
export const AS_6_18 = withAvicOption(REQUIRED);
export const AS_6_18_17 = withAvicOption(REQUIRED_BUT_IBPB);
/** The same built with CONFIG_AMD_SECURE_AVIC=y. */
export const AS_6_18_17_WITH_AVIC = checks(
  REQUIRED_BUT_IBPB,
  DEBUG_SWAP | SECURE_TSC | SECURE_AVIC,
);

/** A backport of "Allow IBPB-on-Entry", which later builds may or may not have. */
export const IF_IBPB_WAS_TAKEN: Otherwise = {
  when: "it has “Allow IBPB-on-Entry” as a backport",
  answer: AS_6_6_130,
};
