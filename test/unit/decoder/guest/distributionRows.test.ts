import assert from "node:assert/strict";
import { check } from "../../../../src/decoder/guest/check";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../src/decoder/guest/profile";

/** What a kernel lacks of each SEV_STATUS value, written out by hand; null where it does not check. */
interface Expected {
  readonly outcome: "checks" | "undefined" | "not-reached";
  /** Of 0x87 (DebugSwap), 0x807 (SecureTSC), 0x40007 (SecureAVIC), 0x800007 (IBPBOnEntry), 0x8a007 (bits 13, 15, 19), 0x24307 (no code). */
  readonly lacks: readonly [bigint, bigint, bigint, bigint, bigint, bigint];
}

const VALUES = [0x87n, 0x807n, 0x40007n, 0x800007n, 0x8a007n, 0x24307n] as const;

const SETS = {
  "no SNP": { outcome: "undefined", lacks: [0x84n, 0x804n, 0x40004n, 0x4n, 0x8a004n, 0x4n] },
  "no check": { outcome: "undefined", lacks: [0x80n, 0x800n, 0x40000n, 0n, 0x8a000n, 0n] },
  "not reached": { outcome: "not-reached", lacks: [0n, 0n, 0n, 0n, 0n, 0n] },
  "A/0": { outcome: "checks", lacks: [0x80n, 0x800n, 0x40000n, 0x800000n, 0x8a000n, 0n] },
  "A/80": { outcome: "checks", lacks: [0n, 0x800n, 0x40000n, 0x800000n, 0x8a000n, 0n] },
  "B/80": { outcome: "checks", lacks: [0n, 0x800n, 0x40000n, 0n, 0x8a000n, 0n] },
  "A/880": { outcome: "checks", lacks: [0n, 0n, 0x40000n, 0x800000n, 0x8a000n, 0n] },
  "B/880": { outcome: "checks", lacks: [0n, 0n, 0x40000n, 0n, 0x8a000n, 0n] },
  "A/40880": { outcome: "checks", lacks: [0n, 0n, 0n, 0x800000n, 0x8a000n, 0n] },
  "B/40880": { outcome: "checks", lacks: [0n, 0n, 0n, 0n, 0x8a000n, 0n] },
} as const satisfies Readonly<Record<string, Expected>>;

type SetName = keyof typeof SETS;

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

/** Asserts what a kernel does with each value, on its first boot path. */
function assertDoes(profile: GuestProfile, set: SetName): void {
  const { outcome, lacks } = SETS[set];
  VALUES.forEach((value, index) => {
    const lacking = lacks[index] ?? 0n;
    const verdict = check(value, profile);
    const name = `${profile.label}, 0x${value.toString(16)}`;
    assert.equal(verdict.unsupported, lacking, name);
    const bad = outcome === "undefined" ? "undefined" : "refuses";
    const good = outcome === "not-reached" ? "not-reached" : "boots";
    assert.equal(verdict.outcome, lacking === 0n ? good : bad, name);
  });
}

const KATA = (release: string) =>
  `Linux version ${release} (root@637f067c5f7d) (gcc (Ubuntu 11.3.0-1ubuntu1~22.04.1) 11.3.0) #1 SMP`;

