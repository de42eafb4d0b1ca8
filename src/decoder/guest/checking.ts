import type { BelowId } from "./below";
import type { KernelBug } from "./catalog/bugs";
import type { CheckingPath } from "./catalog/row";

/** The check of one guest kernel: masks in SEV_STATUS bit positions. */
export interface GuestCheck {
  /** SNP_FEATURES_IMPL_REQ. */
  readonly required: bigint;
  /** SNP_FEATURES_PRESENT, or SNP_FEATURES_IMPL since 7.1. */
  readonly implemented: bigint;
  readonly paths: readonly CheckingPath[];
  /** The EFI stub's message ends without the mask. */
  readonly stubHidesMask: boolean;
}

/** What a guest kernel does with SEV_STATUS at boot. */
export interface Checking {
  /** Whether the kernel has SEV-SNP guest code at all. */
  readonly snpGuest: boolean;
  /** Null for a kernel without the check. */
  readonly check: GuestCheck | null;
  /** The kernel's known bugs; absent where none is known. */
  readonly bugs?: readonly KernelBug[];
  /** The software below the kernel, which handles SEV_STATUS first; absent where none was named. */
  readonly below?: BelowId;
  /** Its loader places the uncompressed kernel, which makes no check. */
  readonly isNotReached?: true;
}
