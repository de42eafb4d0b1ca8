import { LINUX, LINUX_6_18_17_WITH_AVIC, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import { IF_IBPB_WAS_TAKEN, IF_IBPB_WAS_TAKEN_BY_6_17, IF_WITHOUT_AVIC, family } from "./row";

/** It cut its configuration down from Ubuntu's, and its release is Ubuntu's too. */
const TINFOIL =
  "tinfoilsh/cvmimage kernel/tinfoil-cvm-7.0.defconfig, cut down from the configuration of Ubuntu's 7.0.0-28-generic: CONFIG_AMD_SECURE_AVIC=y";

/** `-ABI-flavour` at the end of a release; other distributions have other words there. */
const FLAVOUR =
  /-\d+-(?:generic|lowlatency|oem|kvm|aws|azure|azure-fde|gcp|gke|gkeop|ibm|oracle|nvidia[\w-]*|raspi|realtime)$/u;

/** Ubuntu numbers its kernels by series and ABI; the upstream point release stands in the banner only. */
export const UBUNTU = family("Ubuntu", FLAVOUR, {
  "tinfoil-cvm": {
    distribution: "Tinfoil CVM",
    release: "7.0",
    from: "7.0.0-28",
    matches: /^7\.0\.0-\d+-generic$/u,
    banner: /\(tinfoil@tinfoil-builder\)/u,
    answer: LINUX_6_18_17_WITH_AVIC,
    derived: `${TINFOIL}; nix/kernel.nix builds Ubuntu's source 7.0.0-28.28`,
  },
  "ubuntu-20.04": {
    release: "18.04 and 20.04 (4.15 to 5.13)",
    matches: /^(?:4\.15|5\.[48]|5\.1[13])\.0-/u,
    answer: NO_SNP,
    inferred: "older than 5.19, and no backport found",
  },
  "ubuntu-22.04": {
    release: "22.04 (5.15)",
    from: "5.15.0-25",
    matches: /^5\.15\.0-\d+-generic$/u,
    answer: NO_SNP,
    verified: "balabit-deps/balabit-os-9-linux @ fad9c911221a (5.15.0-185.195) and its changelog",
  },
  "ubuntu-22.04-cloud": {
    release: "22.04 (5.15) lowlatency, kvm, aws, oracle, ibm, gke, nvidia",
    from: "5.15.0-25",
    matches: /^5\.15\.0-\d+-(?:lowlatency|kvm|aws|oracle|ibm|gke|gkeop|nvidia[\w-]*)$/u,
    answer: NO_SNP,
    inferred: "built from the -generic kernel's source",
  },
  "ubuntu-22.04-gcp": {
    release: "22.04 (5.15) gcp",
    matches: /^5\.15\.0-\d+-gcp$/u,
    answer: NO_CHECK,
    otherwise: { when: "a later build took the check", answer: LINUX["6.2"] },
    inferred: "delphix/linux-kernel-gcp boot/compressed/sev.c @ 010a5c48f7f7 and @ a1914b0400de",
    note: "It has the SNP guest as a backport, from some ABI after 1019 on.",
  },
  "ubuntu-22.04-azure": {
    release: "22.04 (5.15) azure, azure-fde",
    matches: /^5\.15\.0-\d+-azure(?:-fde)?$/u,
    answer: { check: "unknown", likely: NO_SNP, as: "upstream 5.15" },
    otherwise: { when: "it has the SNP guest as a backport, as the gcp kernel", answer: NO_CHECK },
    unknown: "meetakshi253/azure-ubuntu-5-15 @ 0cad20c5c658: its sev.c was not seen",
    note: "On Azure a paravisor runs the guest, whose kernel would not reach the check anyway.",
  },
  "ubuntu-22.10": {
    release: "22.10, and 22.04 HWE and cloud (5.19)",
    from: "5.19.0",
    matches: /^5\.19\.0-/u,
    answer: NO_CHECK,
    otherwise: { when: "a late build took the check from 6.1.y", answer: LINUX["6.2"] },
    inferred: "upstream 5.19; Ubuntu's source was not seen",
  },
  "ubuntu-23.04": {
    release: "23.04, and 22.04 HWE and cloud (6.2)",
    from: "6.2.0-10",
    matches: /^6\.2\.0-/u,
    answer: LINUX["6.2"],
    inferred:
      "upstream 6.2; no entry in the changelog of 6.5 (christian-bendiksen/ubuntu-linux-6.5.3)",
  },
  "ubuntu-23.10": {
    release: "23.10, and 22.04 HWE (6.5)",
    from: "6.5.0-5",
    matches: /^6\.5\.0-(?<number>\d+)-generic$/u,
    numbers: { seenTo: [26] },
    answer: LINUX["6.2"],
    verified:
      "christian-bendiksen/ubuntu-linux-6.5.3 @ 679cd7267cdb (6.5.0-14.14), SMUSISSMC/HostKernel @ ff1af8c4d8f8 (6.5.0-26.26)",
  },
  "ubuntu-23.10-cloud": {
    release: "22.04 and 23.10 cloud (6.5)",
    matches: /^6\.5\.0-/u,
    answer: LINUX["6.2"],
    inferred: "built from the -generic kernel's source",
  },
  "ubuntu-24.04": {
    release: "24.04, and 22.04 HWE (6.8)",
    from: "6.8.0-11",
    matches: /^6\.8\.0-(?<number>\d+)-generic$/u,
    numbers: { seenTo: [90] },
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    verified:
      "hishine6/freebie-linux-6.8 @ c35830a01d3f (6.8.0-59.61), rahaaaiii/linux-hwe-6.8-6.8.0 @ 7b13fd4625cd (6.8.0-90.91)",
  },
  "ubuntu-24.04-cloud": {
    release: "22.04 and 24.04 cloud (6.8)",
    matches: /^6\.8\.0-/u,
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    inferred: "built from the -generic kernel's source",
  },
  "ubuntu-24.10": {
    release: "24.10, and 24.04 HWE and cloud (6.11)",
    from: "6.11.0",
    matches: /^6\.11\.0-/u,
    answer: LINUX["6.6"],
    inferred: "upstream 6.11",
  },
  "ubuntu-25.04": {
    release: "25.04, and 24.04 HWE and cloud (6.14)",
    from: "6.14.0",
    matches: /^6\.14\.0-/u,
    answer: LINUX["6.14"],
    inferred: "upstream 6.14; its points in the changelog of proxmox/pve-kernel",
  },
  "ubuntu-25.10": {
    release: "25.10, and 24.04 HWE and cloud (6.17)",
    from: "6.17.0",
    matches: /^6\.17\.0-/u,
    answer: LINUX["6.14"],
    otherwise: IF_IBPB_WAS_TAKEN_BY_6_17,
    inferred: "upstream 6.17, verified in Debian's binaries of 6.17.8 and 6.17.13",
  },
  "ubuntu-26.04": {
    release: "26.04, and 24.04 HWE and cloud (7.0)",
    from: "7.0.0-14",
    matches: /^7\.0\.0-/u,
    answer: LINUX_6_18_17_WITH_AVIC,
    otherwise: IF_WITHOUT_AVIC,
    inferred: `upstream 7.0, verified in Debian's binaries of 7.0.4 to 7.0.13; ${TINFOIL}`,
    note: "That Ubuntu sets CONFIG_AMD_SECURE_AVIC is inferred. Builds before its release may still refuse IBPBOnEntry.",
  },
  "pop-os-22.04": {
    distribution: "Pop!_OS",
    release: "22.04 (6.9.3)",
    from: "6.9.3-76060903",
    matches: /^6\.9\.3-\d+-generic$/u,
    answer: LINUX["6.6"],
    verified: "IIIphr/linux_6.9.3-fine @ d9b7bd0a71ec",
  },
});
