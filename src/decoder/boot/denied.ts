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
    if (finding.kind !== "sev-features" || finding.software !== "kvm") continue;
    if (finding.role === "allowed") allowed = finding.value;
    else if (finding.role === "guest" && allowed !== null && (allowed & TESTED) !== 0n)
      denied |= finding.value & ~allowed;
  }
  return denied;
}
