import type { Verdict } from "../../guest/check";
import type { MatrixRow } from "../../guest/matrix";
import { matrix } from "../../guest/matrix";
import { counted } from "./matrixReport";
import { OUTCOME_SIGNS } from "./outcome";

/** A guest kernel in a list of those that do the same with a value. Everything in it survives JSON. */
export interface KernelLine {
  /** Names it as a guest. */
  readonly id: string;
  readonly releases: string;
  /** What it lacks, by name. */
  readonly lacks: readonly string[];
  /** How that is known; nobody has read the kernel where it is `unknown`. */
  readonly known: string;
}

/** The catalogued guest kernels that do the same with a value. */
export interface KernelGroup {
  readonly outcome: Verdict["outcome"];
  /** A sign, a number and words: `✗ 70 refuse (7 of them likely)`. */
  readonly heading: string;
  readonly kernels: readonly KernelLine[];
}

const HEADINGS: readonly { readonly outcome: Verdict["outcome"]; readonly words: string }[] = [
  { outcome: "refuses", words: "refuse" },
  { outcome: "undefined", words: "have no check, and the result is undefined" },
  { outcome: "boots", words: "boot" },
  { outcome: "not-reached", words: "do not reach the check" },
  { outcome: "not-snp", words: "check nothing, because SEV-SNP is off" },
];

/** What every catalogued guest does with a SEV_STATUS value, by what that is; groups without a kernel are left out. */
export function kernelGroups(status: bigint): KernelGroup[] {
  const { rows } = matrix(status);
  return HEADINGS.flatMap(({ outcome, words }) => {
    const same = rows.filter(({ assessment }) => assessment.verdict.outcome === outcome);
    if (same.length === 0) return [];
    const heading = `${OUTCOME_SIGNS[outcome]} ${counted(same, words)}`;
    return [{ outcome, heading, kernels: same.map(kernelLine) }];
  });
}

function kernelLine({ profile, releases, assessment }: MatrixRow): KernelLine {
  return {
    id: profile.id,
    releases,
    lacks: assessment.verdict.lacks,
    known: profile.likely ? `${profile.verification}: only likely` : profile.verification,
  };
}
