import type { Assessed } from "./assessment";
import { assess } from "./assessment";
import { LIVING_BRANCHES } from "./advice/branches";
import { CATALOG } from "./catalog/catalog";
import { branchOf } from "./catalog/release";
import { VERIFICATIONS } from "./catalog/row";
import { DISTRIBUTIONS } from "./distributions";
import type { NamedGuest } from "./lookup";
import { guestsOf, isWholeBranch, releasesOf } from "./matrix";
import type { GuestProfile } from "./profile";
import { distributionProfile, rowProfile } from "./profile";

/** Kernels that follow each other in their group and give one answer to a value. */
export interface MergedKernels {
  /** `6.14 … 7.3`, `6.12.y`, `RHEL 9.4, 9.5`. */
  readonly name: string;
  /** Built with CONFIG_AMD_SECURE_AVIC=y, where that changes the answer. */
  readonly withSecureAvic: boolean;
  /** The kernels, oldest first. Never empty. */
  readonly guests: readonly GuestProfile[];
  /** What each of them does with the value. */
  readonly assessment: Assessed;
  /** How the least sure of them is known. */
  readonly verification: GuestProfile["verification"];
}

/** `mainline`: the first release of each branch; `stable`: all of a branch that is maintained or that changed on its way. */
export type KernelGroupKind = "own" | "mainline" | "stable" | "distributions";

export interface KernelGroup {
  readonly kind: KernelGroupKind;
  readonly kernels: readonly MergedKernels[];
}

/** A kernel before it is merged with its neighbours. */
interface Named {
  readonly guest: GuestProfile;
  readonly assessment: Assessed;
  readonly withSecureAvic: boolean;
  /** What its neighbours must share with it: a branch, a distribution. */
  readonly family: string;
  readonly name: string;
  /** The releases of a row that is not a whole branch; `last` is null for the newest of the branch. */
  readonly part?: { readonly first: string; readonly last: string | null };
}

/**
 * What every kernel of the catalog does with a SEV_STATUS value, newest first, with neighbours that give one answer as
 * one entry; before them the user's own guests. Groups without a kernel are left out.
 */
export function groupedKernels(status: bigint, own: readonly NamedGuest[] = []): KernelGroup[] {
  const groups: KernelGroup[] = [
    { kind: "own", kernels: merged(ownKernels(status, own), rangeName) },
    { kind: "mainline", kernels: merged(mainline(status), rangeName) },
    { kind: "stable", kernels: merged(stable(status), branchName) },
    { kind: "distributions", kernels: distributionKernels(status) },
  ];
  return groups.filter(({ kernels }) => kernels.length > 0);
}

/** Names kernels that give one answer; `isWhole`: they are their whole family. */
type NameOf = (run: readonly [Named, ...Named[]], isWhole: boolean) => string;

function rangeName(run: readonly [Named, ...Named[]]): string {
  const [{ name: first }] = run;
  const last = run.at(-1)?.name ?? first;
  return first === last ? first : `${first} … ${last}`;
}

function branchName(run: readonly [Named, ...Named[]], isWhole: boolean): string {
  const [{ family, name, part }] = run;
  if (isWhole || part === undefined) return `${family}.y`;
  const last = run.at(-1)?.part?.last ?? null;
  if (last === part.first) return name;
  return last === null ? `${part.first} and later ${family}.y` : `${part.first} to ${last}`;
}

function distributionName(run: readonly [Named, ...Named[]]): string {
  return `${run[0].family} ${run.map(({ name }) => name).join(" · ")}`;
}

function ownKernels(status: bigint, own: readonly NamedGuest[]): Named[] {
  return own.map(({ profile }) => ({
    guest: profile,
    assessment: assess(status, profile),
    withSecureAvic: false,
    family: profile.id,
    name: profile.label,
  }));
}

function mainline(status: bigint): Named[] {
  return CATALOG.filter(({ first }) => first.patch === 0).flatMap((row) =>
    builds(status, (avic) => rowProfile(row, avic), { family: "", name: row.from }),
  );
}

const MAINTAINED = new Set(LIVING_BRANCHES.map(({ branch }) => branch));

function stable(status: bigint): Named[] {
  const all = CATALOG.flatMap((row) =>
    builds(status, (avic) => rowProfile(row, avic), {
      family: branchOf(row.first),
      name: releasesOf(row),
      ...(isWholeBranch(row) ? {} : { part: { first: row.from, last: row.to } }),
    }),
  );
  const branches = [...new Set(all.map(({ family }) => family))];
  const shown = new Set(
    branches.filter((branch) => MAINTAINED.has(branch) || changes(branch, all)),
  );
  return all.filter(({ family }) => shown.has(family));
}

