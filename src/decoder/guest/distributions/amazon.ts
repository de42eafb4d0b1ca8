import { LINUX, NO_SNP } from "../catalog/behaviour";
import { BY_POINT, BY_POINT_AVIC_UNKNOWN, family } from "./row";

/** The first three numbers of a release are upstream's. */
export const AMAZON = family("Amazon Linux", null, {
  "amazon-linux-2": {
    release: "2 (4.14 to 5.15)",
    matches: /^\d+\.\d+\.\d+-[\d.]+\.amzn2\./u,
    answer: NO_SNP,
    inferred: "no SNP guest in upstream's 4.14 to 5.15",
    note: "Amazon's own backports were not looked at.",
  },
  "amazon-linux-2023-6.1.80": {
    release: "2023 (6.1.9 to 6.1.80)",
    matches: /^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u,
    numbers: { min: [9], max: [80] },
    answer: LINUX["6.2"],
    inferred: "upstream's point release",
  },
  "amazon-linux-2023-6.1.166": {
    release: "2023 (6.1.81 to 6.1.166)",
    matches: /^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u,
    numbers: { min: [81], max: [166] },
    answer: LINUX["6.1.81"],
    inferred: "upstream's point release",
  },
  "amazon-linux-2023": {
    release: "2023 (6.1.167 and later)",
    matches: /^6\.1\.(?<number>\d+)-[\d.]+\.amzn2023\./u,
    numbers: { min: [167] },
    answer: LINUX["6.1.167"],
    inferred: "amazonlinux/linux boot/compressed/sev.c @ 9778684998e6",
    note: "The source was read; which package is made from it is inferred.",
  },
  "amazon-linux-2023-6.12": {
    release: "2023 (6.12 and 6.18)",
    matches: /^6\.1[28]\.\d+-[\d.]+\.amzn2023\./u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "upstream's point release",
  },
  bottlerocket: {
    distribution: "Bottlerocket",
    release: "any",
    matches: /^(?:5\.1[05]|6\.1|6\.12)\.\d+$/u,
    // Others build with BuildKit as well; those of Alpine's compiler are not Bottlerocket's.
    banner: /\(builder@buildkitsandbox\) (?!\(gcc \(Alpine)/u,
    answer: BY_POINT,
    inferred:
      "bottlerocket-os/bottlerocket-kernel-kit @ 2f501629a988: Amazon Linux' source packages",
  },
});
