import type { Release } from "./release";
import { compareReleases, parseRelease, releaseText } from "./release";
import type { CheckingPath, Evidence, Sourced } from "./row";
import { evidenceOf } from "./row";

/** Releases that have a bug, the last one included. Release candidates of the first one count too. */
export interface BuggyReleases extends Evidence {
  readonly from: string;
  readonly to: string;
}

/** A bug of guest kernels that changes how a boot ends, or hides why. */
export interface KernelBug {
  readonly id: string;
  readonly releases: readonly BuggyReleases[];
  /** Where in a boot it shows. Distributions' kernels that are made from these releases have it too. */
  readonly path: CheckingPath;
  /**
   * - `hides-mask`: a refusal of features ends as `termination` says, whatever the features.
   * - `may-end`: a boot with SEV-SNP on may end as `termination` says, also where no feature is refused.
   */
  readonly effect: "hides-mask" | "may-end";
  /** The reason that the guest gives by the GHCB MSR. */
  readonly termination: { readonly set: number; readonly code: number };
  /** What is seen, and why; each one a sentence. */
  readonly symptom: string;
  readonly cause: string;
  /** The commits, each with its subject. */
  readonly broughtBy: string;
  readonly fixedBy: string;
  /** What the fix moves: a variable of arch/x86/boot/compressed/sev.c, mended where its definition names a section. */
  readonly variable: string;
  readonly source: string;
}

/** A row as the table has it: each range with its source under the name of its mark. */
type Row = Omit<KernelBug, "releases"> & {
  readonly releases: readonly (Sourced & { readonly from: string; readonly to: string })[];
};

const MOVED_TO_DATA =
  "4ca191cec17a (x86/boot/sev: Move SEV decompressor variables into the .data section)";

/** Both bugs came with one series and were fixed by one commit. */
const IN_BSS = {
  releases: [
    {
      from: "6.18",
      to: "6.18.16",
      verified:
        "the announcement of Linux 6.18.17 lists the fix; Debian's 6.18.5 and 6.18.15, executed, lose the mask",
    },
    {
      from: "6.19",
      to: "6.19.6",
      inferred:
        "[PATCH 6.19 120/311] of 6.19.7-rc1 is the fix; of Debian's kernels, executed, 6.19.6 loses the mask and 6.19.8 does not",
    },
    { from: "7.0-rc1", to: "7.0-rc2", inferred: "dates: the fix is of 2 March 2026" },
  ],
  path: "decompressor",
  fixedBy: MOVED_TO_DATA,
} as const;

const ROWS: readonly Row[] = [
  {
    ...IN_BSS,
    id: "ghcb-version-lost",
    effect: "hides-mask",
    termination: { set: 0, code: 2 },
    symptom:
      "Every refusal of features by the decompressor ends with GHCB MSR 0x20100, and the mask is lost.",
    cause:
      "The decompressor keeps ghcb_version in .bss, which is cleared when it has moved itself, and then takes the GHCB version for too old.",
    broughtBy:
      "9723dd0c705e (x86/sev: Provide PIC aliases for SEV related data objects), beside 68a501d7fd82, the commit that the fix names",
    variable: "ghcb_version",
    source:
      "both commits' diffs; 18 of Debian's kernels, 5.10 to 7.3, executed with a given SEV_STATUS",
  },
  {
    ...IN_BSS,
    id: "vmpl-not-cleared",
    effect: "may-end",
    termination: { set: 1, code: 3 },
    symptom:
      "A direct boot may end with reason 0x1:0x3 (not running at VMPL0) although no SVSM runs.",
    cause:
      "The decompressor reads snp_vmpl from .bss before that is cleared, and finds what the loader left in memory.",
    broughtBy: "68a501d7fd82 (x86/boot: Drop redundant RMPADJUST in SEV SVSM presence check)",
    variable: "snp_vmpl",
    source:
      "both commits' messages; list mails “6.18 CVM guest kernel boot issues with non-UEFI bootloader” of 28 to 30 January 2026",
  },
];

/** The known bugs of guest kernels; the next one is one row. */
export const KERNEL_BUGS: readonly KernelBug[] = ROWS.map((row) => ({
  ...row,
  releases: row.releases.map(({ from, to, ...range }) => ({ from, to, ...evidenceOf(range) })),
}));

/** The known bugs of the kernels that are made from an upstream release. */
export function bugsOf(release: Release): readonly KernelBug[] {
  return KERNEL_BUGS.filter(({ releases }) => releases.some((range) => isIn(release, range)));
}

/**
 * The bugs that may lie behind a termination by the GHCB MSR. `known`: those of the kernel that ended; null where that is
 * not known.
 */
export function bugsBehind(
  reason: KernelBug["termination"],
  known: readonly KernelBug[] | null,
): readonly KernelBug[] {
  return (known ?? KERNEL_BUGS).filter(
    ({ termination: { set, code } }) => set === reason.set && code === reason.code,
  );
}

function isIn(release: Release, { from, to }: BuggyReleases): boolean {
  const first = numbersOf(from);
  const earliest = first.patch === 0 && first.rc === null ? { ...first, rc: 0 } : first;
  return compareReleases(release, earliest) >= 0 && compareReleases(release, numbersOf(to)) <= 0;
}

/** The first release after a range, as upstream numbers them. */
export function releaseAfter({ to }: Pick<BuggyReleases, "to">): string {
  const last = numbersOf(to);
  return releaseText(
    last.rc === null ? { ...last, patch: last.patch + 1 } : { ...last, rc: last.rc + 1 },
  );
}

function numbersOf(text: string): Release {
  const release = parseRelease(text);
  if (release === null) throw new Error(`A row of the bugs names no release: ${text}`);
  return release;
}
