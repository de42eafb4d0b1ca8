import type { Known } from "../../guest/assessment";
import { assess } from "../../guest/assessment";
import { refusedBy } from "../../guest/check";
import { featureNames } from "../../features";
import type { ListedKind } from "../../guest/listed";
import { listedKernels } from "../../guest/listed";
import type { GuestProfile } from "../../guest/profile";
import { list } from "../phrase";
import { outcomeInBrief } from "./outcome";

/** What kernels are asked about in a list of them: a SEV_STATUS, or a mask of features that a guest did not support. */
export type AskedValue = { readonly status: Known } | { readonly unsupported: bigint } | null;

/** A kernel in a list to choose from. */
export interface KernelChoice {
  /** Names it for a lookup: `6.12.78`, `6.18.17+secure-avic`, `rhel-9.4`. */
  readonly name: string;
  readonly label: string;
  /** `✗ missing SecureTSC`; without a value the features that it supports. */
  readonly answer: string;
  /** The same kernel is listed without CONFIG_AMD_SECURE_AVIC=y. */
  readonly withSecureAvic: boolean;
  /** It stands in for kernels without a row of their own. */
  readonly isStandIn: boolean;
}

export interface KernelChoiceGroup {
  readonly title: string;
  readonly choices: readonly KernelChoice[];
}

/** What the groups of a list of kernels are called. */
export const KERNEL_GROUPS: Readonly<Record<ListedKind, string>> = {
  longterm: "LTS",
  mainline: "Mainline",
  distributions: "Distributions",
};

/** The catalog's kernels to choose from, each with its answer. */
export function kernelChoices(asked: AskedValue): KernelChoiceGroup[] {
  return listedKernels().map(({ kind, kernels }) => ({
    title: KERNEL_GROUPS[kind],
    choices: kernels.map(({ profile, label, withSecureAvic, isStandIn }) => ({
      name: kernelName(profile),
      label,
      answer: answerInList(profile, asked),
      withSecureAvic,
      isStandIn,
    })),
  }));
}

/** A name for a lookup, as people write it: without the `linux-` of upstream's ids. */
export function kernelName({ id }: Pick<GuestProfile, "id">): string {
  return id.replace(/^linux-/u, "");
}

/** What a kernel makes of a value, as a row of a list has room for. */
export function answerInList(profile: GuestProfile, asked: AskedValue): string {
  if (asked === null) return supportedBy(profile);
  if ("unsupported" in asked) {
    const missing = refusedBy(asked.unsupported, profile);
    return missing === 0n ? likely(profile, "✓", "supports these") : lacks(profile, missing);
  }
  const assessment = assess(asked.status, profile);
  const { verdict } = assessment;
  if (verdict === null) return supportedBy(profile);
  // A lower bound: bits that are not shown may be set too.
  if (verdict.outcome === "boots" && !assessment.isCertain)
    return likely(profile, "✓", "boots with these features");
  const isRefusal = verdict.outcome === "refuses" && assessment.lacking !== 0n;
  return isRefusal ? lacks(profile, assessment.lacking) : outcomeInBrief(verdict, profile.likely);
}

function lacks(profile: GuestProfile, missing: bigint): string {
  return likely(profile, "✗", `missing ${list(featureNames(missing))}`);
}

/** The features with code in the guest, which need it. */
function supportedBy(profile: GuestProfile): string {
  const { check, snpGuest } = profile;
  if (check === null)
    return likely(profile, "", snpGuest ? "no feature check" : "no SEV-SNP guest code");
  const names = list(featureNames(check.implemented));
  return likely(profile, "", names === "" ? "no optional feature" : names);
}

function likely({ likely }: GuestProfile, sign: string, words: string): string {
  return [sign, likely ? "likely" : "", words].filter((part) => part !== "").join(" ");
}
