import { LIVING_BRANCHES } from "./advice/branches";
import { CATALOG } from "./catalog/catalog";
import { branchOf } from "./catalog/release";
import type { DistributionRow } from "./distributions";
import { DISTRIBUTIONS, isStandIn } from "./distributions";
import { guestsOf, releasesOf } from "./matrix";
import type { GuestProfile } from "./profile";
import { distributionProfile, rowProfile } from "./profile";

/** A kernel of the catalog, as a list to choose from has it. */
export interface ListedKernel {
  readonly profile: GuestProfile;
  /** `Linux 6.12.78 and later 6.12.y`, `RHEL 9.4`. */
  readonly label: string;
  /** It stands in for kernels without a row of their own. */
  readonly isStandIn: boolean;
  /** Built with CONFIG_AMD_SECURE_AVIC=y; the same kernel built without it is listed too. */
  readonly withSecureAvic: boolean;
}

/** `longterm`: branches that get fixes for years; `mainline`: upstream's others. */
export type ListedKind = "longterm" | "mainline" | "distributions";

export interface ListedGroup {
  readonly kind: ListedKind;
  readonly kernels: readonly ListedKernel[];
}

/** Every kernel of the catalog that is an answer by itself: the newest first, of each distribution too. */
export function listedKernels(): readonly ListedGroup[] {
  listed ??= groups();
  return listed;
}

/** Made when it is asked for first: the feature table asks with each answer. */
let listed: readonly ListedGroup[] | null = null;

function groups(): ListedGroup[] {
  const longterm = new Set(
    LIVING_BRANCHES.filter(({ kind }) => kind === "longterm").map(({ branch }) => branch),
  );
  const isLongterm = (row: (typeof CATALOG)[number]) => longterm.has(branchOf(row.first));
  const upstream = (rows: typeof CATALOG) =>
    [...rows]
      .reverse()
      .flatMap((row) => builds(`Linux ${releasesOf(row)}`, (avic) => rowProfile(row, avic)));
  return [
    { kind: "longterm", kernels: upstream(CATALOG.filter(isLongterm)) },
    { kind: "mainline", kernels: upstream(CATALOG.filter((row) => !isLongterm(row))) },
    {
      kind: "distributions",
      kernels: distributionRows().flatMap((row) =>
        builds(`${row.distribution} ${row.release}`, (avic) => distributionProfile(row, avic)),
      ),
    },
  ];
}

/** The rows of each distribution, the newest first, and last the one that stands in for all others. */
function distributionRows(): DistributionRow[] {
  const names = [...new Set(DISTRIBUTIONS.map(({ distribution }) => distribution))];
  return names.flatMap((name) => {
    const rows = DISTRIBUTIONS.filter(({ distribution }) => distribution === name).reverse();
    return [...rows.filter((row) => !isStandIn(row)), ...rows.filter(isStandIn)];
  });
}

function builds(
  name: string,
  profileOf: (secureAvic: boolean) => GuestProfile | null,
): ListedKernel[] {
  return guestsOf(name, profileOf).map(({ profile, releases }, index) => ({
    profile,
    label: releases,
    isStandIn: profile.distribution !== null && isStandIn(profile.distribution),
    withSecureAvic: index > 0,
  }));
}
