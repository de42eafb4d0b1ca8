import { SEV_SNP_BIT, featureRow } from "../../features";
import { bitMask, hasBit, maskOf, setBits } from "../../text/u64";
import { requiredBelow } from "../below";
import type { LivingBranch } from "./branches";
import { LIVING_BRANCHES } from "./branches";
import type { KernelBug } from "../catalog/bugs";
import { CATALOG, COMMITS } from "../catalog/catalog";
import { lackingFeatures } from "../check";
import type { HostSwitch } from "./hostSwitches";
import { hostSwitchesFor } from "./hostSwitches";
import type { RowProfiles } from "./introduced";
import { ROW_PROFILES, bootsSince } from "./introduced";
import type { Checking } from "../checking";
import type { GuestProfile } from "../profile";
import { guestProfile } from "../profile";
import { branchOf } from "../catalog/release";

/** The kernels of one living branch that boot with given features. */
export interface BranchAdvice {
  readonly branch: LivingBranch;
  /**
   * The lowest of them: it and all later ones that are catalogued boot. Null where none does, or where only
   * kernels boot that a later one of the branch goes back on.
   */
  readonly lowest: GuestProfile | null;
  /** Its release, as upstream writes it; null where `lowest` is. */
  readonly from: string | null;
  /** It boots only if built with CONFIG_AMD_SECURE_AVIC=y. */
  readonly needsSecureAvic: boolean;
}

/** Which release first had code for a feature, or no longer asks for any. */
export interface Introduction {
  readonly release: string;
  readonly source: string;
}

/** What can be done about one feature that a guest lacks. */
export interface FeatureAdvice {
  /** Position in SEV_STATUS. */
  readonly bit: number;
  /** Null where no catalogued release has it. */
  readonly introduced: Introduction | null;
  readonly switches: readonly HostSwitch[];
}

/** What can be done for a guest. All masks are in SEV_STATUS bit positions. */
export interface Advised {
  readonly status: bigint;
  readonly lacking: bigint;
  /** What the software below the kernel requires, and the value has not. */
  readonly missing: bigint;
  /** The known bugs of the guest's kernel that show on its boot path. */
  readonly bugs: readonly KernelBug[];
  /** Every living branch, oldest first. */
  readonly branches: readonly BranchAdvice[];
  /** One for each lacking feature, lowest bit first. */
  readonly features: readonly FeatureAdvice[];
  /** The lacking features that host switches turn off; the launch measurement changes with each of them. */
  readonly clearable: bigint;
}

/**
 * What can be done about lacking features; `status` is what a kernel has to boot with. Without a guest, of any. No switch
 * is advised for a feature that the software below the guest's kernel requires.
 */
export function adviseLacking(
  status: bigint,
  lacking: bigint,
  guest: Checking | null = null,
): Advised {
  const kept = requiredBelow(guest?.below);
  const features = setBits(lacking).map((bit) => ({
    bit,
    introduced: INTRODUCTIONS[bit] ?? null,
    switches: hasBit(kept, bit) ? [] : hostSwitchesFor(bit),
  }));
  const switches = features.flatMap((feature) => feature.switches);
  return {
    status,
    lacking,
    missing: 0n,
    bugs: [],
    branches: LIVING_BRANCHES.map((branch) => branchAdvice(branch, status)),
    features,
    clearable: clearedBy(switches) & lacking & ~kept,
  };
}

/** The SEV_STATUS bits that switches keep clear, used together. */
export function clearedBy(switches: readonly HostSwitch[]): bigint {
  return maskOf(switches.flatMap(({ clears }) => clears));
}

/** From which release on a kernel needs nothing more for a feature. */
function introductionOf(bit: number): Introduction | null {
  if (bit === SEV_SNP_BIT) return { release: "5.19", source: COMMITS.snpGuest };
  if (featureRow(bit).need === "base") return null;
  const { mainline } = bootsSince(bitMask(bit));
  const row = CATALOG.find(({ from }) => from === mainline);
  return row === undefined ? null : { release: row.from, source: row.source };
}

/** By SEV_STATUS bit. */
const INTRODUCTIONS = Array.from({ length: 64 }, (_, bit) => introductionOf(bit));

interface BranchRow extends RowProfiles {
  readonly from: string;
}

/** Its profiles are made once: a property is asked of them for thousands of values. */
const BRANCH_ROWS = new Map(LIVING_BRANCHES.map((branch) => [branch, rowsOf(branch)]));

/** The catalog's rows of a branch, oldest first; a branch older than the catalog is as the catalog's oldest. */
function rowsOf({ branch }: LivingBranch): BranchRow[] {
  const rows = [...ROW_PROFILES].flatMap(([{ from, first }, profiles]) =>
    branchOf(first) === branch ? [{ from, ...profiles }] : [],
  );
  const plain = rows.length > 0 ? null : guestProfile(branch);
  return plain === null ? rows : [{ from: branch, plain, withSecureAvic: plain }];
}

function branchAdvice(branch: LivingBranch, status: bigint): BranchAdvice {
  const rows = BRANCH_ROWS.get(branch) ?? [];
  for (const build of ["plain", "withSecureAvic"] as const) {
    const boots = rows.map((row) => lackingFeatures(status, row[build]) === 0n);
    // The first of the rows from which on all boot.
    const row = rows[boots.lastIndexOf(false) + 1];
    if (row === undefined) continue;
    const needsSecureAvic = build === "withSecureAvic";
    return { branch, lowest: row[build], from: row.from, needsSecureAvic };
  }
  return { branch, lowest: null, from: null, needsSecureAvic: false };
}

/** The same without what there is on hosts with KVM alone. */
export function adviceWithoutKvm(advised: Advised): Advised {
  const features = advised.features.map((feature) => ({
    ...feature,
    switches: feature.switches.filter(({ needsKvm }) => needsKvm !== true),
  }));
  return { ...advised, features };
}
