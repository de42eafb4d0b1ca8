import { bitMask } from "../../text/u64";
import type { BootPath, FeatureMasks } from "./row";

/** SNP_FEATURES_IMPL_REQ as 6.2 brought it: every bit but 0, 1, 2, 8, 9, 14 and 17 (SEV_STATUS positions). */
export const REQUIRED = 0xffff_ffff_fffd_bcf8n;
/** The same without bit 23, since IBPB-on-Entry needs no guest code. */
export const REQUIRED_BUT_IBPB = 0xffff_ffff_ff7d_bcf8n;

export const DEBUG_SWAP = bitMask(7);
export const SECURE_TSC = bitMask(11);
export const SECURE_AVIC = bitMask(18);

/** No test in the EFI stub: the decompressor alone checks. */
export const DECOMPRESSOR: readonly BootPath[] = ["decompressor"];
export const BOTH: readonly BootPath[] = ["decompressor", "efi-stub"];

export function masks(
  required: bigint,
  implemented: bigint,
  implementedWithSecureAvic: bigint | null,
  paths: readonly BootPath[],
): FeatureMasks {
  return { required, implemented, implementedWithSecureAvic, paths };
}