/** Name or banner, its distribution, what it does, and how that is known. */
const KERNELS: readonly (readonly [string, string, SetName, string])[] = [
  // Fedora: Secure AVIC since 9 October 2025.
  ["6.17.10-300.fc43.x86_64", "Fedora", "A/880", "verified"],
  ["6.18.3-200.fc43.x86_64", "Fedora", "A/40880", "verified"],
  ["6.18.16-200.fc43.x86_64", "Fedora", "A/40880", "verified"],
  ["6.18.17-200.fc43.x86_64", "Fedora", "B/40880", "verified"],
  ["6.19.0-300.fc44.x86_64", "Fedora", "A/40880", "verified"],
  ["6.19.6-300.fc44.x86_64", "Fedora", "A/40880", "verified"],
  ["6.19.7-300.fc44.x86_64+debug", "Fedora", "B/40880", "verified"],
  ["7.0.4-200.fc44.x86_64", "Fedora", "B/40880", "verified"],
  ["7.2.0-61.fc45.x86_64+rt", "Fedora", "B/40880", "verified"],
  ["6.18.0-0.rc0.251001g50c19e20ed2e.4.fc44.x86_64", "Fedora", "A/880", "derived"],
  ["6.18.0-0.rc0.251008g0d97f2067c16.11.fc44.x86_64", "Fedora", "A/880", "derived"],
  ["6.18.0-0.rc0.251009gec714e371f22f.12.fc44.x86_64", "Fedora", "A/40880", "verified"],
  ["6.18.0-0.rc3.29.fc44.x86_64", "Fedora", "A/40880", "verified"],
  ["6.19.0-0.rc8.57.fc44.x86_64", "Fedora", "A/40880", "verified"],
  ["7.0.0-0.rc2.25.fc45.x86_64", "Fedora", "A/40880", "verified"],
  ["7.0.0-0.rc3.30.fc45.x86_64", "Fedora", "B/40880", "verified"],
  ["7.2.0-0.rc6.260808g0123456789ab.44.fc46.x86_64", "Fedora", "B/40880", "verified"],
  // Arch Linux, its other kernels, and what is made like it.
  ["6.17.9-arch1-1", "Arch Linux", "A/880", "inferred"],
  ["6.18.2-arch2-1", "Arch Linux", "A/40880", "inferred"],
  ["6.18.20-arch1-1", "Arch Linux", "B/40880", "inferred"],
  ["6.19.6-arch1-1", "Arch Linux", "A/40880", "inferred"],
  ["6.19.9-arch1-1", "Arch Linux", "B/40880", "inferred"],
  ["7.0.3-arch1-2", "Arch Linux", "B/40880", "inferred"],
  ["7.0.12-zen1-1-zen", "Arch Linux", "B/880", "inferred"],
  ["6.12.48-1-lts", "Arch Linux", "A/80", "inferred"],
  ["6.19.10-hardened1-1-hardened", "Arch Linux", "B/880", "inferred"],
  ["6.5.2.8.realtime1-1-rt", "Arch Linux", "A/0", "inferred"],
  ["6.18.18-1-MANJARO", "Manjaro", "B/880", "inferred"],
  ["6.12.63-1-rt13-MANJARO", "Manjaro", "A/80", "inferred"],
  ["6.17.1-2-cachyos", "CachyOS", "A/880", "verified"],
  ["6.18.3-2-cachyos-lts", "CachyOS", "A/40880", "verified"],
  ["6.18.17-1-cachyos-hardened", "CachyOS", "B/40880", "verified"],
  ["6.19.0-2-cachyos", "CachyOS", "A/40880", "verified"],
  ["6.19.8-1-cachyos-bore-lto", "CachyOS", "B/40880", "verified"],
  ["7.0.10-1-cachyos", "CachyOS", "B/40880", "verified"],
  ["7.1.6-1-cachyos", "CachyOS", "B/40880", "verified"],
  ["7.1.0-rc7-1-cachyos-rc", "CachyOS", "B/40880", "verified"],
  // Debian, and Kali, which rebuilds it.
  ["7.3-amd64", "Debian", "B/880", "verified"],
  ["7.3-cloud-amd64", "Debian", "B/880", "verified"],
  ["7.2-rc3-amd64", "Debian", "B/880", "inferred"],
  ["6.10.11+bpo-amd64", "Debian", "A/80", "inferred"],
  ["6.5.0-0.deb12.4-amd64", "Debian", "A/0", "inferred"],
  ["6.16.12+deb14-amd64", "Debian", "A/880", "verified"],
  ["6.18.9+deb14-amd64", "Debian", "A/880", "verified"],
  ["6.19.14+deb13-amd64", "Debian", "B/880", "verified"],
  ["7.1.13+deb14-amd64", "Debian", "B/880", "verified"],
  ["7.3.4+deb14-cloud-amd64", "Debian", "B/880", "verified"],
  ["6.12.100+deb12-cloud-amd64", "Debian", "B/80", "verified"],
  ["6.12.118+deb13-amd64", "Debian", "B/80", "verified"],
  ["6.16.8+kali-amd64", "Kali Linux", "A/880", "inferred"],
  ["6.19.14+kali-amd64", "Kali Linux", "B/880", "inferred"],
  ["7.1.5+kali-amd64", "Kali Linux", "B/880", "inferred"],
  ["6.5.0-kali3-amd64", "Kali Linux", "A/0", "inferred"],
  ["6.1.0-kali9-amd64", "Kali Linux", "A/0", "unknown"],
  // Talos: none before 6.12.36.
  ["6.6.54-talos", "Talos", "no SNP", "verified"],
  ["6.12.30-talos", "Talos", "no SNP", "verified"],
  ["6.12.35-talos", "Talos", "no SNP", "verified"],
  ["6.12.38-talos", "Talos", "A/80", "derived"],
  ["6.12.77-talos", "Talos", "A/80", "derived"],
  ["6.12.80-talos", "Talos", "B/80", "inferred"],
  ["6.16.4-talos", "Talos", "A/880", "derived"],
  ["6.17.9-talos", "Talos", "A/880", "derived"],
  ["6.18.1-talos", "Talos", "A/880", "derived"],
  ["6.18.16-talos", "Talos", "A/880", "derived"],
  ["6.18.42-talos", "Talos", "B/880", "derived"],
  // Flatcar: none on every channel.
  ["5.15.192-flatcar", "Flatcar", "no SNP", "verified"],
  ["6.6.113-flatcar", "Flatcar", "no SNP", "verified"],
  ["6.12.103-flatcar", "Flatcar", "no SNP", "verified"],
  // Azure Linux: the root partition's kernel has none, the Kata guest's of the same form has.
  ["6.6.57.mshv4-1.azl3", "Azure Linux", "no SNP", "verified"],
  ["6.6.135.mshv2-1.azl3", "Azure Linux", "no SNP", "verified"],
  ["6.6.96.mshv1-1.azl3", "Azure Linux", "A/80", "derived"],
  ["6.6.137.mshv1-1.azl3", "Azure Linux", "B/80", "verified"],
  ["6.1.58.mshv4-1.cm2", "Azure Linux", "A/0", "verified"],
  ["6.6.126.1-1.azl3", "Azure Linux", "A/80", "derived"],
  ["6.6.134.1-2.azl3", "Azure Linux", "B/80", "derived"],
  ["6.12.83.1-1.azl3", "Azure Linux", "B/80", "verified"],
  ["6.18.21.1-1.azl3", "Azure Linux", "B/880", "verified"],
  ["6.18.5-1.8.azl4", "Azure Linux", "A/880", "verified"],
  ["6.18.5-1.8.azl4.x86_64", "Azure Linux", "A/880", "verified"],
  ["6.18.31-1.12.azl4.x86_64", "Azure Linux", "B/880", "verified"],
  // OpenHCL's kernels are loaded as ELF.
  ["6.6.51.1", "OpenHCL", "not reached", "inferred"],
  ["6.12.52.11", "OpenHCL", "not reached", "inferred"],
  ["6.18.0.7", "OpenHCL", "not reached", "inferred"],
  ["6.18.37.4", "OpenHCL", "not reached", "inferred"],
  // Ubuntu 7.0, and who builds it too.
  ["7.0.0-29-generic", "Ubuntu", "B/40880", "inferred"],
  ["7.0.0-1012-aws", "Ubuntu", "B/40880", "inferred"],
  ["7.0.14-9-pve", "Proxmox VE", "B/40880", "inferred"],
  ["6.17.13-20-pve", "Proxmox VE", "A/880", "inferred"],
  [
    "Linux version 7.0.0-28-generic (tinfoil@tinfoil-builder) (gcc 15.2.0) #28 SMP PREEMPT_DYNAMIC",
    "Tinfoil CVM",
    "B/40880",
    "derived",
  ],
  // Kata's, by where they were built.
  [KATA("5.19.2"), "Kata Containers", "no check", "derived"],
  [KATA("6.7.0"), "Kata Containers", "A/80", "derived"],
  [KATA("6.12.8"), "Kata Containers", "A/80", "derived"],
  [KATA("6.12.13"), "Kata Containers", "A/80", "derived"],
  [KATA("6.12.22"), "Kata Containers", "A/80", "derived"],
  [KATA("6.12.28"), "Kata Containers", "A/80", "derived"],
  [KATA("6.12.36"), "Kata Containers", "A/80", "derived"],
  [KATA("6.16.1"), "Kata Containers", "A/880", "derived"],
  [KATA("6.16.7"), "Kata Containers", "A/880", "derived"],
  [KATA("6.18.5"), "Kata Containers", "A/880", "derived"],
  [KATA("6.18.12"), "Kata Containers", "A/880", "derived"],
  [KATA("6.18.15"), "Kata Containers", "A/880", "derived"],
  [KATA("6.18.28"), "Kata Containers", "B/880", "derived"],
  [KATA("6.18.35"), "Kata Containers", "B/880", "derived"],
  // Others that follow upstream.
  [
    "Linux version 6.12.103 (user@host) (gcc (GCC) 14.2.0) #1 SMP",
    "Oak Containers",
    "B/80",
    "inferred",
  ],
  ["6.18.7-dstack", "dstack", "A/880", "inferred"],
  ["6.18.20-dstack", "dstack", "B/880", "inferred"],
  ["6.11.1-0.hs1.hsx.el9.x86_64", "CentOS Hyperscale", "A/80", "inferred"],
  ["6.7.1-0.hs1.hsx.el9.x86_64", "CentOS Hyperscale", "A/80", "inferred"],
  ["6.18.1-1.el9.elrepo.x86_64", "ELRepo", "A/880", "inferred"],
  ["6.12.0-1.el10.elrepo.x86_64", "ELRepo", "A/80", "inferred"],
  ["7.0.5-gentoo-dist", "Gentoo", "B/880", "inferred"],
  ["6.18.29-p2-gentoo-dist", "Gentoo", "B/880", "inferred"],
  ["6.6.58-gentoo-r1-x86_64", "Gentoo", "A/80", "inferred"],
  ["6.18.22-0-virt", "Alpine Linux", "B/880", "inferred"],
  ["6.12.13-0-lts", "Alpine Linux", "A/80", "inferred"],
  [
    "Linux version 6.18.18 (nixbld@localhost) (gcc (GCC) 15.2.0) #1-NixOS SMP PREEMPT_DYNAMIC Fri Mar 13",
    "NixOS",
    "B/880",
    "inferred",
  ],
  ["5.4.17-2136.315.5.el8uek.x86_64", "Oracle Linux UEK", "no SNP", "inferred"],
  ["4.14.35-2047.510.5.5.el7uek.x86_64", "Oracle Linux UEK", "no SNP", "inferred"],
  ["4.19.128-microsoft-standard", "WSL2", "no SNP", "verified"],
  ["5.4.72-microsoft-standard-WSL2", "WSL2", "no SNP", "verified"],
  ["5.15.167.4-microsoft-standard-WSL2+", "WSL2", "no SNP", "verified"],
  ["6.6.87.2-microsoft-standard-WSL2", "WSL2", "A/80", "derived"],
  ["6.18.33.2-microsoft-standard-WSL2", "WSL2", "B/880", "verified"],
  // RHEL: what changelogs settle, and what they do not.
  ["5.14.0-611.36.1.el9_7.x86_64", "RHEL", "A/80", "inferred"],
  ["6.12.0-211.16.1.el10_2.0.1.x86_64", "RHEL", "A/80", "unknown"],
  ["6.12.0-211.61.1.el10_2.x86_64_v2", "RHEL", "A/80", "unknown"],
];

