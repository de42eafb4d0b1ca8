import type { Behaviour } from "../catalog/behaviour";
import { DEBUG_SWAP_WITHOUT_STUB, LINUX, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT_AVIC_UNKNOWN, IF_IBPB_WAS_TAKEN, NO_ROW, family } from "./row";

/** AlmaLinux' packages are Red Hat's sources, one git tag a package. */
const ALMA = "mkuron/almalinux-kernel, boot/compressed/sev.c and msr-index.h @";
const CTRLIQ = "ctrliq/kernel-src-tree";
const NOT_READ = "No source of this release was read.";

/** 8.10 prints no mask in its EFI stub. */
const RHEL_8_10: Behaviour = { ...LINUX["6.6"], stubHidesMask: true };

/** Kernels for these systems that are upstream's: upstream's number says what they are, unlike in Red Hat's own. */
const FOR_RED_HAT = family("CentOS Hyperscale", null, {
  "centos-hyperscale": {
    release: "any but 5.14",
    from: "6.11.1-0.hs1",
    matches: /^(?!5\.14\.)\d+\.\d+\.\d+-\d+\.hs\d+(?:\.|$)/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "MafSam/centos kernel.spec of c9s- and c10s-sig-hyperscale, October 2024",
  },
  elrepo: {
    distribution: "ELRepo",
    release: "kernel-ml and kernel-lt",
    matches: /^\d+\.\d+\.\d+-\d+\.el\d+\.elrepo(?:\.|$)/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "upstream's point releases",
  },
});

const RHEL_8 = family("RHEL", /^4\.18\.0-(?<number>\d+(?:\.\d+)*)\.el8(?:_\d+)?(?:\.|$)/u, {
  "rhel-8.7": {
    release: "8.0 to 8.7",
    numbers: { max: [476, 9999] },
    answer: NO_SNP,
    verified: `${ALMA} 4.18.0-240.el8 to 4.18.0-425.19.2.el8_7: no SNP code`,
    note: "CentOS 8 and early Stream 8 are the same.",
  },
  "rhel-8.8": {
    release: "8.8",
    from: "4.18.0-477.10.1.el8_8",
    numbers: { min: [477], max: [477, 9999], seenTo: [477, 27, 2] },
    answer: NO_CHECK,
    otherwise: { when: "an EUS or E4S build took the check", answer: LINUX["6.2"] },
    verified: `${ALMA} 4.18.0-477.10.1.el8_8 (80b34d4202f2)`,
  },
  "rhel-8.9": {
    release: "8.9",
    from: "4.18.0-513.5.1.el8_9",
    numbers: { min: [478], max: [513, 9999], seenTo: [513, 24, 1] },
    answer: NO_CHECK,
    verified: `${ALMA} up to 4.18.0-513.24.1.el8_9`,
  },
  "centos-stream-8": {
    distribution: "CentOS Stream",
    release: "8, builds 514 to 552",
    numbers: { min: [514], max: [552, 9999] },
    answer: { check: "unknown", likely: RHEL_8_10, as: "RHEL 8.10" },
    otherwise: { when: "it is one of the earlier builds, as RHEL 8.9", answer: NO_CHECK },
    unknown: "RHEL 8.9 (build 513) has no check, 8.10 (build 553) has it",
    note: "Which build between brought the check was not found.",
  },
  "rhel-8.10": {
    release: "8.10",
    from: "4.18.0-553.el8_10",
    numbers: { min: [553], seenTo: [553, 66, 1] },
    answer: RHEL_8_10,
    otherwise: { ...IF_IBPB_WAS_TAKEN, answer: { ...LINUX["6.6.130"], stubHidesMask: true } },
    verified: `${ALMA} 4.18.0-553.el8_10 (c11ddfd122ad) to 553.66.1, and eboot.c`,
    note: "The test in the EFI stub stands in eboot.c, and its message does not show the mask.",
  },
});

