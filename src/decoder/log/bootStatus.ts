import { SEV_AND_ES, statusFromFeatures } from "../features";
import { VTOM_BIT } from "../guest/below";
import { hasBit } from "../u64";
import type { Finding, Software } from "./finding";
import { replaceItems } from "../lists";

/** SEV_STATUS as a boot's lines tell of it. */
export interface SeenStatus {
  readonly value: bigint;
  /**
   * `exact`: read from the register, or from SEV_FEATURES. `at-least`: from names, which cannot show every bit.
   * `synthetic`: only what Linux' Hyper-V code makes up.
   */
  readonly how: "exact" | "at-least" | "synthetic";
  /** Other values of the same boot, which contradict this one, the last. */
  readonly others: readonly bigint[];
  /** A guest with vTom runs: below its kernel is a paravisor, and the kernel does not see the register. */
  readonly isHidden: boolean;
}

/** Software that reads SEV_STATUS in a guest that runs. */
const IN_GUEST: ReadonlySet<Software> = new Set(["linux", "virtee", "msr-tools"]);
/** Of SEV_STATUS; on the host the whole register is 0. */
const SEV_BIT = 0;

type StatusFinding = Extract<Finding, { kind: "sev-status" }>;

/** Whether a finding comes from a guest's kernel, or a program on it, after the kernel's own check. */
export function isOfRunningGuest(finding: Finding): finding is StatusFinding {
  return (
    IN_GUEST.has(finding.software) &&
    finding.kind === "sev-status" &&
    (finding.synthetic === true || hasBit(finding.value, SEV_BIT))
  );
}

/** What a boot's findings say of SEV_STATUS; null for nothing. */
export function statusOf(findings: readonly Finding[]): SeenStatus | null {
  const read = new Set<bigint>();
  const fromFeatures = new Set<bigint>();
  const bounds: bigint[] = [];
  let synthetic: bigint | null = null;
  for (const finding of findings) {
    if (finding.kind === "sev-status") {
      if (finding.synthetic === true) synthetic = finding.value;
      else if (finding.atLeast === true) takeBound(bounds, finding.value);
      else read.add(finding.value);
    } else if (finding.kind === "sev-features" && finding.role === "guest") {
      const status = statusFromFeatures(finding.value);
      if (finding.atLeast === true) takeBound(bounds, status);
      else fromFeatures.add(status);
    }
  }
  // What runs below a kernel may show it less than SEV_FEATURES have: the register's own words count.
  const values = [...(read.size > 0 ? read : fromFeatures)];
  const last = values.pop();
  const isHidden = synthetic !== null || findings.some(isOfHiddenGuest);
  if (last !== undefined)
    return {
      value: last,
      how: "exact",
      others: [...values, ...bounds.filter((bound) => (bound & ~last) !== 0n)],
      isHidden,
    };
  const bound = bounds.pop();
  // What the Hyper-V code makes up stands beside a bare "SEV", which is no more than it either.
  if (synthetic !== null && bounds.length === 0 && ((bound ?? 0n) & ~SEV_AND_ES) === 0n)
    return { value: synthetic, how: "synthetic", others: [], isHidden };
  return bound === undefined ? null : { value: bound, how: "at-least", others: bounds, isHidden };
}

/**
 * Takes a lower bound to those that were seen. A line that names more of the same bits tells more of the same guest;
 * lists of which each has something that the other lacks are of two: one guest's bits are not to be put to another's.
 */
function takeBound(bounds: bigint[], value: bigint): void {
  if (bounds.length >= MOST_BOUNDS) return;
  if (bounds.some((bound) => (value & ~bound) === 0n)) return;
  const kept = bounds.filter((bound) => (bound & ~value) !== 0n);
  replaceItems(bounds, 0, bounds.length, [...kept, value]);
}

/** Two are enough for a contradiction; a hostile log has very many. */
const MOST_BOUNDS = 64;

/** Whether a guest that runs has vTom on, which no Linux would accept if it saw it. */
function isOfHiddenGuest(finding: Finding): boolean {
  return isOfRunningGuest(finding) && hasBit(finding.value, VTOM_BIT);
}
