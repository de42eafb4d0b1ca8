import type { DistributionRow } from "./row";
import { AS_6_18, AS_6_18_17, AS_6_6, BY_POINT, NO_SNP } from "./row";

const talos = "Talos";
const flatcar = "Flatcar";
const PKGS = "siderolabs/pkgs";

/** Systems made to run containers. Some compile SEV-SNP out. */
export const CONTAINER_HOSTS: readonly DistributionRow[] = [
  {
    id: "talos-1.9",
    distribution: talos,
    release: "1.4 to 1.9",
    from: null,
    matches: [/^(?:6\.1\.\d+|6\.6\.\d+|6\.12\.[0-2]?\d)-talos$/u],
    answer: NO_SNP,
    source: `${PKGS} config-amd64 of 1.4 to 1.9: CONFIG_AMD_MEM_ENCRYPT is not set`,
    verification: "verified",
  },
  {
    id: "talos-1.11",
    distribution: talos,
    release: "1.10 and 1.11",
    from: "1.10",
    matches: [/^6\.12\.(?<number>\d+)-talos$/u],
    min: [30],
    answer: AS_6_6,
    otherwise: { when: "it is older than December 2025 (pull request 1396)", answer: NO_SNP },
    source: `${PKGS} 1.10 (6.12.63) and 1.11 (6.12.62): config; masks by point release`,
    verification: "inferred",
  },
  {
    id: "talos-1.12-6.18.16",
    distribution: talos,
    release: "1.12, before 6.18.17",
    from: null,
    matches: [/^6\.18\.(?<number>\d+)-talos$/u],
    max: [16],
    answer: AS_6_18,
    source: `${PKGS} 1.12: config; masks by point release`,
    verification: "inferred",
  },
  {
    id: "talos-1.14",
    distribution: talos,
    release: "1.12 to 1.14, 6.18.17 and later",
    from: "6.18.17",
    matches: [/^6\.18\.(?<number>\d+)-talos$/u],
    min: [17],
    answer: AS_6_18_17,
    source: `${PKGS} 1.12 (6.18.42) to main (6.18.45): config, AMD_SECURE_AVIC not set; masks by point release`,
    verification: "inferred",
  },
  {
    id: "flatcar-6.12",
    distribution: flatcar,
    release: "6.12",
    from: null,
    matches: [/^6\.12\.\d+-flatcar$/u],
    answer: NO_SNP,
    source: "flatcar/scripts @ ab6d76d957b8, its config of 6.12: no CONFIG_AMD_MEM_ENCRYPT",
    verification: "verified",
    note: "Compiled out.",
  },
  {
    id: "flatcar",
    distribution: flatcar,
    release: "other than 6.12",
    from: null,
    matches: [/^\d+\.\d+\.\d+-flatcar$/u],
    answer: { check: "unknown", likely: NO_SNP, as: "Flatcar's 6.12, which compiles it out" },
    source: "only the configuration of 6.12 was read",
    verification: "unknown",
  },
  {
    id: "container-optimized-os",
    distribution: "Container-Optimized OS",
    release: "any",
    from: null,
    matches: [/^\d+\.\d+\.\d+\+$/u],
    banner: /\(Chromium OS /u,
    answer: BY_POINT,
    source: "no source of it was found; taken to be as upstream's point release",
    verification: "unknown",
  },
];