const RHEL_9 = family("RHEL", null, {
  "rhel-9.0": {
    release: "9.0",
    from: "5.14.0-70.el9",
    matches: /^5\.14\.0-\d+(?:\.\d+)*\.el9_0(?:\.|$)/u,
    answer: NO_SNP,
    verified: `${ALMA} 5.14.0-70.13.1.el9_0 to 70.30.1: no SNP code`,
  },
  "rhel-9.1": {
    release: "9.1 and 9.2",
    from: "5.14.0-162.6.1.el9_1",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_[12](?:\.|$)/u,
    numbers: { seenTo: [284, 30, 1] },
    answer: NO_CHECK,
    otherwise: { when: "an EUS build took the check", answer: LINUX["6.2"] },
    verified: `${ALMA} 5.14.0-162.6.1.el9_1 (23fc1cebd5c8) to 284.30.1.el9_2; changelog of 9.1`,
  },
  "rhel-9.3-ga": {
    release: "9.3 up to build 362.18.1",
    from: "5.14.0-362.8.1.el9_3",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_3(?:\.|$)/u,
    numbers: { min: [362], max: [362, 18, 1] },
    answer: LINUX["6.2"],
    verified: `${ALMA} 5.14.0-362.8.1.el9_3 (dc1c559aaee1) to 362.18.1 (3322202e81fd); changelog`,
  },
  "rhel-9.3": {
    release: "9.3 from build 362.24.1 on",
    from: "5.14.0-362.24.1.el9_3",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_3(?:\.|$)/u,
    numbers: { min: [362, 24, 1] },
    answer: DEBUG_SWAP_WITHOUT_STUB,
    verified: `${ALMA} 5.14.0-362.24.1.el9_3 (df9b380aaad4) and 362.24.2`,
  },
  "rhel-9.3-between": {
    release: "9.3 between builds 362.18.1 and 362.24.1",
    matches: /^5\.14\.0-\d+(?:\.\d+)*\.el9_3(?:\.|$)/u,
    answer: { check: "unknown", likely: LINUX["6.2"], as: "build 362.18.1" },
    otherwise: { when: "it has DebugSwap already", answer: DEBUG_SWAP_WITHOUT_STUB },
    unknown: "362.18.1 has no code for DebugSwap, 362.24.1 has it",
    note: "Which build between brought DebugSwap was not found.",
  },
  "rhel-9.4": {
    release: "9.4",
    from: "5.14.0-427.13.1.el9_4",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_4(?:\.|$)/u,
    numbers: { seenTo: [427, 42, 1] },
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    verified: `${ALMA} 5.14.0-427.13.1.el9_4 (3349f1c5f071) to 427.42.1; changelog`,
  },
  "rhel-9.5": {
    release: "9.5",
    from: "5.14.0-503.11.1.el9_5",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_5(?:\.|$)/u,
    numbers: { seenTo: [503, 40, 1] },
    answer: LINUX["6.6"],
    verified: `${ALMA} 5.14.0-503.11.1.el9_5 (1c6c6a11a092) to 503.40.1`,
  },
  "rhel-9.6": {
    release: "9.6",
    from: "5.14.0-570.12.1.el9_6",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_6(?:\.|$)/u,
    numbers: { seenTo: [570, 32, 1] },
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    verified: `${ALMA} 5.14.0-570.12.1.el9_6 (279040ea6b5e) to 570.32.1`,
  },
  "rhel-9.7": {
    release: "9.7",
    from: "5.14.0-611.el9_7",
    matches: /^5\.14\.0-(?<number>\d+(?:\.\d+)*)\.el9_7(?:\.|$)/u,
    // To 28 February 2026: older than the commit itself.
    numbers: { seenTo: [611, 38, 1] },
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    inferred: `${CTRLIQ} coco/sev/core.c @ 337216ec632c, boot/compressed/sev.c @ 1f90f1f53420; changelog of 9.7, mkuron/almalinux-kernel @ cd93d4643d17: no change of the masks in 611.23 to 611.38.1`,
    note: NOT_READ,
  },
  "rhel-9.8": {
    release: "9.8",
    from: "5.14.0-687.el9_8",
    matches: /^5\.14\.0-\d+(?:\.\d+)*\.el9_8(?:\.|$)/u,
    answer: { check: "unknown", likely: LINUX["6.6"], as: "RHEL 9.6" },
    otherwise: IF_IBPB_WAS_TAKEN,
    unknown: `${CTRLIQ} changelog of 9.8 @ 2c141fa75ce1, read only at its top`,
    note: NOT_READ,
  },
});