describe("distributions' kernels", () => {
  for (const [text, distribution, set, mark] of KERNELS) {
    it(`${text.slice(0, 70)}: ${distribution}, ${set}, ${mark}`, () => {
      const profile = guest(text);
      assert.equal(profile.distribution?.distribution, distribution);
      assert.equal(profile.verification, mark);
      assertDoes(profile, set);
    });
  }

  it("are the same in a banner, in `uname -a` and with a row's name behind a hypervisor's", () => {
    for (const [name, distribution, set] of KERNELS.filter(([text]) => !text.includes(" "))) {
      const copied = [
        `[    0.000000] Linux version ${name} (builder@build-1) (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC`,
        `Linux host-1 ${name} #1 SMP PREEMPT_DYNAMIC Mon Jan 1 00:00:00 UTC 2026 x86_64 GNU/Linux`,
        `${name} #1 SMP PREEMPT_DYNAMIC`,
      ];
      for (const text of copied) {
        const profile = guest(text);
        assert.equal(profile.distribution?.distribution, distribution, text);
        assertDoes(profile, set);
      }
    }
  });

  it("say what holds with the option that nobody has looked up, and only for a value with its bit", () => {
    const otherwise = (name: string) => guest(name).otherwise?.when ?? "";
    const option = /CONFIG_AMD_SECURE_AVIC/u;
    for (const name of ["7.0.12-zen1-1-zen", "7.1.3-1-MANJARO", "7.0.5-gentoo", "7.1.8-1-default"])
      assert.match(otherwise(name), option, name);
    assert.match(otherwise("6.18.9-something-else"), option);
    for (const name of ["6.12.48-1-lts", "7.1.6-1-cachyos", "7.1.5+kali-amd64", "6.18.9", "7.3.4"])
      assert.doesNotMatch(otherwise(name), option, name);
    assert.match(otherwise("7.0.0-29-generic"), /without CONFIG_AMD_SECURE_AVIC/u);
    assert.match(otherwise("6.6.137.mshv1-1.azl3"), /vmlinux\.bin/u);
  });
});

