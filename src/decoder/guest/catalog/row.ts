import type { Release } from "./release";

/**
 * How a kernel is started, as far as its check depends on it: the check stands in the decompressor and in the EFI stub.
 * `uncompressed`: a loader places `vmlinux` itself (OpenHCL and others), so that neither of the two runs.
 */
export const BOOT_PATHS = ["decompressor", "efi-stub", "uncompressed"] as const;

export type BootPath = (typeof BOOT_PATHS)[number];

/** The boot paths on which a kernel can make its check. */
export type CheckingPath = Exclude<BootPath, "uncompressed">;

/** The masks of the guest's own test, in SEV_STATUS bit positions. */
export interface FeatureMasks {
  /** SNP_FEATURES_IMPL_REQ: the features that need guest code. */
  readonly required: bigint;
  /** SNP_FEATURES_PRESENT (SNP_FEATURES_IMPL from 7.1) of a kernel with CONFIG_AMD_SECURE_AVIC=n. */
  readonly implemented: bigint;
  /** The same with CONFIG_AMD_SECURE_AVIC=y; null in kernels that do not have the option. */
  readonly implementedWithSecureAvic: bigint | null;
  /** The boot paths that make the test. */
  readonly paths: readonly CheckingPath[];
}

/** How a fact is known, the surest first; shown wherever the fact is. `unknown`: an answer is likely, and no more. */
export const VERIFICATIONS = ["verified", "derived", "inferred", "unverified", "unknown"] as const;

export type Verification = (typeof VERIFICATIONS)[number];

/** What a fact rests on. */
export interface Evidence {
  readonly source: string;
  readonly verification: Verification;
  /** What `verification` rests on or leaves open. */
  readonly note?: string;
}

/** Evidence as a row of a table has it: its source, under the name of its mark (`verified: "announcement of Linux 6.1.9"`). */
export type Sourced = Pick<Evidence, "note"> &
  { [Mark in Verification]: { readonly [mark in Mark]: string } }[Verification];

/** The source and the mark of a row. */
export function evidenceOf(row: Readonly<Partial<Record<Verification, string>>>): Evidence {
  const verification = VERIFICATIONS.find((mark) => row[mark] !== undefined) ?? "unknown";
  return { source: row[verification] ?? "", verification };
}

/** What Linux releases from `from` to `to` do with SEV_STATUS. One row of the catalog. */
export interface CatalogRow extends Evidence {
  /** `linux-` and the first release of the row. */
  readonly id: string;
  /** First release of the row. */
  readonly from: string;
  /** The same, as numbers. */
  readonly first: Release;
  /** Last release of the row; null where it holds to the newest release of its branch. */
  readonly to: string | null;
  /** Whether the kernel has SEV-SNP guest code at all (Linux 5.19 brought it). */
  readonly snpGuest: boolean;
  /** Null for kernels that do not check. */
  readonly masks: FeatureMasks | null;
}
