import type { FormatTexts } from "../formatTexts";

export const LINUX_CONTINUATION_TEXTS: FormatTexts = {
  "linux: SEV status by names, on several lines": {
    examples: [
      "[    0.544425] SEV: Status: \n[    0.544426] SEV SEV-ES SEV-SNP DebugSwap ",
      "[    0.544425] SEV: Status: SEV SEV-ES \n[    0.544426] SEV-SNP DebugSwap ",
      "> [    0.544425] SEV: Status: SEV SEV-ES SEV-SNP\n> DebugSwap",
      "[Thu Nov 26 10:56:59 2026] SEV: Status: SEV SEV-ES \n[Thu Nov 26 10:56:59 2026] SEV-SNP DebugSwap ",
      'level=debug msg="reading guest console" vmconsole="[    0.544425] SEV: Status: SEV SEV-ES "\nlevel=debug msg="reading guest console" vmconsole="[    0.544426] SEV-SNP DebugSwap "',
    ],
    says: [
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
    ],
    nearMisses: [
      "[    0.544425] SEV: Status: \n[    0.544426] smp: Brought up 1 node, 4 CPUs",
      "[    0.544425] SEV: Status: \n[    0.544426] host: SEV SEV-ES SEV-SNP ",
      "[    0.544425] [    T0] SEV: Status: \n[    0.544426] [    T1] SEV SEV-ES SEV-SNP ",
      'level=debug sandbox=1a vmconsole="[    0.544425] SEV: Status: "\nlevel=debug sandbox=2b vmconsole="[    0.544426] SEV SEV-ES SEV-SNP "',
    ],
  },
};
