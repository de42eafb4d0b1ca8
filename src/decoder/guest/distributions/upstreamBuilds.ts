import { LINUX, LINUX_6_18_17_WITH_AVIC, NO_CHECK, NO_SNP } from "../catalog/behaviour";
import type { DistributionRow } from "./row";
import {
  BY_POINT,
  BY_POINT_AVIC_UNKNOWN,
  BY_POINT_WITH_AVIC,
  IF_IBPB_WAS_TAKEN,
  IF_IBPB_WAS_TAKEN_BY_6_17,
  IF_WITHOUT_AVIC,
  family,
} from "./row";

const FEDORA_CONFIG =
  "ClangBuiltLinux/rpms_kernel, a copy of Fedora's, every commit of rawhide and f42 to f44 to August 2026: CONFIG_AMD_SECURE_AVIC=y since 6.18.0-0.rc0.251009gec714e371f22f.12";
const PVE =
  "proxmox/pve-kernel, all branches, August 2026: Ubuntu's kernel of the series, no SEV patch, its options untouched";

const FEDORA = family("Fedora", null, {
  "fedora-rawhide-6.18-rc0": {
    release: "Rawhide, 6.18-rc0 before 9 October 2025",
    from: "6.18.0-0.rc0.251001",
    matches: /^6\.18\.0-0\.rc0\.25100[1-8]g[\da-f]{12}\.\d+\.fc\d+(?:\.|$)/u,
    answer: LINUX["6.18"],
    derived: FEDORA_CONFIG,
  },
  "fedora-rawhide": {
    release: "Rawhide, release candidates",
    matches: /^\d+\.\d+\.\d+-0\.rc\d+\.[\w.]+fc\d+(?:\.|$)/u,
    answer: BY_POINT_WITH_AVIC,
    verified: FEDORA_CONFIG,
  },
  fedora: {
    release: "any, Fedora CoreOS too",
    matches: /^\d+\.\d+\.\d+-[1-9]\d*\.fc\d+(?:\.|$)/u,
    answer: BY_POINT_WITH_AVIC,
    verified: `${FEDORA_CONFIG}; coreos/fedora-coreos-config manifests (upstream's point releases)`,
  },
  constellation: {
    distribution: "Constellation",
    release: "any",
    matches: /^\d+\.\d+\.\d+-\d+\.constellation(?:\.|$)/u,
    answer: BY_POINT,
    inferred: "edgelesssys/constellation: upstream's long-term releases, the last one 6.6.87",
    note: "Constellation is no longer maintained (notice of January 2026).",
  },
});

const OTHERS = family("AMDESE", null, {
  amdese: {
    release: "snp-guest and snp-host branches",
    matches: /^\d+\.\d+(?:\.\d+)?(?:-rc\d+)?-snp-(?:guest|host)-[\da-f]{12}$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "AMDESE/AMDSEV issues 97, 151 and 226",
    note: "A branch of AMD's own may have more than the release it is named after, or less.",
  },
  dstack: {
    distribution: "dstack",
    release: "0.6 (6.18)",
    from: "6.18.7",
    matches: /^6\.18\.\d+-dstack$/u,
    answer: BY_POINT,
    inferred:
      "Dstack-TEE/meta-dstack main, July 2026: linux-yocto 6.18 with sev-snp.scc, AMD_SECURE_AVIC not mentioned",
  },
  oak: {
    distribution: "Oak Containers",
    release: "any",
    // Its build sets both names, so that the kernel is reproducible.
    matches: /^6\.(?:9|12)\.\d+$/u,
    banner: /\(user@host\)/u,
    answer: BY_POINT,
    inferred:
      "project-oak/oak oak_containers/kernel @ 578b95116b: AMD_MEM_ENCRYPT=y, SEV_GUEST=y (6.12.103); kernel-common.nix builds as user@host",
  },
  gentoo: {
    distribution: "Gentoo",
    release: "any",
    matches: /^\d+\.\d+\.\d+(?:-p\d+)?-gentoo(?:-[\w.-]+)?$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "upstream's point releases; who builds it configures it",
  },
  alpine: {
    distribution: "Alpine Linux",
    release: "lts, virt, edge and stable",
    matches: /^\d+\.\d+\.\d+-(?:\d+-virt|0-(?:lts|edge|stable))$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "upstream's point releases",
  },
  nixos: {
    distribution: "NixOS",
    release: "any",
    matches: /^\d+\.\d+\.\d+$/u,
    banner: /\(nixbld@[^)]*\).* #\d+-NixOS /u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: "upstream's point releases",
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
    answer: LINUX_6_18_17_WITH_AVIC,
    otherwise: IF_WITHOUT_AVIC,
    inferred: `${PVE}: 7.0.14-9 is Ubuntu's 7.0.0-31.31`,
  },
  proxmox: { release: "other series", answer: BY_POINT_AVIC_UNKNOWN, inferred: PVE },
});

/** Distributions that follow upstream, and Proxmox VE, which follows Ubuntu. */
export const UPSTREAM_BUILDS: readonly DistributionRow[] = [...FEDORA, ...OTHERS, ...PROXMOX];
