import type { Evidence } from "../catalog/row";

/** A branch of upstream's that still gets releases: the ones that somebody can be told to take a kernel from. */
export interface LivingBranch extends Evidence {
  /** `6.12`: its point releases are 6.12.y. */
  readonly branch: string;
  readonly kind: "longterm" | "stable";
  /** The month in which it is planned to end, as `2028-12`; null where none is announced. */
  readonly until: string | null;
}

/** When the list was made up: what has ended since then is still in it. */
export const BRANCHES_AS_OF = "2026-11";

/** Read from reports of the announcement, which agree with each other. */
const LONGTERM =
  "kernel.org, Active kernel releases, with the ends of life announced by Greg Kroah-Hartman on 5 March 2026";

/**
 * The living branches, oldest first.
 */
export const LIVING_BRANCHES: readonly LivingBranch[] = [
  longterm("5.10", "2026-12"),
  longterm("5.15", "2026-12"),
  longterm("6.1", "2027-12"),
  longterm("6.6", "2027-12"),
  longterm("6.12", "2028-12"),
  longterm("6.18", "2028-12"),
  {
    branch: "7.3",
    kind: "stable",
    until: null,
    source: "the newest release of the catalog: Linux 7.3.4 (Debian linux-source)",
    verification: "inferred",
    note: "That it is still the newest stable branch was not looked up.",
  },
];

function longterm(branch: string, until: string): LivingBranch {
  const note =
    "Read in reports of the announcement; kernel.org itself was seen only in older states.";
  return { branch, kind: "longterm", until, source: LONGTERM, verification: "inferred", note };
}
