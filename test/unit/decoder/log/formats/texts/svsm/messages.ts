import type { FormatTexts } from "../formatTexts";

export const SVSM_MESSAGES_TEXTS: FormatTexts = {
  "svsm: features that the SVSM needs or refuses": {
    examples: [
      "[SVSM] ERROR: Required features not available: RESTRICTED_INJECTION DEBUG_SWAP",
      "[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJECTION",
      "[SVSM] ERROR: Unsupported features enabled: ",
    ],
    says: ["sev-features 0x28", "sev-features 0x10", "notice svsm.unsupported-features"],
    nearMisses: [
      "Required features not available: RESTRICTED_INJECTION",
      "[SVSM] ERROR: Required features not available: TELEPATHY",
      'log::error!("[SVSM] Unsupported features enabled: {unsupported}");',
    ],
  },
  "svsm: hypervisor features that the SVSM needs": {
    examples: [
      "[Stage2] ERROR: Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20",
      "[SVSM] ERROR: Required hypervisor GHCB features not available: 0x20",
    ],
    says: [
      "hypervisor-features 0x3, hypervisor-features 0x23, hypervisor-features 0x20",
      "hypervisor-features 0x20",
    ],
    nearMisses: ["Required hypervisor GHCB features not available"],
  },
  "svsm: answer of the hypervisor that the SVSM cannot use": {
    examples: [
      "Failed to write APIC.ICR: Ghcb(VmgexitError(2, 6))",
      "[SVSM] ERROR: request failed: Ghcb(VmgexitError(2, 5))",
    ],
    says: ["vmgexit -", "vmgexit -"],
    nearMisses: [
      "Ghcb(VmgexitError(4, 4294967296))",
      "Ghcb(VmgexitError(2, 7))",
      "SvsmError::Ghcb(GhcbError::VmgexitError(2, psp_rc))",
    ],
  },
};
