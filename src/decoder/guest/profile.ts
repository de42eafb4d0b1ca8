import { CATALOG } from "./catalog";
import type { BootPath, CatalogRow } from "./catalogRow";
import type { GuestName, Release } from "./release";
import { compareReleases, parseGuest, parseRelease, sameBranch } from "./release";

/** Why the answer for a guest was not read for just this release. `from` is the release that answers for it. */
export interface Assumption {
  readonly code:
    | "older-than-catalog"
    | "newer-than-catalog"
    | "between-branches"
    | "point-release"
    | "release-candidate"
    | "distribution";
  readonly from: string;
}

/** The check of one guest kernel: masks in SEV_STATUS bit positions. */
export interface GuestCheck {
  /** SNP_FEATURES_IMPL_REQ. */
  readonly required: bigint;
  /** SNP_FEATURES_PRESENT, or SNP_FEATURES_IMPL since 7.1. */
  readonly implemented: bigint;
  readonly paths: readonly BootPath[];
}

/** A guest kernel, ready to be asked what it does with a SEV_STATUS value. */
export interface GuestProfile {
  /** `linux-` and the release as it was given; names the same guest again, except where a banner said more. */
  readonly id: string;
  /** As a person reads it: `Linux 6.12.80`. */
  readonly label: string;
  /** Whether the kernel has SEV-SNP guest code at all. */
  readonly snpGuest: boolean;
  /** Null for a kernel without the check. */
  readonly check: GuestCheck | null;
  /** Why this is not the catalog's own answer for the release; null where it is. */
  readonly assumption: Assumption | null;
  /** `+secure-avic` was asked for, but this kernel has no CONFIG_AMD_SECURE_AVIC. */
  readonly secureAvicIgnored: boolean;
  /** The row that answers. */
  readonly row: CatalogRow;
}

interface PlacedRow {
  readonly row: CatalogRow;
  readonly first: Release;
}

/** A row's own release is always readable; a row that is not would be a mistake in the data, which the tests find. */
function place(row: CatalogRow): PlacedRow[] {
  const first = parseRelease(row.from);
  return first === null ? [] : [{ row, first }];
}

const PLACED: readonly PlacedRow[] = CATALOG.flatMap(place);

/** The profile of a guest as people name it (see `parseGuest`); null where the text names no kernel release. */
export function guestProfile(text: string): GuestProfile | null {
  const name = parseGuest(text);
  return name === null ? null : profileOf(name);
}

/** The profile of a catalog row itself. */
export function rowProfile(row: CatalogRow, secureAvic = false): GuestProfile {
  return build(row, row.from, secureAvic, null);
}

function profileOf(name: GuestName): GuestProfile {
  const release = name.upstream ?? name.release;
  const { row, assumption } = answer(release);
  const byDistribution: Assumption | null =
    name.release.suffix === ""
      ? null
      : {
          code: "distribution",
          from: name.upstream === null ? row.from : releaseText(name.upstream),
        };
  return build(row, name.text, name.secureAvic, assumption ?? byDistribution);
}

function releaseText(release: Release): string {
  return `${release.major}.${release.minor}.${release.patch}`;
}

/** The row that answers for a release, and why it is not the release's own. */
function answer(release: Release): { row: CatalogRow; assumption: Assumption | null } {
  const asked = settled(release);
  const older = PLACED.filter(({ first }) => compareReleases(first, asked) <= 0);
  const last = older.at(-1) ?? PLACED[0];
  if (last === undefined) throw new Error("The catalog has no rows.");
  const { row, first } = last;
  const assume = (code: Assumption["code"]) => ({ row, assumption: { code, from: row.from } });
  if (older.length === 0) return assume("older-than-catalog");
  if (!sameBranch(first, asked)) {
    return assume(last === PLACED.at(-1) ? "newer-than-catalog" : "between-branches");
  }
  if (release.rc !== null) return assume("release-candidate");
  const to = row.to === null ? null : parseRelease(row.to);
  if (to !== null && compareReleases(release, to) > 0) return assume("point-release");
  return { row, assumption: null };
}

/** Candidates that do not yet have what their release has (sources: the notes of the rows 6.2 and 7.0). */
const EARLY_CANDIDATES = [
  { major: 6, minor: 2, before: 6, as: { major: 6, minor: 1, patch: 0, rc: null, suffix: "" } },
  { major: 7, minor: 0, before: 3, as: { major: 6, minor: 19, patch: 0, rc: null, suffix: "" } },
] as const;

/** The release whose row answers for a release candidate: its own, once the commit that made the row is in. */
function settled(release: Release): Release {
  const { major, minor, patch, rc } = release;
  if (rc === null) return release;
  const early = EARLY_CANDIDATES.find(
    (one) => one.major === major && one.minor === minor && patch === 0 && rc < one.before,
  );
  return early?.as ?? { ...release, rc: null };
}

function build(
  row: CatalogRow,
  text: string,
  secureAvic: boolean,
  assumption: Assumption | null,
): GuestProfile {
  const withAvic = secureAvic ? (row.masks?.implementedWithSecureAvic ?? null) : null;
  const suffix = withAvic === null ? "" : "+secure-avic";
  return {
    id: `linux-${text}${suffix}`,
    label: `Linux ${text}${withAvic === null ? "" : " with Secure AVIC"}`,
    snpGuest: row.snpGuest,
    check:
      row.masks === null
        ? null
        : {
            required: row.masks.required,
            implemented: withAvic ?? row.masks.implemented,
            paths: row.masks.paths,
          },
    assumption,
    secureAvicIgnored: secureAvic && withAvic === null,
    row,
  };
}
