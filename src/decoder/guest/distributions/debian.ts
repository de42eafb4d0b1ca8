import { LINUX, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import { BY_POINT, family } from "./row";

const CHANGELOG = "changelog of linux 6.1.192-2:";
const NO_AVIC = "# CONFIG_AMD_SECURE_AVIC is not set";
const AS_DEBIAN_12 = "Debian 12's kernel of the same ABI number";

/**
 * Debian's 6.1 carries an ABI number instead of the point release; since 6.12 the point release stands in the name.
 * The binaries are read by the mask of refused features, a constant in the uncompressed part of vmlinuz.
 */
export const DEBIAN = family("Debian", null, {
  "debian-11": {
    release: "11 (5.10)",
    matches: /^5\.10\.0-\d+-(?:cloud-|rt-)?amd64$/u,
    answer: NO_SNP,
    verified:
      "linux-source-5.10 5.10.262-1 and vmlinuz of 5.10.0-43 and 5.10.0-46-cloud: no sev.c, no mask",
  },
  "debian-12-abi-1": {
    release: "12 before its release, ABI 1 to 3 (6.1.4 to 6.1.8)",
    from: "6.1.4-1 (ABI 1)",
    matches: /^6\.1\.0-(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [1], max: [3] },
    answer: NO_CHECK,
    derived: `${CHANGELOG} the check came with 6.1.11-1, ABI 4`,
  },
  "debian-12-abi-4": {
    release: "12, ABI 4 to 18 (6.1.11 to 6.1.76)",
    from: "6.1.11-1 (ABI 4)",
    matches: /^6\.1\.0-(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [4], max: [18] },
    answer: LINUX["6.2"],
    verified: `${CHANGELOG} 6.1.11-1 brings the feature negotiation`,
  },
  "debian-12-abi-19": {
    release: "12, ABI 19 to 44 (6.1.82 to 6.1.164)",
    from: "6.1.82-1 (ABI 19)",
    matches: /^6\.1\.0-(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [19], max: [44] },
    answer: LINUX["6.1.81"],
    verified: `${CHANGELOG} 6.1.82-1 brings the test in the EFI stub`,
  },
  "debian-12": {
    release: "12, ABI 45 and later (6.1.170 and later)",
    from: "6.1.170-1 (ABI 45)",
    matches: /^6\.1\.0-(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [45] },
    answer: LINUX["6.1.167"],
    verified: `${CHANGELOG} 6.1.170-1 allows IBPB-on-Entry; sources 6.1.170-3, 6.1.176-1, 6.1.192-2; vmlinuz of ABI 47 to 56`,
    note: "DebugSwap is refused to this day.",
  },
  "debian-11-6.1-abi-4": {
    release: "11 with 6.1, ABI 4 to 18",
    matches: /^6\.1\.0-0\.deb11\.(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [4], max: [18] },
    answer: LINUX["6.2"],
    inferred: AS_DEBIAN_12,
  },
  "debian-11-6.1-abi-19": {
    release: "11 with 6.1, ABI 19 to 44",
    matches: /^6\.1\.0-0\.deb11\.(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [19], max: [44] },
    answer: LINUX["6.1.81"],
    inferred: AS_DEBIAN_12,
  },
  "debian-11-6.1": {
    release: "11 with 6.1, ABI 45 and later",
    from: "6.1.172-1~deb11u1 (deb11.48)",
    matches: /^6\.1\.0-0\.deb11\.(?<number>\d+)-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [45] },
    answer: LINUX["6.1.167"],
    inferred: AS_DEBIAN_12,
  },
  "debian-13-6.12.77": {
    release: "13 and 12 backports, 6.12 before 6.12.78",
    from: "6.12.38-1",
    matches: /^(?<number>6\.12\.\d+)\+deb1[23](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    numbers: { max: [6, 12, 77] },
    answer: LINUX["6.6"],
    verified: "vmlinuz of 6.12.43, 6.12.57 and 6.12.74; changelog",
  },
  "debian-13": {
    release: "13 and 12 backports, 6.12.78 and later",
    from: "6.12.85-1",
    matches: /^(?<number>6\.12\.\d+)\+deb1[23](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [6, 12, 78] },
    answer: LINUX["6.6.130"],
    verified:
      "linux-source-6.12 6.12.94-1 to 6.12.117-1; vmlinuz of 6.12.85 to 6.12.118; changelog",
  },
  "debian-13-backports-6.17": {
    release: "13 backports and sid, 6.16 and 6.17",
    from: "6.16.3-1~bpo13+1",
    matches: /^6\.1[67]\.\d+\+deb1[34](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    answer: LINUX["6.14"],
    verified: "vmlinuz of 6.16.3, 6.16.12, 6.17.8 and 6.17.13",
  },
  "debian-13-backports-6.18": {
    release: "13 backports and sid, 6.18 before 6.18.17",
    from: "6.18.5-1~bpo13+1",
    matches: /^(?<number>6\.18\.\d+)\+deb1[34](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    numbers: { max: [6, 18, 16] },
    answer: LINUX["6.18"],
    verified: `vmlinuz of 6.18.5, 6.18.9, 6.18.12 and 6.18.15; config: ${NO_AVIC}`,
  },
  "debian-13-backports-6.19.6": {
    release: "13 backports and sid, 6.19 before 6.19.7",
    from: "6.19.6-2~bpo13+1",
    matches: /^(?<number>6\.19\.\d+)\+deb1[34](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    numbers: { max: [6, 19, 6] },
    answer: LINUX["6.18"],
    verified: `vmlinuz of 6.19.6; config: ${NO_AVIC}`,
  },
  "debian-13-backports-6.19": {
    release: "13 backports and sid, 6.19.7 and later",
    from: "6.19.8-1~bpo13+1",
    matches: /^(?<number>6\.19\.\d+)\+deb1[34](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    numbers: { min: [6, 19, 7] },
    answer: LINUX["6.18.17"],
    verified: "vmlinuz of 6.19.8, .10, .11, .13 and .14",
  },
  "debian-sid": {
    release: "14, sid and 13 backports, 7.0 to 7.3",
    from: "7.0.3-1",
    matches: /^7\.[0-3]\.\d+\+deb1[34](?:[+.]\d+)?-(?:cloud-|rt-)?amd64$/u,
    answer: LINUX["6.18.17"],
    verified: `linux-source-7.2 7.2.13-1, linux-source-7.3 7.3.4-1; vmlinuz of 7.0.4 to 7.3.4; config: ${NO_AVIC}`,
  },
  "debian-experimental": {
    release: "experimental, 7.3 release candidate",
    from: "7.3~rc7-1~exp1",
    matches: /^7\.3-(?:cloud-|rt-)?amd64$/u,
    answer: LINUX["6.18.17"],
    verified: `vmlinuz of 7.3-amd64 and 7.3-cloud-amd64, 7.3~rc7-1~exp1; config: ${NO_AVIC}`,
  },
  "debian-other": {
    release: "sid, experimental and backports, other kernels",
    matches:
      /^(?:\d+\.\d+\.\d+(?:\+(?:deb1\d|bpo)(?:[+.]\d+)?)?|\d+\.\d+(?:-rc\d+)?|6\.[3-6]\.0-(?:0\.deb12\.)?\d+)-(?:cloud-|rt-)?amd64$/u,
    answer: BY_POINT,
    inferred: `upstream's point releases; config up to 7.3: ${NO_AVIC}`,
  },
  "kali-6.1": {
    distribution: "Kali Linux",
    release: "6.1",
    matches: /^6\.1\.0-kali\d+-(?:cloud-|rt-)?amd64$/u,
    answer: { check: "unknown", likely: LINUX["6.2"], as: "Debian's kernels of that time" },
    otherwise: { when: "it is made from a release before 6.1.9", answer: NO_CHECK },
    unknown: "its number does not say the point release",
  },
  kali: {
    distribution: "Kali Linux",
    release: "any",
    matches: /^\d+\.\d+\.\d+(?:\+kali(?:[+.]\d+)?|-kali\d+)-(?:cloud-|rt-)?amd64$/u,
    answer: BY_POINT,
    inferred: `Debian's kernels, rebuilt: upstream's point releases, ${NO_AVIC}`,
  },
});

/** 6.1.N of each ABI number of Debian 12, from 1 on; where an ABI had two, the first. Source: changelog and package names. */
const POINTS = [
  4, 7, 8, 11, 12, 15, 20, 25, 27, 37, 38, 52, 55, 64, 66, 67, 69, 76, 82, 85, 90, 94, 98, 106, 106,
  112, 115, 119, 123, 124, 128, 129, 133, 135, 137, 139, 140, 147, 148, 153, 158, 159, 162, 164,
  170, 170, 170, 172, 174, 176, 177, 180, 187, 190, 192, 192,
] as const;

/** The upstream point release of a Debian 12 kernel, which its name does not hold; null where it is not known. */
export function debianPoint(release: string): string | null {
  const abi = /^6\.1\.0-(?:0\.deb11\.)?(?<abi>\d{1,4})-(?:cloud-|rt-)?amd64$/u.exec(release)
    ?.groups?.["abi"];
  const point = abi === undefined ? undefined : POINTS[Number(abi) - 1];
  return point === undefined ? null : `6.1.${point}`;
}
