import type { FormatTexts } from "../formatTexts";

export const SVSM_CONTINUATION_TEXTS: FormatTexts = {
  "svsm: features that the SVSM needs or refuses, on several lines": {
    examples: [
      "[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJECTION\n SECURE_TSC",
      "[SVSM] ERROR: Unsupported features enabled:\nALTERNATE_INJECTION SECURE_TSC\n[SVSM] ERROR: Panic!",
      "[Stage2] ERROR: Required features not available: RESTRICTED_INJECTION\n    DEBUG_SWAP",
      "> [SVSM] ERROR: Unsupported features enabled: REFLECT_VC\n> SECURE_TSC\n> VMSA_REG_PROT",
      "> [SVSM] ERROR: Unsupported features enabled: REFLECT_VC\nSECURE_TSC",
      "[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJ\nECTION SECURE_T\nSC",
      "Nov 26 10:56:59 host qemu[1]: [SVSM] ERROR: Unsupported features enabled: \nSECURE_TSC ",
    ],
    says: [
      "sev-features 0x210",
      "sev-features 0x210",
      "sev-features 0x28",
      "sev-features 0x204, sev-features 0x4204",
      "sev-features 0x204",
      "sev-features 0x210",
      "sev-features 0x200",
    ],
    nearMisses: [
      "Unsupported features enabled: ALTERNATE_INJECTION\n SECURE_TSC",
      "[SVSM] ERROR: Required features not available: TELEPATHY\n SECURE_TSC",
      "[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJ\n[SVSM] ECTION",
      '[SVSM] log::error!("Unsupported features enabled: {}",\nSECURE_TSC',
    ],
  },
};
