import { LINUX, NOT_REACHED, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT, family } from "./row";

const AZURE = "microsoft/azurelinux";
const AZURE_3 = `${AZURE} 3.0 SPECS/kernel and kernel-hwe, April 2026: CONFIG_AMD_MEM_ENCRYPT=y, no AMD_SECURE_AVIC`;
const WSL = "microsoft/WSL2-Linux-Kernel config-wsl";

const AZURE_LINUX = family("Azure Linux", null, {
  "azure-linux-2": {
    release: "2.0 (5.15)",
    matches: /^5\.15\.\d+\.\d+-\d+\.cm2$/u,
    answer: NO_SNP,
    verified: `${AZURE} 2.0 SPECS/kernel: CONFIG_AMD_MEM_ENCRYPT is not set`,
    note: "As a guest with SEV-SNP it runs only behind a paravisor.",
  },
  "azure-linux-3-mshv": {
    release: "3.0 kernel-mshv (root partition)",
    matches: /^6\.6\.(?:57\.mshv4|100\.mshv1|121\.mshv1|135\.mshv2)-\d+\.azl3(?:\.|$)/u,
    answer: NO_SNP,
    verified: `${AZURE} SPECS/kernel-mshv, whole history: CONFIG_AMD_MEM_ENCRYPT is not set`,
    note: "kernel-uvm has names of the same form, and the option; no version was both so far.",
  },
  "azure-linux-uvm": {
    release: "2.0 and 3.0 kernel-uvm (Kata guest)",
    matches: /^6\.[16]\.\d+\.mshv\d+-\d+\.(?:azl3|cm2)(?:\.|$)/u,
    answer: BY_POINT,
    otherwise: {
      when: "its vmlinux.bin is started (as by Cloud Hypervisor, inferred)",
      answer: NOT_REACHED,
    },
    verified: `${AZURE} SPECS/kernel-uvm: AMD_MEM_ENCRYPT=y; the package installs vmlinux.bin`,
  },
  "azure-linux-3-6.6.129": {
    release: "3.0 before 6.6.130",
    matches: /^6\.6\.(?<number>\d+)\.\d+-[\w.]+\.azl3(?:\.|$)/u,
    numbers: { max: [129] },
    answer: LINUX["6.6"],
    derived: AZURE_3,
  },
  "azure-linux-3": {
    release: "3.0, 6.6.130 and later",
    from: "6.6.130.1",
    matches: /^6\.6\.(?<number>\d+)\.\d+-[\w.]+\.azl3(?:\.|$)/u,
    numbers: { min: [130] },
    answer: LINUX["6.6.130"],
    derived: AZURE_3,
  },
  "azure-linux-3-hwe": {
    release: "3.0 HWE (6.12 and 6.18)",
    matches: /^6\.1[28]\.\d+\.\d+-[\w.]+\.azl3(?:\.|$)/u,
    answer: BY_POINT,
    verified: `${AZURE_3} (6.12.83.1, branch 6.18.21.1)`,
  },
  "azure-linux-4": {
    release: "4.0",
    from: "6.18.5-1.8.azl4",
    matches: /^\d+\.\d+\.\d+-\d+(?:\.\d+)*\.azl4(?:\.|$)/u,
    answer: BY_POINT,
    verified: `${AZURE} base/comps/kernel/6.18-x86_64-azl.config (6.18.5): AMD_MEM_ENCRYPT=y, AMD_SECURE_AVIC not set`,
  },
});

const WSL2 = family("WSL2", /^\d+\.\d+\.\d+(?:\.\d+)?-microsoft-standard(?:-WSL2)?\+?$/u, {
  "wsl2-5.15": {
    release: "4.19 to 5.15",
    matches: /^[45]\./u,
    answer: NO_SNP,
    verified: `${WSL} of 4.19.52, 4.19.59 and 5.15.90.3: CONFIG_AMD_MEM_ENCRYPT is not set`,
  },
  wsl2: {
    release: "6.1 and later",
    answer: BY_POINT,
    verified: `${WSL} of 6.6.29.1 and 6.18.20.1: AMD_MEM_ENCRYPT=y, AMD_SECURE_AVIC not set`,
    note: "WSL2 runs this kernel without SEV-SNP. The answer is for the kernel booted as an SEV-SNP guest.",
  },
});

const OPENHCL = family("OpenHCL", null, {
  openhcl: {
    release: "6.6, 6.12 and 6.18",
    from: "6.6.51.1",
    matches: /^6\.(?:6|12|18)\.\d+\.\d+$/u,
    answer: NOT_REACHED,
    inferred:
      "microsoft/openvmm @ 1488a37b7cfe: paravisor.rs loads the kernel as ELF (vmlinux); its release manifest gives SEV_STATUS 0x850387, with features that the masks of these kernels refuse; microsoft/OHCL-Linux-Kernel x64-cvm.config @ f62c71a41a62",
    note: "The masks compiled in are upstream's of the first three numbers, with CONFIG_AMD_SECURE_AVIC=y.",
  },
});

/** The first three numbers of a release are upstream's; the fourth is Microsoft's. */
export const MICROSOFT: readonly DistributionRow[] = [...AZURE_LINUX, ...WSL2, ...OPENHCL];
