import type { FeatureRegister, FeatureSet } from "../features";
import { decodeFeatures, statusFromFeatures } from "../features";
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
