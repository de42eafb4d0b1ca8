import { bitMask } from "../../text/u64";
import type { CheckingPath, FeatureMasks } from "./row";

/** What a kernel is known, or taken, to do. */
export type Behaviour =
  | {
      /** It checks, with these masks. */
      readonly check: "masks";
      readonly masks: FeatureMasks;
      /** The EFI stub's message ends without the mask (RHEL 8). */
      readonly stubHidesMask?: true;
    }
  | {
      /** It does not check: with SEV-SNP guest code or without any (not in its source, or compiled out). */
      readonly check: "none";
      readonly snpGuest: boolean;
      /** Its loader places the uncompressed kernel: the code that checks, if it has any, does not run. */
      readonly isNotReached?: true;
    };

/** SNP_FEATURES_IMPL_REQ as 6.2 brought it: every bit but 0, 1, 2, 8, 9, 14 and 17 (SEV_STATUS positions). */
const REQUIRED = 0xffff_ffff_fffd_bcf8n;
/** The same without bit 23, since IBPB-on-Entry needs no guest code. */
const REQUIRED_BUT_IBPB = 0xffff_ffff_ff7d_bcf8n;

export const DEBUG_SWAP = bitMask(7);
const SECURE_TSC = bitMask(11);
const SECURE_AVIC = bitMask(18);

/** No test in the EFI stub: the decompressor alone checks. */
export const DECOMPRESSOR: readonly CheckingPath[] = ["decompressor"];
export const BOTH: readonly CheckingPath[] = ["decompressor", "efi-stub"];

function checks(required: bigint, implemented: bigint, paths = BOTH) {
  const masks: FeatureMasks = { required, implemented, implementedWithSecureAvic: null, paths };
  return { check: "masks", masks } as const satisfies Behaviour;
}

function withAvicOption(required: bigint) {
  const { check, masks } = checks(required, DEBUG_SWAP | SECURE_TSC);
  const implementedWithSecureAvic = masks.implemented | SECURE_AVIC;
  return { check, masks: { ...masks, implementedWithSecureAvic } } satisfies Behaviour;
}

/** SEV-SNP does not run: the code is missing or compiled out. */
export const NO_SNP: Behaviour = { check: "none", snpGuest: false };
/** SEV-SNP runs, whatever else is enabled: the code of 5.19, without the check. */
export const NO_CHECK: Behaviour = { check: "none", snpGuest: true };

/** What Linux does from these releases on; distributions took it over one by one. */
export const LINUX = {
  "6.2": checks(REQUIRED, 0n, DECOMPRESSOR),
  "6.1.81": checks(REQUIRED, 0n),
  "6.1.167": checks(REQUIRED_BUT_IBPB, 0n),
  "6.6": checks(REQUIRED, DEBUG_SWAP),
  "6.6.130": checks(REQUIRED_BUT_IBPB, DEBUG_SWAP),
  "6.14": checks(REQUIRED, DEBUG_SWAP | SECURE_TSC),
  "6.18": withAvicOption(REQUIRED),
  "6.18.17": withAvicOption(REQUIRED_BUT_IBPB),
} as const;

/** DebugSwap, but not yet the test in the EFI stub. */
export const DEBUG_SWAP_WITHOUT_STUB = checks(REQUIRED, DEBUG_SWAP, DECOMPRESSOR);
/** 6.14 with the later relaxation for IBPB-on-Entry. */
export const LINUX_6_14_BUT_IBPB = checks(REQUIRED_BUT_IBPB, DEBUG_SWAP | SECURE_TSC);
/** 6.18.17 built with CONFIG_AMD_SECURE_AVIC=y. */
export const LINUX_6_18_17_WITH_AVIC = {
  check: "masks",
  masks: {
    ...LINUX["6.18.17"].masks,
    implemented: DEBUG_SWAP | SECURE_TSC | SECURE_AVIC,
  },
} as const satisfies Behaviour;

/** A kernel whose check is never reached, whatever SEV_STATUS is. */
export const NOT_REACHED: Behaviour = { check: "none", snpGuest: true, isNotReached: true };

/** The same kernel built with CONFIG_AMD_SECURE_AVIC=y; null for one that does not have the option. */
export function builtWithSecureAvic(kernel: Behaviour): Behaviour | null {
  const implemented = kernel.check === "masks" ? kernel.masks.implementedWithSecureAvic : null;
  if (kernel.check !== "masks" || implemented === null) return null;
  return { ...kernel, masks: { ...kernel.masks, implemented } };
}
