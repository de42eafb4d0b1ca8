import { U64_MAX, bitMask, setBits } from "../text/u64";
import type { FeatureRow } from "./row";
import { FEATURES, reservedRow } from "./table";

/** The two registers that hold the same features: the MSR the guest reads, and the VMSA field the host writes. */
export type FeatureRegister = "sev-status" | "sev-features";

/** SEV_FEATURES bit n shows as SEV_STATUS bit n + 2 (source: edk2 MpInitLib, `SevFeatures = SEV_STATUS >> 2`). */
const SHIFT = 2n;

/** The SEV_FEATURES bit of a SEV_STATUS bit from 2 on. */
export function featuresBitOf(statusBit: number): number {
  return statusBit - Number(SHIFT);
}

/** SEV_STATUS bits 0 and 1 (SEV, SEV-ES), which have no place in SEV_FEATURES. */
export const SEV_AND_ES = bitMask(0) | bitMask(1);

/** SEV_STATUS[2], SEV-SNP: the gate of the guest's whole check. */
export const SEV_SNP_BIT = 2;
export const SEV_SNP = bitMask(SEV_SNP_BIT);

/** SEV_FEATURES[63] marks ALLOWED_SEV_FEATURES as valid; it has no SEV_STATUS position (source: openvmm, KVM). */
export const ALLOWED_FEATURES_ENABLE_BIT = 63;
const ALLOWED_FEATURES_ENABLE = "AllowedSevFeaturesEnable";

/** The row of a SEV_STATUS bit, 0–63. */
export function featureRow(bit: number): FeatureRow {
  return FEATURES[bit] ?? reservedRow(bit);
}

/** What Linux prints for a SEV_STATUS bit, or `bit N` where it prints nothing. */
export function featureName(bit: number): string {
  return featureRow(bit).name ?? `bit ${bit}`;
}

/** The names of the set bits of a SEV_STATUS mask, lowest first. */
export function featureNames(status: bigint): string[] {
  return setBits(status).map(featureName);
}

/** A set bit as it is reported: `bit` counts in the register that was decoded. */
export interface Feature {
  readonly bit: number;
  /** As Linux prints it; `bit N`, in the same register's counting, where there is no name. */
  readonly name: string;
  /** Its position in SEV_STATUS; null for the two top bits of SEV_FEATURES, which have none. */
  readonly statusBit: number | null;
}

export interface FeatureSet {
  readonly register: FeatureRegister;
  readonly value: bigint;
  /** Every set bit, named or not, lowest first. */
  readonly features: readonly Feature[];
  /** The set bits, in the register's own positions, that the table has no name for. */
  readonly unknown: bigint;
}

/** Every set bit of `value`, read as `register`. Known and unknown bits together are always the whole value. */
export function decodeFeatures(register: FeatureRegister, value: bigint): FeatureSet {
  let unknown = 0n;
  const features = setBits(value).map((bit): Feature => {
    const statusBit = toStatusBit(register, bit);
    const name =
      statusBit === null ? unpositionedName(bit) : (featureRow(statusBit).name ?? undefined);
    if (name === undefined) unknown |= bitMask(bit);
    return { bit, name: name ?? `bit ${bit}`, statusBit };
  });
  return { register, value, features, unknown };
}

function toStatusBit(register: FeatureRegister, bit: number): number | null {
  if (register === "sev-status") return bit;
  return bit + Number(SHIFT) <= 63 ? bit + Number(SHIFT) : null;
}

function unpositionedName(bit: number): string | undefined {
  return bit === ALLOWED_FEATURES_ENABLE_BIT ? ALLOWED_FEATURES_ENABLE : undefined;
}

/**
 * The SEV_STATUS value of a guest that runs with these VMSA SEV_FEATURES.
 * A guest with a VMSA is at least a SEV-ES guest, so bits 0 and 1 are set; the two top bits have no position.
 */
export function statusFromFeatures(features: bigint): bigint {
  return ((features << SHIFT) & U64_MAX) | SEV_AND_ES;
}

/** The SEV_FEATURES positions of a SEV_STATUS value; SEV and SEV-ES have none. */
export function featuresFromStatus(status: bigint): bigint {
  return status >> SHIFT;
}
