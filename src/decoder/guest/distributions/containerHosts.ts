import { LINUX, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT, BY_POINT_AVIC_UNKNOWN, family } from "./row";

const TALOS_CONFIG = "siderolabs/pkgs kernel/build/config-amd64, every commit of";
const TALOS_ON = `${TALOS_CONFIG} main and release-1.10: CONFIG_AMD_MEM_ENCRYPT=y since July 2025`;
const TALOS_NO_AVIC = `${TALOS_ON}, AMD_SECURE_AVIC not set`;

const TALOS = family("Talos", null, {
  "talos-1.9": {
    release: "1.4 to 1.10.5 (6.1, 6.6, 6.12 before 6.12.36)",
    matches: /^(?<number>6\.(?:1|6|12)\.\d+)-talos$/u,
    numbers: { max: [6, 12, 35] },
    answer: NO_SNP,
    verified: `${TALOS_CONFIG} main and release-1.4 to release-1.10: CONFIG_AMD_MEM_ENCRYPT is not set up to 6.12.35`,
  },
  "talos-1.11": {
    release: "1.10.6 to 1.11 (6.12)",
    from: "6.12.38",
    matches: /^6\.12\.(?<number>\d+)-talos$/u,
    numbers: { max: [77] },
    answer: LINUX["6.6"],
    derived: TALOS_ON,
    note: "No Talos release is known with 6.12.36 or 6.12.37, between which the option was set.",
  },
  "talos-1.12-pre": {
    release: "1.12 before its release (6.16 and 6.17)",
    from: "6.16.4",
    matches: /^6\.1[67]\.\d+-talos$/u,
    answer: LINUX["6.14"],
    derived: TALOS_ON,
  },
  "talos-1.12-6.18.16": {
    release: "1.12 to 1.14, before 6.18.17",
    from: "6.18.1",
    matches: /^6\.18\.(?<number>\d+)-talos$/u,
    numbers: { max: [16] },
    answer: LINUX["6.18"],
    derived: TALOS_NO_AVIC,
  },
  "talos-1.14": {
    release: "1.12 to 1.14, 6.18.17 and later",
    from: "6.18.17",
    matches: /^6\.18\.(?<number>\d+)-talos$/u,
    numbers: { min: [17] },
    answer: LINUX["6.18.17"],
    derived: TALOS_NO_AVIC,
  },
  talos: {
    release: "other kernels",
    matches: /^\d+\.\d+\.\d+-talos$/u,
    answer: BY_POINT,
    inferred: TALOS_NO_AVIC,
  },
});

const FLATCAR = family("Flatcar", null, {
  flatcar: {
    release: "any",
    matches: /^\d+\.\d+\.\d+-flatcar$/u,
    answer: NO_SNP,
    verified:
      "flatcar/scripts, whole history to August 2026: CONFIG_AMD_MEM_ENCRYPT in no amd64_defconfig of any channel, 5.15 to 6.12",
    note: "The change that would turn it on (2b69b0d4a7, branch jepio/azure-cvm, February 2026) was not merged.",
  },
  "container-optimized-os": {
    distribution: "Container-Optimized OS",
    release: "any",
    matches: /^\d+\.\d+\.\d+\+$/u,
    banner: /\(Chromium OS /u,
    answer: BY_POINT_AVIC_UNKNOWN,
    unknown: "no source of it was found; taken to be as upstream's point release",
  },
});

/** Systems made to run containers. Some compile SEV-SNP out. */
export const CONTAINER_HOSTS: readonly DistributionRow[] = [...TALOS, ...FLATCAR];
