import type { Behaviour } from "../catalog/behaviour";
import { LINUX, NO_CHECK } from "../catalog/behaviour";
import { family } from "./row";

/** Built as root of a container, whose name is 12 hex digits. */
const banner = /\(root@[\da-f]{12}\)/u;
const note =
  "The release is a plain upstream one: that the kernel is Kata's is inferred from where it was built.";
const derived =
  "kata-containers/kata-containers versions.yaml at every release's tag; its snp.conf sets AMD_MEM_ENCRYPT and SEV_GUEST, and nothing sets AMD_SECURE_AVIC";

/** Kata's kernels are upstream releases; only the banner shows where they were built. */
export const KATA = family("Kata Containers", null, {
  "kata-3.0": kernel("3.0 to 3.2 (5.19.2)", /^5\.19\.2$/u, NO_CHECK),
  "kata-3.3": kernel("3.3 to 3.12 (6.7)", /^6\.7(?:\.0)?$/u, LINUX["6.6"]),
  "kata-3.13": kernel("3.13 (6.12.8)", /^6\.12\.8$/u, LINUX["6.6"]),
  "kata-3.14": kernel("3.14 and 3.15 (6.12.13)", /^6\.12\.13$/u, LINUX["6.6"]),
  "kata-3.16": kernel("3.16 (6.12.22)", /^6\.12\.22$/u, LINUX["6.6"]),
  "kata-3.17": kernel("3.17 and 3.18 (6.12.28)", /^6\.12\.28$/u, LINUX["6.6"]),
  "kata-3.19": kernel("3.19 (6.12.36)", /^6\.12\.36$/u, LINUX["6.6"]),
  "kata-3.20": kernel("3.20 (6.16.1)", /^6\.16\.1$/u, LINUX["6.14"]),
  "kata-3.21": kernel("3.21 to 3.24 (6.16.7)", /^6\.16\.7$/u, LINUX["6.14"]),
  "kata-3.25": kernel("3.25 and 3.26 (6.18.5)", /^6\.18\.5$/u, LINUX["6.18"]),
  "kata-3.27": kernel("3.27 (6.18.12)", /^6\.18\.12$/u, LINUX["6.18"]),
  "kata-3.28": kernel("3.28 to 3.30 (6.18.15)", /^6\.18\.15$/u, LINUX["6.18"]),
  "kata-3.31": kernel("3.31 (6.18.28)", /^6\.18\.28$/u, LINUX["6.18.17"]),
  "kata-3.32": kernel("3.32 to 4.1 (6.18.35)", /^6\.18\.35$/u, LINUX["6.18.17"]),
});

/** The confidential kernel of some of Kata's releases. */
function kernel(release: string, matches: RegExp, answer: Behaviour) {
  return { release, matches, answer, banner, note, derived };
}
