import { LINUX, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import { BY_POINT, IF_IBPB_WAS_TAKEN, IF_IBPB_WAS_TAKEN_BY_6_17, family } from "./row";

const PVE =
  "proxmox/pve-kernel changelog @ 6e44995b70ad: Ubuntu's kernel of the series, no SEV patch";
const AVIC_UNKNOWN = "Whether it sets CONFIG_AMD_SECURE_AVIC is not known.";

const FEDORA_AND_OTHERS = family("Fedora", null, {
  "fedora-rawhide": {
    release: "Rawhide, release candidates",
    matches: /^\d+\.\d+\.\d+-0\.rc\d+\.[\w.]+fc\d+(?:\.|$)/u,
    answer: BY_POINT,
    inferred: "the release names upstream's candidate and commit",
    note: AVIC_UNKNOWN,
  },
  fedora: {
    release: "any, Fedora CoreOS too",
    matches: /^\d+\.\d+\.\d+-[1-9]\d*\.fc\d+(?:\.|$)/u,
    answer: BY_POINT,
    inferred: "coreos/fedora-coreos-config manifests: upstream's point releases",
    note: "From 6.18 on it is not known whether Fedora sets CONFIG_AMD_SECURE_AVIC.",
  },
  constellation: {
    distribution: "Constellation",
    release: "any",
    matches: /^\d+\.\d+\.\d+-\d+\.constellation(?:\.|$)/u,
    answer: BY_POINT,
    inferred: "edgelesssys/constellation: upstream's long-term releases",
  },
  arch: {
    distribution: "Arch Linux",
    release: "linux and linux-lts",
    matches: /^\d+\.\d+(?:\.\d+)?-(?:arch\d+-\d+|\d+-lts)$/u,
    answer: BY_POINT,
    inferred: "upstream's point releases",
    note: AVIC_UNKNOWN,
  },
  amdese: {
    distribution: "AMDESE",
    release: "snp-guest and snp-host branches",
    matches: /^\d+\.\d+(?:\.\d+)?(?:-rc\d+)?-snp-(?:guest|host)-[\da-f]{12}$/u,
    answer: BY_POINT,
    inferred: "AMDESE/AMDSEV issues 97, 151 and 226",
    note: "A branch of AMD's own may have more than the release it is named after, or less.",
  },
});

const PROXMOX = family("Proxmox VE", /^\d+\.\d+\.\d+-\d+(?:-bpo\d+)?-pve$/u, {
  "proxmox-5.15": {
    release: "7 (5.4 to 5.15)",
    matches: /^5\.(?:4|11|13|15)\./u,
    answer: NO_SNP,
    inferred: PVE,
  },
  "proxmox-5.19": { release: "7 (5.19)", matches: /^5\.19\./u, answer: NO_CHECK, inferred: PVE },
  "proxmox-6.5": {
    release: "8 (6.2 and 6.5)",
    matches: /^6\.[25]\./u,
    answer: LINUX["6.2"],
    inferred: PVE,
  },
  "proxmox-6.8": {
    release: "8 (6.8 and 6.11)",
    matches: /^6\.(?:8|11)\./u,
    answer: LINUX["6.6"],
    otherwise: IF_IBPB_WAS_TAKEN,
    inferred: PVE,
  },
  "proxmox-6.17": {
    release: "8 and 9 (6.14 and 6.17)",
    matches: /^6\.1[47]\./u,
    answer: LINUX["6.14"],
    otherwise: IF_IBPB_WAS_TAKEN_BY_6_17,
    inferred: PVE,
  },
  "proxmox-7.0": {
    release: "9 (7.0)",
    matches: /^7\.0\./u,
    answer: LINUX["6.18.17"],
    inferred: PVE,
    note: AVIC_UNKNOWN,
  },
  proxmox: { release: "other series", answer: BY_POINT, inferred: PVE },
});

/** Distributions that follow upstream, and Proxmox VE, which follows Ubuntu. */
export const UPSTREAM_BUILDS: readonly DistributionRow[] = [...FEDORA_AND_OTHERS, ...PROXMOX];
