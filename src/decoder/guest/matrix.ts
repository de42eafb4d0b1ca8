import { SEV_SNP } from "../features";
import { setBits } from "../text/u64";
import { CATALOG } from "./catalog/catalog";
import type { CatalogRow, FeatureMasks } from "./catalog/row";
import type { FeatureStanding, Verdict } from "./check";
import { EVER_REFUSED, check, standing } from "./check";
import type { DistributionRow } from "./distributions";
import { DISTRIBUTIONS } from "./distributions";
import type { NamedGuest } from "./lookup";
import type { Checking } from "./checking";
import type { GuestProfile } from "./profile";
import { distributionProfile, rowProfile } from "./profile";

/** A guest of the matrix: a row of the catalog or a distribution's, perhaps built with Secure AVIC. */
export interface MatrixGuest {
  readonly profile: GuestProfile;
  /** The releases that it stands for: `6.12 to 6.12.77`, `RHEL 9.4`; with Secure AVIC it says so. */
  readonly releases: string;
}

/** What one guest does with the value. */
export interface MatrixRow extends MatrixGuest {
  readonly verdict: Verdict;
  /** What may hold instead, and when; null where nothing else does, or it would do the same. */
  readonly otherwise: { readonly when: string; readonly verdict: Verdict } | null;
  /** What it does with each feature of the matrix, in their order. */
  readonly standings: readonly FeatureStanding[];
}

/** The features of a value by kernels. */
export interface Matrix {
  readonly status: bigint;
  /** The set SEV_STATUS bits that some kernel has to have code for, lowest first. */
  readonly bits: readonly number[];
  readonly rows: readonly MatrixRow[];
}

/** Every guest that the catalog can answer for by itself: upstream's, oldest first, then the distributions'. */
export const MATRIX_GUESTS: readonly MatrixGuest[] = [
  ...CATALOG.flatMap(upstreamGuests),
  ...DISTRIBUTIONS.flatMap(distributionGuests),
];

/** What every catalogued guest does with a SEV_STATUS value, and before them the guests of a user's own. */
export function matrix(status: bigint, own: readonly NamedGuest[] = []): Matrix {
  const required = own.reduce((all, { profile }) => all | (profile.check?.required ?? 0n), 0n);
  const bits = setBits(status & (EVER_REFUSED | SEV_SNP | required));
  const ownRows = own.map(({ profile }) => ({
    profile,
    releases: profile.label,
    ...answerOf(status, profile, bits),
    otherwise: otherwiseOf(status, profile, check(status, profile)),
  }));
  // Over a hundred guests share a dozen behaviours: each of those is asked once.
  const answers = new Map<string, Answer>();
  const rows = MATRIX_GUESTS.map((guest) => {
    const key = BEHAVIOURS.get(guest) ?? "";
    const answer = answers.get(key) ?? answerOf(status, guest.profile, bits);
    answers.set(key, answer);
    return {
      ...guest,
      ...answer,
      otherwise: otherwiseOf(status, guest.profile, answer.verdict),
    };
  });
  return { status, bits, rows: [...ownRows, ...rows] };
}

type Answer = Pick<MatrixRow, "verdict" | "standings">;

function answerOf(status: bigint, guest: Checking, bits: readonly number[]): Answer {
  const verdict = check(status, guest);
  const isOff = verdict.outcome === "not-snp";
  const standings = bits.map((bit) => {
    const stands = standing(bit, guest);
    return stands === "lacks" && isOff ? "unchecked" : stands;
  });
  return { verdict, standings };
}

/** All that the check depends on, of each guest, as a text. */
const BEHAVIOURS = new Map(
  MATRIX_GUESTS.map((guest) => {
    const { snpGuest, check: masks, below } = guest.profile;
    const { required, implemented, paths, stubHidesMask } = masks ?? { paths: [] };
    return [
      guest,
      [snpGuest, required, implemented, paths, stubHidesMask, below].join(" "),
    ] as const;
  }),
);

function otherwiseOf(
  status: bigint,
  { otherwise }: GuestProfile,
  given: Verdict,
): MatrixRow["otherwise"] {
  if (otherwise === null) return null;
  const verdict = check(status, otherwise.answer);
  return verdict.outcome === given.outcome && verdict.unsupported === given.unsupported
    ? null
    : { when: otherwise.when, verdict };
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
