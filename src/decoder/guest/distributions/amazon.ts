import type { DistributionRow } from "./row";
import { AS_6_1_167, AS_6_1_81, AS_6_2, BY_POINT, NO_SNP } from "./row";

const distribution = "Amazon Linux";

/** The first three numbers of a release are upstream's. */
export const AMAZON: readonly DistributionRow[] = [
  {
    id: "amazon-linux-2",
    distribution,
    release: "2 (4.14 to 5.15)",
    from: null,
    matches: [/^\d+\.\d+\.\d+-[\d.]+\.amzn2\./u],
    answer: NO_SNP,
    source: "no SNP guest in upstream's 4.14 to 5.15",
    verification: "inferred",
    note: "Amazon's own backports were not looked at.",
  },
  {
    id: "amazon-linux-2023-6.1.80",
    distribution,
    release: "2023 (6.1.9 to 6.1.80)",
    from: null,
    matches: [/^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u],
    min: [9],
    max: [80],
    answer: AS_6_2,
    source: "upstream's point release",
    verification: "inferred",
  },
  {
    id: "amazon-linux-2023-6.1.166",
    distribution,
    release: "2023 (6.1.81 to 6.1.166)",
    from: null,
    matches: [/^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u],
    min: [81],
    max: [166],
    answer: AS_6_1_81,
    source: "upstream's point release",
    verification: "inferred",
  },
  {
    id: "amazon-linux-2023",
    distribution,
    release: "2023 (6.1.167 and later)",
    from: null,
    matches: [/^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u],
    min: [167],
    answer: AS_6_1_167,
    source: "amazonlinux/linux boot/compressed/sev.c @ 9778684998e6",
    verification: "inferred",
    note: "The source was read; which package is made from it is inferred.",
  },
  {
    id: "amazon-linux-2023-6.12",
    distribution,
    release: "2023 (6.12 and 6.18)",
    from: null,
    matches: [/^6\.1[28]\.\d+-[\d.]+\.amzn2023\./u],
    answer: BY_POINT,
    source: "upstream's point release",
    verification: "inferred",
    note: "Whether its 6.18 sets CONFIG_AMD_SECURE_AVIC is not known.",
  },
  {
    id: "bottlerocket",
    distribution: "Bottlerocket",
    release: "any",
    from: null,
    matches: [/^(?:5\.1[05]|6\.1|6\.12)\.\d+$/u],
    // Others build with BuildKit as well; those of Alpine's compiler are not Bottlerocket's.
    banner: /\(builder@buildkitsandbox\) (?!\(gcc \(Alpine)/u,
    answer: BY_POINT,
    source: "bottlerocket-os/bottlerocket-kernel-kit @ 2f501629a988: Amazon Linux' source packages",
    verification: "inferred",
  },
];
