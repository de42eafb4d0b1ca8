import type { FormatTexts } from "../formatTexts";

export const LINUX_BOOT_TEXTS: FormatTexts = {
  "linux: SEV status by names": {
    examples: [
      "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC ",
      "[    0.544425] SEV: Status: vTom ",
      "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap GuestIntercept ",
      '{"MESSAGE":"SEV: Status: SEV SEV-ES SEV-SNP PMCVirt SMTProt "}',
      "SEV: Status: SEV SEV-ES SEV-SNP Reflect VC No HostIBS BTB Isol VMSA reg prot ",
    ],
    says: [
      "sev-status 0x887",
      "sev-status 0x8",
      "sev-status 0x87",
      "sev-status 0x22007",
      "sev-status 0x10317",
    ],
    nearMisses: [
      "SEV: Status: connected to server",
      "SEV: Status: SEV SEV-ES SEV-SNP GuestIntercept is what the next kernel prints",
      "SEV: Status: SEV SEV-ES GuestIntercept, as of the next kernel",
      "SEV: Status: SEV SEV-ES SEV-SNP OK",
      "SEV: Status: SEV SEV-ES enabled",
      "SEV: Status: SEV GuestIntercept",
      "SEV: Status: GuestIntercept PmcVirt",
      "SEV: Status: SEV-ES SEV GuestIntercept",
    ],
  },
  "linux: active memory encryption": {
    examples: [
      "[    0.374549] AMD Memory Encryption Features active: SEV SEV-ES",
      "[    0.550548] Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP",
    ],
    says: ["sev-status 0x3", "sev-status 0x7"],
    nearMisses: [
      "[    0.550548] Memory Encryption Features active: Intel TDX",
      "[    0.550548] Memory Encryption Features active: AMD SME",
      "[    0.374549] AMD Memory Encryption Features active: SME",
      "Memory Encryption Features active: Unknown",
    ],
  },
  "linux: SEV is active": {
    examples: [
      "[    0.101850] AMD Secure Encrypted Virtualization (SEV) active",
      "[    0.210000] SEV is active and system is using DMA bounce buffers",
      "[    0.210000] software IO TLB: SEV is active, SWIOTLB default size set to 256MB",
      '{"MESSAGE":"SEV is active and system is using DMA bounce buffers"}',
    ],
    says: ["sev-status 0x1", "sev-status 0x1", "sev-status 0x1", "sev-status 0x1"],
    nearMisses: [
      "AMD Secure Memory Encryption (SME) active",
      "whether SEV is active and what follows from it",
      '\t\tpr_info("SEV is active and system is using DMA bounce buffers\\n");',
    ],
  },
  "linux: banner": {
    examples: [
      "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC Tue Mar  3 10:00:00 UTC 2026",
    ],
    says: ["guest-kernel 6.12.77"],
    nearMisses: ["Linux version 2.6.32 or later is needed", "Linux version 6.12 (the newest)"],
  },
};
