import { LINUX, NO_CHECK } from "../catalog/behaviour";
import { family } from "./row";

const VERSIONS = "kata-containers/kata-containers versions.yaml @";
/** Built as root of a container, whose name is 12 hex digits. */
const banner = /\(root@[\da-f]{12}\)/u;
const note =
  "The release is a plain upstream one: that the kernel is Kata's is inferred from where it was built.";

/** Kata's kernels are upstream releases; only the banner shows where they were built. */
export const KATA = family("Kata Containers", null, {
  "kata-3.2": {
    release: "3.2 and 3.3 (5.19.2)",
    from: "3.2.0-alpha3",
    matches: /^5\.19\.2$/u,
    answer: NO_CHECK,
    inferred: `${VERSIONS} 6fd25968c6, 990a3adf39`,
  },
  "kata-3.6": {
    release: "3.6 to 3.12 (6.7)",
    from: "3.6.0",
    matches: /^6\.7(?:\.0)?$/u,
    answer: LINUX["6.6"],
    inferred: `${VERSIONS} 82a1892d34, 2068801b80`,
  },
  "kata-3.18": {
    release: "3.18 (6.12.28)",
    from: "3.18.0",
    matches: /^6\.12\.28$/u,
    answer: LINUX["6.6"],
    inferred: `${VERSIONS} e2b93fff3f`,
  },
  "kata-3.21": {
    release: "3.21 to 3.24 (6.16.7)",
    from: "3.21.0",
    matches: /^6\.16\.7$/u,
    answer: LINUX["6.14"],
    inferred: `${VERSIONS} c4e352f7ff, b27a80b800`,
  },
  "kata-3.28": {
    release: "3.28 (6.18.15)",
    from: "3.28.0",
    matches: /^6\.18\.15$/u,
    answer: LINUX["6.18"],
    inferred: `${VERSIONS} 0cf3243801`,
  },
  "kata-3.32": {
    release: "3.32 and 4.0 (6.18.35)",
    from: "3.32.0",
    matches: /^6\.18\.35$/u,
    answer: LINUX["6.18.17"],
    inferred: `${VERSIONS} ffcc42d984, b3cfbdaa0e; its snp.conf does not set AMD_SECURE_AVIC`,
  },
}).map((row) => ({ ...row, banner, note }));
