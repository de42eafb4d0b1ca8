import type { FormatTexts } from "./formatTexts";

export const VIRTEE_TEXTS: FormatTexts = {
  "virtee: snpguest ok": {
    examples: [
      "[ PASS ] - SEV: ENABLED\n[ PASS ] - SEV-ES: ENABLED\n[ PASS ] - SNP: ENABLED\n[ PASS ] - Optional Features statuses:\n[ PASS ]   - VTOM: DISABLED\n[ PASS ]   - Secure TSE: ENABLED",
      "[ FAIL ] - SEV: DISABLED\n[ FAIL ] - SEV-ES: DISABLED\n[ FAIL ] - SNP: DISABLED\n[ PASS ] - Optional Features statuses:\n[ PASS ]   - VTOM: DISABLED\n[ PASS ]   - SMT Protection: DISABLED",
      "[ PASS ] - SEV: SEV is ENABLED\n[ PASS ] - SEV-ES: SEV-ES is ENABLED\n[ PASS ] - SNP: SNP is ENABLED",
      "[ \u001b[38;5;2mPASS\u001b[0m ] - SEV: ENABLED\n[ \u001b[38;5;2mPASS\u001b[0m ] - SEV-ES: ENABLED",
    ],
    says: ["sev-status 0x807", "sev-status 0x0", "sev-status 0x7", "sev-status 0x3"],
    nearMisses: [
      "[ FAIL ] - SEV: DISABLED",
      "[ FAIL ] - SEV: DISABLED\n[ FAIL ] - SEV-ES: DISABLED",
      "[ FAIL ] - SEV: Invalid value found in MSR, 2",
      "[ PASS ]   - SEV enabled in KVM",
    ],
  },
  "virtee: snpguest generate measurement": {
    examples: [
      "snpguest generate measurement -v EPYC-v4 -g 0x21 -o OVMF.fd",
      "snpguest generate measurement --guest-features 33 --ovmf OVMF.fd",
    ],
    says: ["sev-features 0x21", "sev-features 0x21"],
    nearMisses: ["snpguest generate measurement --vcpus 4"],
  },
  "virtee: snphost ok: SEV_FEATURES of KVM": {
    examples: [
      "[ FAIL ]       - (Optional Feature) Secure TSC: SecureTSC bit 9 not set in KVM sev_supported_vmsa_features: 0x0000000000000020",
      "[ \u001b[38;5;1mFAIL\u001b[0m ]       - (Optional Feature) Secure TSC: SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020; SecureTSC bit 8 not set in CPUID 0x8000001F EAX: 0x0000007f",
    ],
    says: ["sev-features 0x20", "sev-features 0x20"],
    nearMisses: ["[ PASS ]       - (Optional Feature) Secure TSC: Configurable"],
  },
};