describe("names that look alike", () => {
  /** Name, and whose it is: null for nobody's. */
  const NEAR: readonly (readonly [string, string | null])[] = [
    ["7.3-arm64", null],
    ["7.3-amd64-custom", null],
    ["6.13.1-sev-snp-amd64", null],
    ["6.12.6-1-liquorix-amd64", null],
    ["6.18.5-1.8.azl3.x86_64", null],
    ["6.18.5-1.8.azl", null],
    ["6.12.4-cachyos", null],
    ["7.0.10-1-cachy", null],
    ["7.0.10-1-cachyos2", null],
    ["6.18.2-arch2-1-surface", null],
    ["6.18.2-zen", null],
    ["6.18.2-zen1-1-lts", null],
    ["6.12.4-1-manjaro", null],
    ["6.16.8+kali1amd64", null],
    ["6.18.7-dstack2", null],
    ["6.11.1-0.hs.el9.x86_64", null],
    ["6.17.7-ba14.fc43.x86_64", null],
    ["6.16.4-116.bazzite.fc42.x86_64", null],
    ["7.0.0-28-tinfoil", null],
    ["6.6.58-gentooish", null],
    ["6.12.13-virt", null],
    ["6.12.77-talos-custom", null],
    ["6.6.87.2-microsoft-custom-WSL2", null],
    ["4.4.0-19041-Microsoft", null],
    ["6.10.51.2", null],
    ["6.12.103", null],
    ["6.18.35", null],
    ["5.15.0-206.153.7.el8uek.x86_64", "Oracle Linux UEK"],
    ["5.14.0-258.hs2.hsx.el9.x86_64", "RHEL"],
    ["6.12.13-1-lts", "Arch Linux"],
    ["Linux version 7.0.0-28-generic (buildd@lcy02-amd64-041) (gcc) #28-Ubuntu SMP", "Ubuntu"],
    ["Linux version 6.12.103 (user@hosting) (gcc) #1 SMP", null],
    ["Linux version 6.12.28 (root@builder) (gcc) #1 SMP", null],
    ["Linux version 6.18.18 (nixbld@localhost) (gcc) #1 SMP", null],
  ];
  for (const [text, distribution] of NEAR) {
    it(`${text.slice(0, 70)}: ${distribution ?? "nobody's"}`, () => {
      assert.equal(guest(text).distribution?.distribution ?? null, distribution);
    });
  }
});

