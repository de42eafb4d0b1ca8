import { bitMask } from "../text/u64";
import type { Finding } from "../log/finding";

/** Bit 63 of ALLOWED_SEV_FEATURES: the processor tests them at all. */
const TESTED = bitMask(63);

/**
 * The SEV_FEATURES that a guest has and its VMCB does not allow, of all VMCBs that KVM dumps: each prints what is
 * allowed before what the guest has, and another VM's dump is measured by its own.
 */
export function deniedIn(findings: readonly Finding[]): bigint {
  let allowed: bigint | null = null;
  let denied = 0n;
  for (const finding of findings) {
    const { fact, software } = finding;
    if (fact.kind !== "sev-features" || software !== "kvm") continue;
    if (fact.role === "allowed") allowed = fact.value;
    else if (fact.role === "guest" && allowed !== null && (allowed & TESTED) !== 0n)
      denied |= fact.value & ~allowed;
  }
  return denied;
}
