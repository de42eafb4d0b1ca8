import { SEV_SNP } from "../features";
import { setBits } from "../text/u64";
import type { Assessed } from "./assessment";
import { assess } from "./assessment";
import { CATALOG } from "./catalog/catalog";
import type { CatalogRow, FeatureMasks } from "./catalog/row";
import { EVER_REFUSED } from "./check";
import type { DistributionRow } from "./distributions";
import { DISTRIBUTIONS } from "./distributions";
import type { NamedGuest } from "./lookup";
import type { GuestProfile } from "./profile";
import { distributionProfile, rowProfile } from "./profile";

/** A guest of the matrix: a row of the catalog or of a distribution, also as built with Secure AVIC. */
export interface MatrixGuest {
  readonly profile: GuestProfile;
  /** The releases that it stands for: `6.12 to 6.12.77`, `RHEL 9.4`; with Secure AVIC it says so. */
  readonly releases: string;
}

/** What one guest does with the value. */
export interface MatrixRow extends MatrixGuest {
  readonly assessment: Assessed;
}

/** What each guest kernel does with a value. */
export interface Matrix {
  readonly status: bigint;
  /** The set bits that need code in some kernel, lowest first. */
  readonly bits: readonly number[];
  readonly rows: readonly MatrixRow[];
}

/** Every guest of the catalog: upstream's, oldest first, then the distributions'. */
export const MATRIX_GUESTS: readonly MatrixGuest[] = [
  ...CATALOG.flatMap(upstreamGuests),
  ...DISTRIBUTIONS.flatMap(distributionGuests),
];

/** Assesses every guest of the catalog with a SEV_STATUS value, after the user's own guests. */
export function matrix(status: bigint, own: readonly NamedGuest[] = []): Matrix {
  const required = own.reduce((all, { profile }) => all | (profile.check?.required ?? 0n), 0n);
  const bits = setBits(status & (EVER_REFUSED | SEV_SNP | required));
  const guests = [
    ...own.map(({ profile }) => ({ profile, releases: profile.label })),
    ...MATRIX_GUESTS,
  ];
  const rows = guests.map((guest) => ({ ...guest, assessment: assess(status, guest.profile) }));
  return { status, bits, rows };
}

function upstreamGuests(row: CatalogRow): MatrixGuest[] {
  const releases = releasesOf(row);
  return [
    { profile: rowProfile(row), releases },
    ...(hasAvicOption(row.masks) ? [withAvic(rowProfile(row, true), releases)] : []),
  ];
}

function distributionGuests(row: DistributionRow): MatrixGuest[] {
  const profile = distributionProfile(row);
  if (profile === null) return [];
  const built = distributionProfile(row, true);
  const releases = profile.label;
  return [
    { profile, releases },
    ...(built === null || built.secureAvicIgnored ? [] : [withAvic(built, releases)]),
  ];
}

function withAvic(profile: GuestProfile, releases: string): MatrixGuest {
  return { profile, releases: `${releases} with Secure AVIC` };
}

function hasAvicOption(masks: FeatureMasks | null): boolean {
  return masks?.implementedWithSecureAvic != null;
}

/** The releases of a catalog row: `6.12 to 6.12.77`, `6.12.78 and later 6.12.y`. */
export function releasesOf({ from, to }: Pick<CatalogRow, "from" | "to">): string {
  if (to === null) return `${from} and later ${branchOf(from)}.y`;
  return from === to ? from : `${from} to ${to}`;
}

function branchOf(release: string): string {
  return release.split(".").slice(0, 2).join(".");
}
