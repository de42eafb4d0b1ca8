import { LINUX, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT, family } from "./row";

const PKGS = "siderolabs/pkgs";

const TALOS = family("Talos", null, {
  "talos-1.9": {
    release: "1.4 to 1.9",
    matches: /^(?:6\.1\.\d+|6\.6\.\d+|6\.12\.[0-2]?\d)-talos$/u,
    answer: NO_SNP,
    verified: `${PKGS} config-amd64 of 1.4 to 1.9: CONFIG_AMD_MEM_ENCRYPT is not set`,
  },
  "talos-1.11": {
    release: "1.10 and 1.11",
    from: "1.10",
    matches: /^6\.12\.(?<number>\d+)-talos$/u,
    numbers: { min: [30] },
    answer: LINUX["6.6"],
    otherwise: { when: "it is older than December 2025 (pull request 1396)", answer: NO_SNP },
    inferred: `${PKGS} 1.10 (6.12.63) and 1.11 (6.12.62): config; masks by point release`,
  },
  "talos-1.12-6.18.16": {
    release: "1.12, before 6.18.17",
    matches: /^6\.18\.(?<number>\d+)-talos$/u,
    numbers: { max: [16] },
    answer: LINUX["6.18"],
    inferred: `${PKGS} 1.12: config; masks by point release`,
  },
  "talos-1.14": {
    release: "1.12 to 1.14, 6.18.17 and later",
    from: "6.18.17",
    matches: /^6\.18\.(?<number>\d+)-talos$/u,
    numbers: { min: [17] },
    answer: LINUX["6.18.17"],
    inferred: `${PKGS} 1.12 (6.18.42) to main (6.18.45): config, AMD_SECURE_AVIC not set; masks by point release`,
  },
});

const FLATCAR = family("Flatcar", null, {
  "flatcar-6.12": {
    release: "6.12",
    matches: /^6\.12\.\d+-flatcar$/u,
    answer: NO_SNP,
    verified: "flatcar/scripts @ ab6d76d957b8, its config of 6.12: no CONFIG_AMD_MEM_ENCRYPT",
    note: "Compiled out.",
  },
  flatcar: {
    release: "other than 6.12",
    matches: /^\d+\.\d+\.\d+-flatcar$/u,
    answer: { check: "unknown", likely: NO_SNP, as: "Flatcar's 6.12, which compiles it out" },
    unknown: "only the configuration of 6.12 was read",
  },
  "container-optimized-os": {
    distribution: "Container-Optimized OS",
    release: "any",
    matches: /^\d+\.\d+\.\d+\+$/u,
    banner: /\(Chromium OS /u,
    answer: BY_POINT,
    unknown: "no source of it was found; taken to be as upstream's point release",
  },
});

/** Systems made to run containers. Some compile SEV-SNP out. */
export const CONTAINER_HOSTS: readonly DistributionRow[] = [...TALOS, ...FLATCAR];
