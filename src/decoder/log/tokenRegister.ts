import { SEV_SNP } from "../features";
import type { Register } from "../register/decode";
import type { Fact, FactOf, Field } from "./finding";

/** A value, and the register that it is to be decoded as. */
export interface RegisterValue {
  readonly register: Register;
  readonly value: bigint;
}

/**
 * Whether a value names only some of the bits that may be set. A list that would name SEV-SNP and does not is none:
 * SEV-SNP is off, and with it what the list cannot name.
 */
export function isLowerBound(fact: FactOf<"sev-status"> | FactOf<"sev-features">): boolean {
  if (fact.atLeast !== true) return false;
  if (fact.kind === "sev-features") return true;
  return ((fact.shows ?? 0n) & ~fact.value & SEV_SNP) === 0n;
}

/** The register value that a token shows; null where the field is none. */
export function registerOf(fact: Fact, field: Field): RegisterValue | null {
  switch (fact.kind) {
    case "sev-status":
    case "sev-features":
      return { register: fact.kind, value: fact.value };
    case "ghcb-msr":
      return field === "msr" ? { register: "ghcb-msr", value: fact.value } : null;
    case "termination":
      return registerOfTermination(fact, field);
    case "ghcb":
      return field === "exitInfo2" ? maskOf(fact.ending?.unsupported) : null;
    case "vmgexit":
      return field === "msr" ? msrOf(fact.msr) : null;
    default:
      return null;
  }
}

function registerOfTermination(
  { exit, msr, unsupported }: Fact & { readonly kind: "termination" },
  field: Field,
): RegisterValue | null {
  switch (field) {
    case "exitInfo2":
    case "unsupported":
      return maskOf(unsupported);
    case "reason": {
      const value = exit?.exitInfo1 ?? null;
      return value === null ? null : { register: "exit-info-1", value };
    }
    case "msr":
      return msrOf(msr);
    default:
      return null;
  }
}

function maskOf(value: bigint | null | undefined): RegisterValue | null {
  return value == null ? null : { register: "unsupported-features", value };
}

function msrOf(value: bigint | undefined): RegisterValue | null {
  return value === undefined ? null : { register: "ghcb-msr", value };
}

/** Whether a token shows bits that are tested, set, allowed, supported or missing: no running guest has them. */
export function isMask(fact: Fact, field: Field): boolean {
  if (field === "tested") return true;
  return fact.kind === "sev-features" && MASK_ROLES.has(fact.role);
}

const MASK_ROLES: ReadonlySet<string> = new Set(["allowed", "supported", "missing"]);
