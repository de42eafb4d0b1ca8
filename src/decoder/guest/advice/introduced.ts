import { CATALOG } from "../catalog/catalog";
import type { CatalogRow } from "../catalog/row";
import { branchOf } from "../catalog/release";
import { refusedBy } from "../check";
import type { DistributionRow } from "../distributions";
import { DISTRIBUTIONS } from "../distributions";
import type { GuestProfile } from "../profile";
import { distributionProfile, rowProfile } from "../profile";

/** From which releases on a kernel boots with given features enabled. */
export interface BootsSince {
  /** The first mainline release, e.g. `6.14`; null where none up to the catalog's end does. */
  readonly mainline: string | null;
  /** The stable branches that gained it later than their first release: `{ branch: "6.12.y", from: "6.12.78" }`. */
  readonly stable: readonly { readonly branch: string; readonly from: string }[];
  /** The kernel must be built with CONFIG_AMD_SECURE_AVIC=y. */
  readonly needsSecureAvic: boolean;
}

/** The guest of a catalog row as Linux builds it by default, and with CONFIG_AMD_SECURE_AVIC=y. */
export interface RowProfiles {
  readonly plain: GuestProfile;
  readonly withSecureAvic: GuestProfile;
}

/** Made once: a table asks all of them about every bit. */
export const ROW_PROFILES: ReadonlyMap<CatalogRow, RowProfiles> = new Map(
  CATALOG.map((row) => [row, { plain: rowProfile(row), withSecureAvic: rowProfile(row, true) }]),
);

/** Whether the kernels of a row check, and lack none of these SEV_STATUS features. */
function accepts(row: CatalogRow, features: bigint, secureAvic: boolean): boolean {
  const profile = ROW_PROFILES.get(row)?.[secureAvic ? "withSecureAvic" : "plain"];
  return profile?.check != null && refusedBy(features, profile) === 0n;
}

/** The first release of a branch has no point release: `6.12`, not `6.12.78`. */
function isMainline(row: CatalogRow): boolean {
  return row.first.patch === 0;
}

/**
 * From which releases on a guest kernel accepts all these SEV_STATUS features together, read off the catalog
 * by the check itself, so that the advice cannot contradict the verdict.
 */
export function bootsSince(features: bigint): BootsSince {
  const needsSecureAvic =
    !CATALOG.some((row) => accepts(row, features, false)) &&
    CATALOG.some((row) => accepts(row, features, true));
  const accepting = CATALOG.filter((row) => accepts(row, features, needsSecureAvic));
  const mainline = accepting.find(isMainline)?.from ?? null;
  const stable = accepting
    .filter((row) => !isMainline(row) && isFirstOfItsBranch(row, accepting))
    .map((row) => ({ branch: `${branchOf(row.first)}.y`, from: row.from }));
  return { mainline, stable, needsSecureAvic };
}

/** The verified rows of a distribution whose kernels check, and accept all these SEV_STATUS features together. */
export function acceptingRows(distribution: string, features: bigint): DistributionRow[] {
  return DISTRIBUTIONS.filter((row) => {
    if (row.distribution !== distribution || row.verification !== "verified") return false;
    const profile = distributionProfile(row);
    return profile?.check != null && refusedBy(features, profile) === 0n;
  });
}

function isFirstOfItsBranch(row: CatalogRow, accepting: readonly CatalogRow[]): boolean {
  return accepting.find((other) => branchOf(other.first) === branchOf(row.first)) === row;
}
