import { LINUX, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import { BY_POINT_AVIC_UNKNOWN, NO_ROW, family } from "./row";

const PATCHES = "openSUSE/kernel-source patches.suse @";

/** SUSE's upstream number is frozen; the code number behind it (150600) names the service pack. */
export const SUSE = family("SLES", null, {
  "sles-15-sp3": {
    release: "15 SP3 and Leap 15.3",
    matches: /^5\.3\.18-150300\./u,
    answer: NO_SNP,
    inferred: "no SNP guest in 5.3",
  },
  "sles-15-sp5": {
    release: "15 SP4 and SP5, Leap 15.4 and 15.5",
    matches: /^5\.14\.21-150[45]00\./u,
    answer: LINUX["6.2"],
    otherwise: { when: "it is an early update of SP4", answer: NO_CHECK },
    inferred: `${PATCHES} 44c00ed9c1e7 (8c29f0165405)`,
    note: "The patch was read; its branch and the first package with it are inferred.",
  },
  "sles-15-sp6": {
    release: "15 SP6 and Leap 15.6",
    from: "6.4.0-150600.9",
    matches: /^6\.4\.0-150600\.[\d.]+-(?:default|azure)$/u,
    answer: LINUX["6.6"],
    verified: `${PATCHES} 11ec40dec3c8 (jsc#PED-7322); openSUSE/kernel sev.c @ 16acd4dfd539`,
  },
  "sles-15-sp6-other": {
    release: "15 SP6, other flavours (coco, rt …)",
    matches: /^6\.4\.0-1506\d\d\./u,
    answer: LINUX["6.6"],
    inferred: "taken to be as SP6's default kernel",
  },
  "sles-15-sp7": {
    release: "15 SP7",
    from: "6.4.0-150700",
    matches: /^6\.4\.0-1507\d\d\./u,
    answer: LINUX["6.6"],
    inferred: "the same base as SP6; no source of SP7 was seen",
  },
  "sles-16.0": {
    release: "16.0, Leap 16.0 and SL Micro 6.2",
    matches: /^6\.12\.0-160000\./u,
    answer: LINUX["6.14"],
    otherwise: { when: "the patch for the Secure TSC is of another branch", answer: LINUX["6.6"] },
    inferred: `${PATCHES} 3ab97c0ea890 (0563ee35ae2c, jsc#PED-12716)`,
    note: "The patch for the Secure TSC was read; that it is on this branch is inferred.",
  },
  "sles-16": {
    release: "16, a service pack without a row",
    matches: /^6\.12\.0-16\d{4}\./u,
    answer: { check: "unknown", likely: LINUX["6.14"], as: "SLES 16.0" },
    otherwise: { when: "it lacks the patch for the Secure TSC", answer: LINUX["6.6"] },
    unknown: NO_ROW,
  },
  tumbleweed: {
    distribution: "openSUSE Tumbleweed",
    release: "any",
    // SL Micro numbers its frozen 6.4.0 in the same way.
    matches: /^(?!6\.4\.0-)\d+\.\d+\.\d+-\d+-default$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "kernel-default follows upstream's stable releases",
  },
});
