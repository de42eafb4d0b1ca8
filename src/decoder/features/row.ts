import type { SourceId } from "./sources";

/** A name that another project gives the same bit. */
export interface Alias {
  readonly name: string;
  readonly source: SourceId;
}

/**
 * What the guest kernel must bring for a feature.
 * - `base`: its SEV, SEV-ES or SEV-SNP guest code, which is the kernel's age and no part of the check.
 * - `none`: nothing; the hardware does it all, and no kernel refuses the bit today.
 * - `kernel`: code in the guest kernel; a kernel without it must not run with the bit set.
 * - `below`: software below the kernel (an SVSM or a paravisor); no Linux kernel has ever implemented it.
 * - `unknown`: no source names the bit; every kernel that checks refuses it.
 */
export type GuestNeed = "base" | "none" | "kernel" | "below" | "unknown";

/** One bit of SEV_STATUS (MSR C001_0131), with everything that is known of it and who says so. */
export interface FeatureRow {
  /** Position in SEV_STATUS, 0–63. In VMSA SEV_FEATURES the same feature stands two positions lower. */
  readonly bit: number;
  /** The name Linux prints; null where Linux has none. */
  readonly name: string | null;
  /** Linux' macros for the bit, today's spelling first. */
  readonly macros: readonly string[];
  /** One line, in our own words. */
  readonly meaning: string;
  readonly need: GuestNeed;
  /** What the guest's code has to do, where it needs any. */
  readonly needs?: string;
  readonly aliases: readonly Alias[];
  /** Where sources contradict each other: what each says. */
  readonly disagreement?: string;
  /** What is not verified about this row, shown wherever the row is. */
  readonly unverified?: string;
  readonly sources: readonly SourceId[];
}
