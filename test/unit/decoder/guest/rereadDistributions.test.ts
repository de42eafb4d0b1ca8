import assert from "node:assert/strict";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../src/decoder/guest/profile";

/** Kernels by their short answers: what they require, and which features they have code for. */
const ANSWERS = {
  none: "no check",
  "6.12": "0xfffffffffffdbcf8 0x80",
  "6.12 with IBPB": "0xffffffffff7dbcf8 0x80",
  "6.18": "0xfffffffffffdbcf8 0x880",
  "6.18 with IBPB": "0xffffffffff7dbcf8 0x880",
  "with Secure AVIC": "0xfffffffffffdbcf8 0x40880",
  "with Secure AVIC and IBPB": "0xffffffffff7dbcf8 0x40880",
} as const;

function answerOf({ check }: GuestProfile): string {
  return check === null
    ? ANSWERS.none
    : `0x${check.required.toString(16)} 0x${check.implemented.toString(16)}`;
}

/**
 * Each change to a distribution's kernels that a second reading of their sources brought, on both sides where it has
 * a border.
 */
const KERNELS: readonly (readonly [keyof typeof ANSWERS, string, readonly string[]])[] = [
  ["with Secure AVIC", "Fedora", ["6.18.16-200.fc43.x86_64", "6.19.6-200.fc43.x86_64"]],
  [
    "with Secure AVIC and IBPB",
    "Fedora",
    ["6.18.17-200.fc43.x86_64", "6.19.7-200.fc43.x86_64", "7.0.4-200.fc44.x86_64"],
  ],
  ["6.18", "Fedora", ["6.18.0-0.rc0.251008g0123456789ab.11.fc44.x86_64"]],
  [
    "with Secure AVIC",
    "Fedora",
    [
      "6.18.0-0.rc0.251009gec714e371f22.12.fc44.x86_64",
      "6.19.0-0.rc5.41.fc44.x86_64",
      "7.0.0-0.rc2.20.fc45.x86_64",
    ],
  ],
  [
    "with Secure AVIC and IBPB",
    "Fedora",
    ["7.0.0-0.rc3.30.fc45.x86_64", "7.2.0-0.rc6.50.fc45.x86_64"],
  ],
  ["with Secure AVIC", "Arch Linux", ["6.18.16-arch1-1", "6.19.6-arch1-1"]],
  [
    "with Secure AVIC and IBPB",
    "Arch Linux",
    ["6.18.17-arch1-1", "6.19.7-arch1-1", "7.0.3-arch1-1"],
  ],
  ["6.12", "CachyOS", ["6.12.20-2-cachyos"]],
  ["with Secure AVIC", "CachyOS", ["6.18.16-2-cachyos", "6.19.6-2-cachyos"]],
  [
    "with Secure AVIC and IBPB",
    "CachyOS",
    ["6.18.17-2-cachyos-lto", "6.19.7-2-cachyos", "7.0.3-2-cachyos"],
  ],
  [
    "6.18 with IBPB",
    "Debian",
    ["7.3-amd64", "7.3-cloud-amd64", "6.19.8+deb13-amd64", "7.1.13+deb14-cloud-amd64"],
  ],
  ["6.12 with IBPB", "Debian", ["6.12.118+deb13-amd64", "6.12.86+deb12-cloud-amd64"]],
  ["none", "Talos", ["6.12.6-talos", "6.12.35-talos"]],
  ["6.12", "Talos", ["6.12.37-talos"]],
  ["6.18", "Talos", ["6.16.2-talos", "6.17.4-talos", "6.18.16-talos"]],
  ["6.18 with IBPB", "Talos", ["6.18.17-talos"]],
  ["none", "Flatcar", ["5.15.100-flatcar", "6.6.88-flatcar", "6.12.40-flatcar"]],
  ["none", "Azure Linux", ["6.6.57.mshv4-1.azl3", "6.6.121.mshv1-2.azl3"]],
  ["6.12", "Azure Linux", ["6.6.96.mshv1-1.azl3"]],
  ["6.18 with IBPB", "Azure Linux", ["6.18.20.1-1.azl3"]],
  ["6.18", "Azure Linux", ["6.18.5-1.1.azl4.x86_64"]],
  ["none", "OpenHCL", ["6.6.51.1", "6.12.52.3", "6.18.37.1"]],
  [
    "with Secure AVIC and IBPB",
    "Tinfoil",
    ["Linux version 7.0.0-28-generic (tinfoil@tinfoil-builder) (gcc 15.2.0) #1 SMP"],
  ],
  ["with Secure AVIC and IBPB", "Ubuntu", ["7.0.0-14-generic"]],
  ["with Secure AVIC and IBPB", "Proxmox VE", ["7.0.14-9-pve"]],
  ["6.18", "dstack", ["6.18.7-dstack"]],
  ["6.12", "CentOS Hyperscale", ["6.11.1-0.hs1.hsx.el9.x86_64"]],
  ["6.12", "RHEL", ["5.14.0-611.38.1.el9_7.x86_64", "6.12.0-211.38.1.el10_2.x86_64"]],
];

describe("distributions' kernels, read a second time", () => {
  for (const [answer, distribution, releases] of KERNELS)
    for (const release of releases)
      it(`${distribution}: ${release} is as ${answer}`, () => {
        const profile = guestProfile(release);
        assert.ok(profile !== null);
        assert.ok(profile.distribution?.distribution.startsWith(distribution), profile.row);
        assert.equal(answerOf(profile), ANSWERS[answer]);
      });

  // Upstream's releases, which are Kata's or Oak's only by their builders.
  const plain: readonly (readonly [keyof typeof ANSWERS, readonly string[]])[] = [
    ["none", ["5.19.2"]],
    ["6.12", ["6.7", "6.12.8", "6.12.13", "6.12.22", "6.12.28", "6.12.36"]],
    ["6.18", ["6.16.1", "6.16.7", "6.18.5", "6.18.12", "6.18.15"]],
    ["6.18 with IBPB", ["6.18.28", "6.18.35"]],
    ["6.12 with IBPB", ["6.12.103"]],
  ];
  for (const [answer, releases] of plain)
    for (const release of releases)
      it(`${release} alone is upstream's, as ${answer}`, () => {
        const profile = guestProfile(release);
        assert.equal(profile?.distribution ?? null, null);
        assert.equal(profile === null ? "" : answerOf(profile), ANSWERS[answer]);
      });

  const near: readonly (readonly [string, string, string])[] = [
    [
      "another builder's banner",
      "Linux version 7.0.0-28-generic (buildd@lcy02) (gcc) #28-Ubuntu SMP",
      "Ubuntu",
    ],
    ["four numbers and a name", "6.6.96.mshv1-1.azl3", "Azure Linux"],
    ["a host's mshv build that is not listed", "6.6.100.mshv2-1.azl3", "Azure Linux"],
  ];
  for (const [title, release, distribution] of near)
    it(`${title} is ${distribution}'s`, () => {
      assert.ok(guestProfile(release)?.distribution?.distribution.startsWith(distribution));
    });
});
