import { AMAZON } from "./amazon";
import { ARCH_AND_OTHERS } from "./arch";
import { CONTAINER_HOSTS } from "./containerHosts";
import { DEBIAN } from "./debian";
import { KATA } from "./kata";
import { MICROSOFT } from "./microsoft";
import { ORACLE } from "./oracle";
import { RED_HAT } from "./redHat";
import type { DistributionRow } from "./row";
import { NO_ROW } from "./row";
import { SUSE } from "./suse";
import { UBUNTU } from "./ubuntu";
import { UPSTREAM_BUILDS } from "./upstreamBuilds";

export { debianPoint } from "./debian";
export type { Behaviour } from "../catalog/behaviour";
export type { DistributionRow, Otherwise } from "./row";

/** What distributions' kernels do, which is not upstream's for the number in their name. The first that matches answers. */
export const DISTRIBUTIONS: readonly DistributionRow[] = [
  ...RED_HAT,
  ...UBUNTU,
  ...DEBIAN,
  ...SUSE,
  ...ORACLE,
  ...AMAZON,
  ...MICROSOFT,
  ...CONTAINER_HOSTS,
  ...KATA,
  ...UPSTREAM_BUILDS,
  ...ARCH_AND_OTHERS,
];

/** The row of a kernel, by its release and, where there is one, its banner; null where no row is its own. */
export function distributionRow(release: string, banner: string): DistributionRow | null {
  return DISTRIBUTIONS.find((row) => isRowOf(row, release, banner)) ?? null;
}

function isRowOf(
  { matches, banner, numbers = {} }: DistributionRow,
  release: string,
  text: string,
) {
  if (!matches.every((pattern) => pattern.test(release))) return false;
  if (banner !== undefined && !banner.test(text)) return false;
  const number = numberIn(matches, release);
  const { min, max } = numbers;
  return (
    (min === undefined || compareNumbers(number, min) >= 0) &&
    (max === undefined || compareNumbers(number, max) <= 0)
  );
}

/** Whether a row only answers for the kernels of its distribution that have no row of their own. */
export function isStandIn({ source }: DistributionRow): boolean {
  return source === NO_ROW;
}

/** Whether a kernel is later than the last one of its row that was read. */
export function isUnread({ matches, numbers }: DistributionRow, release: string): boolean {
  const seenTo = numbers?.seenTo;
  return seenTo !== undefined && compareNumbers(numberIn(matches, release), seenTo) > 0;
}

/** The number that a release is placed by, part by part. */
function numberIn(matches: readonly RegExp[], release: string): readonly number[] {
  const text = matches.map((pattern) => pattern.exec(release)?.groups?.["number"]).find(Boolean);
  return text === undefined ? [] : text.split(".").map(Number);
}

/** Negative, zero or positive; a shorter number comes before a longer one that begins with it. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (part !== other) return part - other;
  }
  return a.length - b.length;
}