const STREAM_9 = family("CentOS Stream", /^5\.14\.0-(?<number>\d+)\.el9(?:\.|$)/u, {
  "centos-stream-9-153": {
    release: "9 before build 154",
    numbers: { max: [153] },
    answer: NO_SNP,
    verified: "changelog of RHEL 9.1: [5.14.0-154.el9] brings the SNP guest",
  },
  "centos-stream-9-154": {
    release: "9, builds 154 to 349",
    from: "5.14.0-154.el9",
    numbers: { min: [154], max: [349] },
    answer: NO_CHECK,
    verified: "changelog of RHEL 9.1: [5.14.0-154.el9] x86/sev: Check SEV-SNP features support",
  },
  "centos-stream-9-350": {
    release: "9, builds 350 to 381",
    from: "5.14.0-350.el9",
    numbers: { min: [350], max: [381] },
    answer: LINUX["6.2"],
    verified: "changelog of RHEL 9.3: [5.14.0-350.el9] brings the feature negotiation",
  },
  "centos-stream-9-382": {
    release: "9, builds 382 to 406",
    from: "5.14.0-382.el9",
    numbers: { min: [382], max: [406] },
    answer: DEBUG_SWAP_WITHOUT_STUB,
    verified: "changelog of RHEL 9.4: [5.14.0-382.el9] brings DebugSwap",
  },
  "centos-stream-9": {
    release: "9, build 407 and later",
    from: "5.14.0-407.el9",
    numbers: { min: [407], seenTo: [570] },
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    verified: "changelog of RHEL 9.4: [5.14.0-407.el9] tests in the EFI stub; those of 9.5 and 9.6",
  },
});

const RHEL_10 = family("RHEL", null, {
  "rhel-10.0": {
    release: "10.0",
    from: "6.12.0-55.9.1.el10_0",
    matches: /^6\.12\.0-\d+(?:\.\d+)*\.el10_0(?:\.|$)/u,
    answer: LINUX["6.6"],
    verified: `${ALMA} 6.12.0-55.9.1.el10_0 (8e2c37962831) to 55.24.1; changelog`,
  },
  "rhel-10.1": {
    release: "10.1",
    from: "6.12.0-124.el10_1",
    matches: /^6\.12\.0-\d+(?:\.\d+)*\.el10_1(?:\.|$)/u,
    answer: LINUX["6.6"],
    inferred: `${CTRLIQ} coco/sev/core.c @ 337216ec632c: no Secure TSC`,
    note: NOT_READ,
  },
  "rhel-10.2": {
    release: "10.2",
    from: "6.12.0-210.el10_2",
    matches: /^6\.12\.0-\d+(?:\.\d+)*\.el10_2(?:\.|$)/u,
    answer: { check: "unknown", likely: LINUX["6.6"], as: "RHEL 10.0" },
    otherwise: IF_IBPB_WAS_TAKEN,
    unknown:
      "changelog of 10.2, mkuron/almalinux-kernel @ a7e8068b319e: no entry on SEV in 211.26.1 to 211.38.1, the rest unread; Fedora's tree keeps AMD_SECURE_AVIC off for RHEL",
    note: NOT_READ,
  },
  "centos-stream-10": {
    distribution: "CentOS Stream",
    release: "10",
    from: "6.12.0-30.el10",
    matches: /^6\.12\.0-\d+\.el10(?:\.|$)/u,
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    inferred: "changelog and sources of RHEL 10.0; builds after about 101 unread",
  },
  "rhel-8": {
    release: "8, a build without a row",
    matches: /^4\.18\.0-.*\.el8/u,
    answer: { check: "unknown", likely: RHEL_8_10, as: "RHEL 8.10" },
    otherwise: { when: "it is older than 8.10", answer: NO_CHECK },
    unknown: NO_ROW,
  },
  "rhel-9": {
    release: "9, a build without a row",
    matches: /^5\.14\.0-.*\.el9/u,
    answer: { check: "unknown", likely: LINUX["6.6"], as: "RHEL 9.6" },
    otherwise: { when: "it is older than 9.3", answer: NO_CHECK },
    unknown: NO_ROW,
  },
  "rhel-10": {
    release: "10, a build without a row",
    matches: /^6\.12\.0-\d.*\.el10(?!uek)/u,
    answer: { check: "unknown", likely: LINUX["6.6"], as: "RHEL 10.0" },
    otherwise: IF_IBPB_WAS_TAKEN,
    unknown: NO_ROW,
  },
});

/**
 * RHEL, and AlmaLinux, Rocky Linux and Oracle's RHCK, which rebuild it. The upstream number of its releases
 * (4.18.0, 5.14.0, 6.12.0) says nothing: the build number and `.elN_M` do.
 */
export const RED_HAT: readonly DistributionRow[] = [
  ...FOR_RED_HAT,
  ...RHEL_8,
  ...RHEL_9,
  ...STREAM_9,
  ...RHEL_10,
];
