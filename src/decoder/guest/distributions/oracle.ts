import { LINUX, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import { family } from "./row";

/** The second number after the dash is upstream's point release: 5.15.0-206.153.7 is made from 5.15.153. */
export const ORACLE = family("Oracle Linux UEK", null, {
  "uek-6": {
    release: "R4 to R6 (4.1 to 5.4)",
    matches: /^(?:4\.1\.12|4\.14\.35|5\.4\.17)-\d+(?:\.\d+)*\.el[678]uek/u,
    answer: NO_SNP,
    inferred: "no SEV-SNP guest in upstream's 4.1, 4.14 and 5.4; Oracle's source was not seen",
  },
  "uek-7": {
    release: "R7 (5.15)",
    matches: /^5\.15\.0-\d+\.\d+\.[\d.]+el[89]uek/u,
    answer: { check: "unknown", likely: NO_SNP, as: "upstream 5.15" },
    otherwise: { when: "it has the SNP guest as a backport", answer: NO_CHECK },
    unknown:
      "no tree of UEK R7 was identified; oracle/linux-uek sev.c @ 098cae5dd01b and @ 02910fd1a678 have the SNP guest without a check, branch unknown",
  },
  "uek-8-6.12.77": {
    release: "R8 before 6.12.78",
    from: "6.12.0-0",
    matches: /^6\.12\.0-\d+\.(?<number>\d+)\.[\d.]+el(?:9|10)uek/u,
    numbers: { max: [77] },
    answer: LINUX["6.6"],
    inferred: "upstream's point release",
  },
  "uek-8": {
    release: "R8, 6.12.78 and later",
    matches: /^6\.12\.0-\d+\.(?<number>\d+)\.[\d.]+el(?:9|10)uek/u,
    numbers: { min: [78] },
    answer: LINUX["6.6.130"],
    inferred: "upstream's point release",
  },
});
