import type { Behaviour } from "./behaviour";
import { LINUX, NO_CHECK, NO_SNP } from "./behaviour";
import type { Release } from "./release";
import { parseRelease } from "./release";
import type { CatalogRow, Sourced } from "./row";
import { evidenceOf } from "./row";

/** The Linux commits that made the guest's check what it is. */
export const COMMITS = {
  snpGuest: "cbd3d4f7c4e5 (x86/sev: Check SEV-SNP features support; no feature mask), in 5.19",
  check:
    "8c29f016540532582721cec1dbf6d144873433ba (x86/sev: Add SEV-SNP guest feature negotiation support), in 6.2-rc6",
  debugSwap:
    "e221804dad4e6fe3a0cf192ba3c42cd2f328bdac (x86/sev: Do not handle #VC for DR7 read/write), in 6.6-rc1",
  efiStub:
    "31c77a50992e8dd136feed7b67073bb5f1f978cc (x86/efistub: Perform SNP feature test while running in the firmware), in 6.6-rc1",
  secureTsc:
    "0563ee35ae2c9cfb0c6a7b2c0ddf7d9372bb8a98 (x86/sev: Add the Secure TSC feature for SNP guests), in 6.14-rc1",
  secureAvic:
    "27a17e02418e978198513edfb389b65237f4eaf5 (x86/sev: Indicate the SEV-SNP guest supports Secure AVIC), in 6.18-rc1",
  ibpbOnEntry:
    "9073428bb204d921ae15326bb7d4558d9d269aab (x86/sev: Allow IBPB-on-Entry feature for SNP guests), in 7.0-rc3 (release candidate inferred from dates)",
  rename:
    "531397a80360661b61fb69ab41c7359c1f7d35c1 (x86/sev: Rename SNP_FEATURES_PRESENT to SNP_FEATURES_IMPL), in 7.1-rc1; no value changes",
} as const;

const DEBUG_SWAP_AND_STUB = `${COMMITS.debugSwap}; EFI stub: ${COMMITS.efiStub}`;
/** Why a branch that has ended does what its first release does: only branches alive in March 2026 took a later commit. */
const TO_ITS_END = "no stable release of the branch changes it";
/** 6.5.13 is the last of 6.5.y, and the older branches ended before it. */
const CHECK_WITHOUT_STUB = `${COMMITS.check}; ${TO_ITS_END}: Ubuntu's source of 6.5.13 has the masks of 6.2 and no test in the EFI stub (SMUSISSMC/HostKernel @ ff1af8c4d8f8)`;
const TO_6_13 = `${DEBUG_SWAP_AND_STUB}; ${TO_ITS_END}`;
/** Its binaries show the mask of refused features, a constant outside the compressed part; some were executed too. */
const DEBIAN = "Debian's kernels, read as binaries:";

/** A row as the table has it: without `to` where it holds to the newest release of its branch. */
type Row = Sourced & { readonly from: string; readonly to?: string; readonly answer: Behaviour };

/**
 * What each Linux release does, oldest first; a new release is one new row.
 * A branch (major.minor) may have several rows, each from its point release on.
 */
