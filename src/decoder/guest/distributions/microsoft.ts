import { LINUX, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT, family } from "./row";

const AZURE_SOURCE = "upstream's point release; microsoft/azurelinux @ 2172d5cf45e4";

const AZURE_LINUX = family("Azure Linux", null, {
  "azure-linux-2": {
    release: "2.0 (5.15)",
    matches: /^5\.15\.\d+\.\d+-\d+\.cm2$/u,
    answer: NO_SNP,
    verified: "microsoft/azurelinux 2.0 SPECS/kernel: CONFIG_AMD_MEM_ENCRYPT is not set",
    note: "As a guest with SEV-SNP it runs only behind a paravisor.",
  },
  "azure-linux-3-6.6.129": {
    release: "3.0 before 6.6.130",
    matches: /^6\.6\.(?<number>\d+)\.(?:\d+|mshv\d+)-[\w.]+\.azl3$/u,
    numbers: { max: [129] },
    answer: LINUX["6.6"],
    inferred: AZURE_SOURCE,
  },
  "azure-linux-3": {
    release: "3.0, 6.6.130 and later",
    from: "6.6.130.1",
    matches: /^6\.6\.(?<number>\d+)\.(?:\d+|mshv\d+)-[\w.]+\.azl3$/u,
    numbers: { min: [130] },
    answer: LINUX["6.6.130"],
    inferred: AZURE_SOURCE,
  },
  "azure-linux-3-hwe": {
    release: "3.0 HWE (6.12) and next (6.18)",
    matches: /^6\.1[28]\.\d+\.\d+-\d+\.azl3$/u,
    answer: BY_POINT,
    inferred: "SPECS/kernel-hwe 6.12.83.1-1; chris-oo/CBL-Mariner-Linux-Kernel @ 8e6fbce77670",
  },
  wsl2: {
    distribution: "WSL2",
    release: "any",
    matches: /^\d+\.\d+\.\d+\.\d+-microsoft-standard-WSL2\+?$/u,
    answer: NO_SNP,
    inferred: "microsoft/WSL2-Linux-Kernel sev.c @ 5c2c01be809d (5.15): no SNP code",
    note: "WSL2 is no SEV-SNP guest. If it were one, its upstream point release would answer.",
  },
});

const OPENHCL = family("OpenHCL", null, {
  "openhcl-6.6": {
    release: "6.6",
    from: "6.6.51",
    matches: /^6\.6\.(?<number>\d+)\.\d+$/u,
    numbers: { seenTo: [51] },
    answer: LINUX["6.6"],
    verified: "microsoft/OHCL-Linux-Kernel sev.c @ b69bcbee0676",
    note: "SEV-SNP is entered by OpenHCL's boot shim, not by the EFI stub.",
  },
  "openhcl-6.12": {
    release: "6.12",
    from: "6.12.36",
    matches: /^6\.12\.(?<number>\d+)\.\d+$/u,
    numbers: { seenTo: [47] },
    answer: LINUX["6.6"],
    otherwise: { when: "it follows upstream from 6.12.78 on", answer: LINUX["6.6.130"] },
    verified: "microsoft/OHCL-Linux-Kernel sev.c @ 0a03c9199d53",
    note: "It carries Secure AVIC code that the check does not count.",
  },
  "openhcl-6.18": {
    release: "6.18",
    from: "6.18.0",
    matches: /^6\.18\.\d+\.\d+$/u,
    answer: BY_POINT,
    inferred: "microsoft/openvmm pull requests 3805 and 4315",
    note: "Whether it sets CONFIG_AMD_SECURE_AVIC is not known, and OpenHCL is the one that may.",
  },
});

/** The first three numbers of a release are upstream's; the fourth is Microsoft's. */
export const MICROSOFT: readonly DistributionRow[] = [...AZURE_LINUX, ...OPENHCL];
