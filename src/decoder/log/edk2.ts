import type { LineFormat } from "./reading";
import { noticeFormat } from "./said";

/** The opcode in hex. TDX' handler prints the same words, after its function's name. */
const MMIO_OPCODE = /(?<!\w: )\bInvalid MMIO opcode \([\dA-F]{1,2}\)/iu;

/**
 * OVMF prints no value of ours: `SEV is enabled (mask 0x8000000000000)` is the C-bit, not SEV_STATUS, and
 * `GHCB pages allocated starting at 0x3FEF2000` an address. What remains are its failures.
 */
export const EDK2_FORMATS: readonly LineFormat[] = [
  // Source: edk2 OvmfPkg/Library/CcExitLib/CcExitVcHandler.c.
  noticeFormat({
    id: "edk2.mmio-opcode",
    name: "#VC exception at an unexpected instruction",
    software: "edk2",
    words: "Invalid MMIO opcode (",
    pattern: MMIO_OPCODE,
    examples: ["Invalid MMIO opcode (8B)"],
    nearMisses: ["ParseMmioExitInstructions: Invalid MMIO opcode (8B)", "Invalid MMIO opcode (%x)"],
  }),
  noticeFormat({
    id: "edk2.rmpadjust",
    name: "VMSA that could not be made",
    software: "edk2",
    words: "SEV-SNP: RMPADJUST failed for VMSA creation",
    examples: ["SEV-SNP: RMPADJUST failed for VMSA creation"],
    nearMisses: [
      'DEBUG ((DEBUG_ERROR, "SEV-SNP: RMPADJUST failed for VMSA creation\\n"));',
      "SEV is enabled (mask 0x8000000000000)",
      "SEV-ES is enabled, 2 GHCB pages allocated starting at 0x3FEF2000",
      "SEV-SNP: RMPUPDATE failed for PFN 56700, pg_level: 1, ret: 2",
    ],
  }),
  noticeFormat({
    id: "edk2.ap-destroy",
    name: "processor that could not be taken down",
    software: "edk2",
    words: "SEV-SNP: AP Destroy failed",
    examples: ["SEV-SNP: AP Destroy failed"],
    nearMisses: ["SEV-SNP: Using known initial APIC IDs"],
  }),
];
