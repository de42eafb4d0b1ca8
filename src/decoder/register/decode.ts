import type { FeatureRegister, FeatureSet } from "../features";
import { SEV_AND_ES, decodeFeatures, featuresFromStatus, statusFromFeatures } from "../features";
import type { DecodedGhcbMsr, GuestRequestError, TerminationReason } from "../ghcb";
import { decodeGhcbMsr, decodeGuestRequestError, reasonFromInfo1 } from "../ghcb";

/**
 * What a 64-bit value can be read as.
 * - `sev-status`: MSR C001_0131, as the guest reads it.
 * - `sev-features`: SEV_FEATURES of the VMSA; bit n is SEV_STATUS bit n + 2.
 * - `unsupported-features`: SW_EXITINFO2 of a feature refusal, in SEV_STATUS bit positions.
 * - `ghcb-msr`: MSR C001_0130, the GHCB MSR protocol.
 * - `exit-info-1`: SW_EXITINFO1 of the termination NAE event, a reason set and code.
 * - `guest-request-error`: SW_EXITINFO2 after an SNP guest request, or a status of the firmware alone.
 */
export const REGISTERS = [
  "sev-status",
  "sev-features",
  "unsupported-features",
  "ghcb-msr",
  "exit-info-1",
  "guest-request-error",
] as const;

export type Register = (typeof REGISTERS)[number];

export type Decode =
  | {
      readonly register: FeatureRegister | "unsupported-features";
      readonly value: bigint;
      readonly features: FeatureSet;
    }
  | {
      readonly register: "ghcb-msr";
      readonly value: bigint;
      readonly features: null;
      readonly msr: DecodedGhcbMsr;
    }
  | {
      readonly register: "exit-info-1";
      readonly value: bigint;
      readonly features: null;
      readonly reason: TerminationReason;
    }
  | {
      readonly register: "guest-request-error";
      readonly value: bigint;
      readonly features: null;
      readonly error: GuestRequestError;
    };

/** Whether a text is the name of a register. */
export function isRegister(text: string): text is Register {
  return REGISTERS.some((register) => register === text);
}

/** Reads a value as a register. Total: every 64-bit value has a decode. */
export function decode(register: Register, value: bigint): Decode {
  switch (register) {
    case "sev-status":
    case "sev-features":
      return { register, value, features: decodeFeatures(register, value) };
    case "unsupported-features":
      return { register, value, features: decodeFeatures("sev-status", value) };
    case "ghcb-msr":
      return { register, value, features: null, msr: decodeGhcbMsr(value) };
    case "exit-info-1":
      return { register, value, features: null, reason: reasonFromInfo1(value) };
    case "guest-request-error":
      return { register, value, features: null, error: decodeGuestRequestError(value) };
  }
}

/** The SEV_STATUS of the running guest that a register describes; null for registers that describe none. */
export function statusOf({ register, value }: Decode): bigint | null {
  if (register === "sev-status") return value;
  return register === "sev-features" ? statusFromFeatures(value) : null;
}

/**
 * The same features in the bit positions of another register; null where the two registers hold different things.
 * SEV and SEV-ES, which SEV_FEATURES has no place for, are set in every SEV_STATUS made from it, and the two top bits
 * of SEV_FEATURES have no place in SEV_STATUS. A mask of unsupported features is in SEV_STATUS positions.
 */
export function converted(from: Register, to: Register, value: bigint): bigint | null {
  if (from === to) return null;
  if (from === "sev-features") {
    const status = statusFromFeatures(value);
    if (to === "sev-status") return status;
    return to === "unsupported-features" ? status & ~SEV_AND_ES : null;
  }
  if (from !== "sev-status" && from !== "unsupported-features") return null;
  if (to === "sev-features") return featuresFromStatus(value);
  return to === "sev-status" || to === "unsupported-features" ? value : null;
}