const ROWS: readonly Row[] = [
  {
    from: "5.15",
    answer: NO_SNP,
    inferred: "no SNP guest code: it came with 5.19; pre-SNP files seen in vendor trees",
    note: "Distributions have backported SEV-SNP guest code to kernels of this age.",
  },
  {
    from: "5.19",
    answer: NO_CHECK,
    derived: `no check: absence shown by the diff of ${COMMITS.check}`,
  },
  {
    from: "6.0",
    answer: NO_CHECK,
    derived: `no check: ${COMMITS.check}, of 19 January 2023; 6.0.y ended with 6.0.19 of 12 January`,
  },
  {
    from: "6.1",
    to: "6.1.8",
    answer: NO_CHECK,
    verified: "no check: the announcement of 6.1.9 lists the commit that brings it",
  },
  {
    from: "6.1.9",
    to: "6.1.80",
    answer: LINUX["6.2"],
    verified: "announcement of Linux 6.1.9; stable commit 2d4c140e9a604ee5fde5f22346ca90460e67af9f",
  },
  {
    from: "6.1.81",
    to: "6.1.166",
    answer: LINUX["6.1.81"],
    verified:
      "announcement of Linux 6.1.81 (EFI stub test); gregkh/linux sev.c @ 1fec416c03d0a64cc21aa04ce4aa14254b017e6a",
  },
  {
    from: "6.1.167",
    answer: LINUX["6.1.167"],
    verified:
      "announcement of Linux 6.1.167; amazonlinux/linux @ 9778684998e6e695cf9fdd94b99bf18b2059f5bf",
    note: "DebugSwap was never backported to 6.1.y.",
  },
  {
    from: "6.2",
    answer: LINUX["6.2"],
    derived: CHECK_WITHOUT_STUB,
    note: "6.2-rc1 to 6.2-rc5 have no check.",
  },
  { from: "6.3", answer: LINUX["6.2"], derived: CHECK_WITHOUT_STUB },
  { from: "6.4", answer: LINUX["6.2"], derived: CHECK_WITHOUT_STUB },
  { from: "6.5", answer: LINUX["6.2"], derived: CHECK_WITHOUT_STUB },
  { from: "6.6", to: "6.6.129", answer: LINUX["6.6"], derived: DEBUG_SWAP_AND_STUB },
  {
    from: "6.6.130",
    answer: LINUX["6.6.130"],
    verified: "announcement of Linux 6.6.130, which lists the commit",
  },
  { from: "6.7", answer: LINUX["6.6"], derived: TO_6_13 },
  { from: "6.8", answer: LINUX["6.6"], derived: TO_6_13 },
  { from: "6.9", answer: LINUX["6.6"], derived: TO_6_13 },
  { from: "6.10", answer: LINUX["6.6"], derived: TO_6_13 },
  { from: "6.11", answer: LINUX["6.6"], derived: TO_6_13 },
  {
    from: "6.12",
    to: "6.12.77",
    answer: LINUX["6.6"],
    verified: `${DEBIAN} 6.12.43, .57 and .74; ${DEBUG_SWAP_AND_STUB}`,
  },
  {
    from: "6.12.78",
    answer: LINUX["6.6.130"],
    verified: "full diff of Linux 6.12.78 (2026032555-propeller-snide-52f6@gregkh)",
  },
  { from: "6.13", answer: LINUX["6.6"], derived: TO_6_13 },
  { from: "6.14", answer: LINUX["6.14"], derived: `${COMMITS.secureTsc}; ${TO_ITS_END}` },
  { from: "6.15", answer: LINUX["6.14"], derived: `${COMMITS.secureTsc}; ${TO_ITS_END}` },
  {
    from: "6.16",
    answer: LINUX["6.14"],
    verified: `${DEBIAN} 6.16.3 and 6.16.12; ${COMMITS.secureTsc}`,
  },
  {
    from: "6.17",
    answer: LINUX["6.14"],
    verified: `${DEBIAN} 6.17.8 and 6.17.13; ${COMMITS.secureTsc}`,
  },
  {
    from: "6.18",
    to: "6.18.16",
    answer: LINUX["6.18"],
    verified: `${DEBIAN} 6.18.5 to 6.18.15; ${COMMITS.secureAvic}`,
  },
  {
    from: "6.18.17",
    answer: LINUX["6.18.17"],
    verified: "announcement of Linux 6.18.17, which lists the commit",
  },
  {
    from: "6.19",
    to: "6.19.6",
    answer: LINUX["6.18"],
    verified: `${DEBIAN} 6.19.6; ${COMMITS.secureAvic}`,
  },
  {
    from: "6.19.7",
    answer: LINUX["6.18.17"],
    verified: `${DEBIAN} 6.19.8 to 6.19.14; [PATCH 6.19 119/311] of 6.19.7-rc1`,
  },
  {
    from: "7.0",
    to: "7.0.13",
    answer: LINUX["6.18.17"],
    verified: `${DEBIAN} 7.0.4 to 7.0.13; ${COMMITS.ibpbOnEntry}`,
    note: "7.0-rc1 and 7.0-rc2 still refuse IBPBOnEntry (release candidate inferred from dates).",
  },
  {
    from: "7.1",
    to: "7.1.13",
    answer: LINUX["6.18.17"],
    verified: `arch/x86/boot/compressed/sev.c and msr-index.h of Linux 7.1.13 (Debian linux-source), read whole; ${COMMITS.rename}`,
  },
  {
    from: "7.2",
    to: "7.2.13",
    answer: LINUX["6.18.17"],
    verified:
      "arch/x86/boot/compressed/sev.c and msr-index.h of Linux 7.2.13 (Debian linux-source), read whole",
  },
  {
    from: "7.3",
    to: "7.3.4",
    answer: LINUX["6.18.17"],
    verified:
      "arch/x86/boot/compressed/sev.c and msr-index.h of Linux 7.3.4 (Debian linux-source), read whole",
  },
];

/** The rows of all releases, oldest first. */
export const CATALOG: readonly CatalogRow[] = ROWS.map(({ from, to = null, answer, ...row }) => ({
  ...{ id: `linux-${from}`, from, first: releaseOf(from), to, ...row, ...evidenceOf(row) },
  snpGuest: answer.check === "masks" || answer.snpGuest,
  masks: answer.check === "masks" ? answer.masks : null,
}));

function releaseOf(from: string): Release {
  const release = parseRelease(from);
  if (release === null) throw new Error(`A row of the catalog begins with no release: ${from}`);
  return release;
}
