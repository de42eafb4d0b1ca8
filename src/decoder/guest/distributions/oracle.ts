import type { DistributionRow } from "./row";
import { AS_6_6, AS_6_6_130, NO_CHECK, NO_SNP } from "./row";

const distribution = "Oracle Linux UEK";

/** The second number after the dash is upstream's point release: 5.15.0-206.153.7 is made from 5.15.153. */
export const ORACLE: readonly DistributionRow[] = [
  {
    id: "uek-7",
    distribution,
    release: "R7 (5.15)",
    from: null,
    matches: [/^5\.15\.0-\d+\.\d+\.[\d.]+el[89]uek/u],
    answer: { check: "unknown", likely: NO_SNP, as: "upstream 5.15" },
    otherwise: { when: "it has the SNP guest as a backport", answer: NO_CHECK },
    source:
      "no tree of UEK R7 was identified; oracle/linux-uek sev.c @ 098cae5dd01b and @ 02910fd1a678 have the SNP guest without a check, branch unknown",
    verification: "unknown",
  },
  {
    id: "uek-8-6.12.77",
    distribution,
    release: "R8 before 6.12.78",
    from: "6.12.0-0",
    matches: [/^6\.12\.0-\d+\.(?<number>\d+)\.[\d.]+el(?:9|10)uek/u],
    max: [77],
    answer: AS_6_6,
    source: "upstream's point release",
    verification: "inferred",
  },
  {
    id: "uek-8",
    distribution,
    release: "R8, 6.12.78 and later",
    from: null,
    matches: [/^6\.12\.0-\d+\.(?<number>\d+)\.[\d.]+el(?:9|10)uek/u],
    min: [78],
    answer: AS_6_6_130,
    source: "upstream's point release",
    verification: "inferred",
  },
];
