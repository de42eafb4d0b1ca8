import { SEV_SNP } from "../features";
import { setBits } from "../text/u64";
import type { Assessed } from "./assessment";
import { assess } from "./assessment";
import { CATALOG } from "./catalog/catalog";
import { branchOf } from "./catalog/release";
import type { CatalogRow } from "./catalog/row";
import { EVER_REFUSED } from "./check";
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
  ...CATALOG.flatMap((row) => guestsOf(releasesOf(row), (avic) => rowProfile(row, avic))),
  ...DISTRIBUTIONS.flatMap((row) =>
    guestsOf(`${row.distribution} ${row.release}`, (avic) => distributionProfile(row, avic)),
  ),
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

/** A row's guest, and the one built with Secure AVIC where its kernels have that option. */
export function guestsOf(
  releases: string,
  profileOf: (secureAvic: boolean) => GuestProfile | null,
): MatrixGuest[] {
  const plain = profileOf(false);
  if (plain === null) return [];
  const withAvic = profileOf(true);
  const isSame = withAvic?.check?.implemented === plain.check?.implemented;
  return [
    { profile: plain, releases },
    ...(withAvic === null || isSame
      ? []
      : [{ profile: withAvic, releases: `${releases} with Secure AVIC` }]),
  ];
}

/** The releases of a catalog row: `6.12 to 6.12.77`, `6.12.78 and later 6.12.y`; `6.13` of a whole branch. */
export function releasesOf(row: CatalogRow): string {
  const { from, to, first } = row;
  if (isWholeBranch(row)) return from;
  return to === null ? `${from} and later ${branchOf(first)}.y` : `${from} to ${to}`;
}

/** Whether a row holds from the first release of its branch to the last. */
export function isWholeBranch({ to, first }: CatalogRow): boolean {
  return to === null && first.patch === 0;
}
