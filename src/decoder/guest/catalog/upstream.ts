import { CATALOG } from "./catalog";
import type { CatalogRow } from "./row";
import type { Release } from "./release";
import { branchOf, compareReleases, parseRelease, releaseText } from "./release";

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

/** The row that answers for a release of upstream's. */
interface UpstreamAnswer {
  readonly row: CatalogRow;
  readonly assumption: Assumption | null;
}

/** The row that answers for a release, and why it is not the release's own. */
export function upstreamRow(release: Release): UpstreamAnswer {
  const asked = settled(release);
  const older = CATALOG.filter(({ first }) => compareReleases(first, asked) <= 0);
  const row = older.at(-1) ?? CATALOG[0];
  if (row === undefined) throw new Error("The catalog has no rows.");
  const assume = (code: Assumption["code"]) => ({ row, assumption: { code, from: row.from } });
  if (older.length === 0) return assume("older-than-catalog");
  if (branchOf(row.first) !== branchOf(asked)) {
    return assume(row === CATALOG.at(-1) ? "newer-than-catalog" : "between-branches");
  }
  if (release.rc !== null) return assume("release-candidate");
  const to = row.to === null ? null : parseRelease(row.to);
  if (to !== null && compareReleases(release, to) > 0) return assume("point-release");
  return { row, assumption: null };
}

/** Candidates that do not yet have what their release has (sources: the notes of the rows 6.2 and 7.0). */
const EARLY_CANDIDATES = [
  { of: "6.2", before: 6, like: "6.1" },
  { of: "7.0", before: 3, like: "6.19" },
] as const;

/** The release whose row answers for a release candidate: its own, once the commit that made the row is in. */
function settled(release: Release): Release {
  const { rc } = release;
  if (rc === null) return release;
  const own = { ...release, rc: null };
  const early = EARLY_CANDIDATES.find((one) => one.of === releaseText(own) && rc < one.before);
  return parseRelease(early?.like ?? "") ?? own;
}