/** Whether the kernels of a branch, built alike, give more than one answer. */
function changes(branch: string, all: readonly Named[]): boolean {
  return [false, true].some((withSecureAvic) => {
    const alike = all.filter(
      (one) => one.family === branch && one.withSecureAvic === withSecureAvic,
    );
    return new Set(alike.map(answerKey)).size > 1;
  });
}

/** By distribution, in the order of the table. */
function distributionKernels(status: bigint): MergedKernels[] {
  const rows = distributions(status);
  const families = [...new Set(rows.map(({ family }) => family))];
  return families.flatMap((name) =>
    merged(
      rows.filter(({ family }) => family === name),
      distributionName,
    ),
  );
}

function distributions(status: bigint): Named[] {
  return DISTRIBUTIONS.flatMap((row) =>
    builds(status, (avic) => distributionProfile(row, avic), {
      family: row.distribution,
      name: row.release,
    }),
  );
}

function builds(
  status: bigint,
  profileOf: (secureAvic: boolean) => GuestProfile | null,
  named: Pick<Named, "family" | "name" | "part">,
): Named[] {
  const [plain, withAvic] = guestsOf(named.name, profileOf).map(({ profile }, index) => ({
    ...named,
    guest: profile,
    assessment: assess(status, profile),
    withSecureAvic: index > 0,
  }));
  if (plain === undefined) return [];
  return withAvic === undefined || answerKey(withAvic) === answerKey(plain)
    ? [plain]
    : [plain, withAvic];
}

/** Two kernels with the same key give the same answer to the value. */
function answerKey({ assessment, guest }: Pick<Named, "assessment" | "guest">): string {
  const { verdict, standings } = assessment;
  return [
    verdict.outcome,
    verdict.unsupported,
    guest.likely,
    assessment.otherwise?.when ?? "",
    ...standings.values(),
  ].join(" ");
}

/** Newest first. */
function merged(all: readonly Named[], nameOf: NameOf): MergedKernels[] {
  const plain = all.filter(({ withSecureAvic }) => !withSecureAvic);
  const withAvic = all.filter(({ withSecureAvic }) => withSecureAvic);
  const sizes = new Map<string, number>();
  for (const { family } of plain) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  const entries = [...runsOf(withAvic, all), ...runsOf(plain, all)].map(({ run, at }) => ({
    at,
    kernels: mergedRun(run, nameOf, sizes),
  }));
  return entries.sort((a, b) => b.at - a.at).map(({ kernels }) => kernels);
}

interface Run {
  readonly run: readonly [Named, ...Named[]];
  /** The place of its last kernel in the whole list. */
  readonly at: number;
}

/** Neighbours of one family with one answer. */
function runsOf(kernels: readonly Named[], all: readonly Named[]): Run[] {
  const runs: [Named, ...Named[]][] = [];
  for (const kernel of kernels) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    const isSame =
      first !== undefined &&
      first.family === kernel.family &&
      answerKey(first) === answerKey(kernel);
    if (run !== undefined && isSame) run.push(kernel);
    else runs.push([kernel]);
  }
  return runs.map((run) => ({ run, at: all.indexOf(run.at(-1) ?? run[0]) }));
}

function mergedRun(
  run: readonly [Named, ...Named[]],
  nameOf: NameOf,
  sizes: ReadonlyMap<string, number>,
): MergedKernels {
  const [first] = run;
  const { assessment, withSecureAvic } = first;
  return {
    name: nameOf(run, run.length === sizes.get(first.family)),
    withSecureAvic,
    guests: run.map(({ guest }) => guest),
    assessment,
    verification: leastSure(run),
  };
}

function leastSure(run: readonly [Named, ...Named[]]): GuestProfile["verification"] {
  const marks = run.map(({ guest }) => guest.verification);
  const found = [...VERIFICATIONS].reverse().find((mark) => marks.includes(mark));
  return found ?? run[0].guest.verification;
}

/** Whether a guest is one of these kernels, or a kernel that one of their rows answers for. */
export function isAmong({ row, id, own }: GuestProfile, { guests }: MergedKernels): boolean {
  return guests.some((one) => one.id === id || (own === undefined && one.row === row));
}
