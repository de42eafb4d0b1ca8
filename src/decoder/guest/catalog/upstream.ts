import { CATALOG } from "./catalog";
import type { CatalogRow } from "./row";
import type { Release } from "../release";
import { compareReleases, parseRelease, sameBranch } from "../release";

/** Why the answer for a guest was not read for just this release. `from` is what answers for it. */
export interface Assumption {
  readonly code:
    | "older-than-catalog"
    | "newer-than-catalog"
    | "between-branches"
    | "point-release"
    | "release-candidate"
    | "distribution"
    /** Nobody has read what this distribution's kernel does; `from` says what it likely is like. */
    | "unknown";
  /** An upstream release; for `unknown` words, as in "likely as RHEL 9.6". */
  readonly from: string;
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

/** The row that answers for a release of upstream's. */
interface UpstreamAnswer {
  readonly row: CatalogRow;
  readonly assumption: Assumption | null;
}

/** The row that answers for a release, and why it is not the release's own. */
export function upstreamRow(release: Release): UpstreamAnswer {
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
