import { U64_MAX, bitMask, maskOf, setBits } from "../text/u64";
import { refusedBy } from "./check";
import type { Checking } from "./checking";

/** The set bits of two values. */
export interface ValueDifference {
  readonly onlyA: bigint;
  readonly onlyB: bigint;
  readonly both: bigint;
}

/** How two values of one register differ, in its bit positions. */
export function compareValues(a: bigint, b: bigint): ValueDifference {
  return { onlyA: a & ~b, onlyB: b & ~a, both: a & b };
}

/** How two guest kernels differ. All masks are in SEV_STATUS bit positions. */
export interface GuestDifference {
  /** The difference of their masks; null where one of them has no check. */
  readonly required: ValueDifference | null;
  readonly implemented: ValueDifference | null;
  /** Features that A supports and B does not: B refuses them, or has no check and no code for them. */
  readonly onlyAAccepts: bigint;
  readonly onlyBAccepts: bigint;
  /** Whether they make the check in the same places. */
  readonly samePaths: boolean;
}

/** How two guest kernels differ in what they do with SEV_STATUS. */
export function compareGuests(a: Checking, b: Checking): GuestDifference {
  const lackedByA = lackedBy(a);
  const lackedByB = lackedBy(b);
  const compared = (mask: "required" | "implemented") =>
    a.check === null || b.check === null ? null : compareValues(a.check[mask], b.check[mask]);
  return {
    required: compared("required"),
    implemented: compared("implemented"),
    onlyAAccepts: lackedByB & ~lackedByA,
    onlyBAccepts: lackedByA & ~lackedByB,
    samePaths: pathsOf(a) === pathsOf(b),
  };
}

/**
 * The features that a guest does not support. Each is tested alone, because with vTom a paravisor hides the others.
 * A kernel without SEV-SNP guest code supports none.
 */
function lackedBy(guest: Checking): bigint {
  if (!guest.snpGuest) return U64_MAX;
  return maskOf(setBits(U64_MAX).filter((bit) => refusedBy(bitMask(bit), guest) !== 0n));
}

function pathsOf({ check }: Checking): string {
  return (check?.paths ?? []).join(" ");
}
