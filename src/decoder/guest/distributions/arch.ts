import type { DistributionRow } from "./row";
import { BY_POINT_AVIC_UNKNOWN, BY_POINT_WITH_AVIC, family } from "./row";

const POINTS = "upstream's point releases";

const ARCH = family("Arch Linux", null, {
  arch: {
    release: "linux",
    matches: /^\d+\.\d+(?:\.\d+)?-arch\d+-\d+$/u,
    answer: BY_POINT_WITH_AVIC,
    inferred: `${POINTS}; linux-surface/linux-surface pkg/arch/kernel/config, a copy of 6.18.2-arch2: CONFIG_AMD_SECURE_AVIC=y`,
    note: "Of the configuration only that of 6.18.2-arch2 was seen.",
  },
  "arch-other": {
    release: "linux-lts, linux-zen, linux-hardened and linux-rt",
    matches:
      /^\d+\.\d+(?:\.\d+)?(?:-[1-9]\d*-lts|-zen\d+-\d+-zen|-hardened\d+-\d+-hardened|\.\d+\.realtime\d+-\d+-rt(?:-lts)?)$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: POINTS,
  },
  manjaro: {
    distribution: "Manjaro",
    release: "any",
    matches: /^\d+\.\d+\.\d+-\d+-(?:rt\d+-)?MANJARO(?:-RT)?$/u,
    answer: BY_POINT_AVIC_UNKNOWN,
    inferred: POINTS,
  },
});

const CACHYOS = family("CachyOS", null, {
  cachyos: {
    release: "any",
    matches: /^\d+\.\d+\.\d+(?:-rc\d+)?-\d+-cachyos(?:-[a-z]+)*$/u,
    answer: BY_POINT_WITH_AVIC,
    verified:
      "CachyOS/linux-cachyos, configuration of every flavour and its history to August 2026: AMD_MEM_ENCRYPT=y, AMD_SECURE_AVIC=y since 6.18-rc1",
  },
});

/** Arch Linux, and what is made like it. */
export const ARCH_AND_OTHERS: readonly DistributionRow[] = [...ARCH, ...CACHYOS];