describe("upstream's releases from 6.1 on", () => {
  /** The last release of each branch that has ended, and the last ones read of the living ones. */
  const LAST: readonly (readonly [string, SetName])[] = [
    ["6.1.8", "no check"],
    ["6.1.80", "A/0"],
    ["6.2.16", "A/0"],
    ["6.3.13", "A/0"],
    ["6.4.16", "A/0"],
    ["6.5.13", "A/0"],
    ["6.6.129", "A/80"],
    ["6.6.151", "B/80"],
    ["6.7.12", "A/80"],
    ["6.8.12", "A/80"],
    ["6.9.12", "A/80"],
    ["6.10.14", "A/80"],
    ["6.11.11", "A/80"],
    ["6.12.77", "A/80"],
    ["6.12.118", "B/80"],
    ["6.13.12", "A/80"],
    ["6.14.11", "A/880"],
    ["6.15.11", "A/880"],
    ["6.16.12", "A/880"],
    ["6.17.13", "A/880"],
    ["6.18.16", "A/880"],
    ["6.18.45", "B/880"],
    ["6.19.6", "A/880"],
    ["6.19.14", "B/880"],
    ["7.0.13", "B/880"],
    ["7.1.13", "B/880"],
    ["7.2.13", "B/880"],
    ["7.3.4", "B/880"],
  ];
  for (const [release, set] of LAST) {
    it(`${release} is known, not assumed: ${set}`, () => {
      const profile = guest(release);
      assert.equal(profile.assumption, null);
      assert.ok(["verified", "derived"].includes(profile.verification), profile.verification);
      assert.doesNotMatch(profile.notes.join(" "), /unverified|likely/u);
      assertDoes(profile, set);
    });
  }
});
