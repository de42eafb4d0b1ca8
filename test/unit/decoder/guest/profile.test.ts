import assert from "node:assert/strict";
import fc from "fast-check";
import { CATALOG } from "../../../../src/decoder/guest/catalog/catalog";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { compareReleases, parseRelease } from "../../../../src/decoder/guest/catalog/release";
import { parseGuest } from "../../../../src/decoder/guest/guestName";

/** `id, row that answers, why it is assumed`, as one line. */
function answer(text: string): string {
  const profile = guestProfile(text);
  if (profile === null) return "no kernel";
  return `${profile.id} by ${profile.row} ${profile.assumption?.code ?? "known"}`;
}

describe("guests as people name them", () => {
  const cases: readonly [string, string][] = [
    ["6.6", "linux-6.6 by linux-6.6 known"],
    ["v6.18", "linux-6.18 by linux-6.18 known"],
    ["linux-6.1.9", "linux-6.1.9 by linux-6.1.9 known"],
    [" 6.12.77 ", "linux-6.12.77 by linux-6.12 known"],
    ["6.12.78", "linux-6.12.78 by linux-6.12.78 known"],
    ["6.12.117", "linux-6.12.117 by linux-6.12.78 known"],
    ["6.18+secure-avic", "linux-6.18+secure-avic by linux-6.18 known"],
    ["6.18.20+secure-avic", "linux-6.18.20+secure-avic by linux-6.18.17 known"],
    ["6.18-rc2", "linux-6.18-rc2 by linux-6.18 release-candidate"],
    ["6.2-rc3", "linux-6.2-rc3 by linux-6.1 release-candidate"],
    ["6.8.0-45-generic", "linux-6.8.0-45-generic by ubuntu-24.04 known"],
    ["6.8.12", "linux-6.8.12 by linux-6.8 known"],
    ["7.2.13", "linux-7.2.13 by linux-7.2 known"],
    ["7.2.14", "linux-7.2.14 by linux-7.2 point-release"],
    ["8.1", "linux-8.1 by linux-7.3 newer-than-catalog"],
    ["7.4-rc1", "linux-7.4-rc1 by linux-7.3 newer-than-catalog"],
    ["4.19.300", "linux-4.19.300 by linux-5.15 older-than-catalog"],
    ["5.17", "linux-5.17 by linux-5.15 between-branches"],
    [
      "6.6.87.2-microsoft-standard-WSL2",
      "linux-6.6.87.2-microsoft-standard-WSL2 by linux-6.6 distribution",
    ],
    [
      "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC",
      "linux-6.12.77 by linux-6.12 known",
    ],
    [
      "Linux version 6.1.0-12-amd64 (debian-kernel@lists.debian.org) #1 SMP PREEMPT_DYNAMIC Debian 6.1.52-1 (2023-09-07)",
      "linux-6.1.0-12-amd64 by debian-12-abi-4 known",
    ],
    [
      "Linux version 6.14.0-32-generic (buildd@lcy02) #32~24.04.1-Ubuntu SMP (Ubuntu 6.14.0-32.32~24.04.1-generic 6.14.11)",
      "linux-6.14.0-32-generic by ubuntu-25.04 known",
    ],
    ["rhel-9.4", "rhel-9.4 by rhel-9.4 known"],
    [" Debian-13 ", "debian-13 by debian-13 known"],
    ["ubuntu-26.04+secure-avic", "ubuntu-26.04+secure-avic by ubuntu-26.04 known"],
    ["rhel-9.8", "rhel-9.8 by rhel-9.8 unknown"],
    ["fedora", "no kernel"],
    ["rhel-9.44", "no kernel"],
    ["6.6 and more", "no kernel"],
    ["", "no kernel"],
    ["six", "no kernel"],
    ["6.6.", "no kernel"],
    ["6.6.999999", "no kernel"],
    ["linux-6.6.tar.xz", "no kernel"],
    ["6", "no kernel"],
    ["6.6; rm -rf /", "no kernel"],
    ["9".repeat(10_000), "no kernel"],
  ];
  for (const [text, expected] of cases) {
    it(`${JSON.stringify(text.slice(0, 60))}: ${expected}`, () => {
      assert.equal(answer(text), expected);
    });
  }

  it("a profile's id names the same guest again", () => {
    const release = fc
      .record({
        major: fc.integer({ min: 4, max: 9 }),
        minor: fc.integer({ min: 0, max: 20 }),
        patch: fc.integer({ min: 0, max: 200 }),
        avic: fc.boolean(),
      })
      .map(
        ({ major, minor, patch, avic }) =>
          `${major}.${minor}.${patch}${avic ? "+secure-avic" : ""}`,
      );
    fc.assert(
      fc.property(release, (text) => {
        const first = guestProfile(text);
        assert.ok(first !== null);
        const again = guestProfile(first.id);
        assert.ok(again !== null);
        assert.deepEqual([again.id, again.check, again.row], [first.id, first.check, first.row]);
      }),
    );
  });

  it("a text that was looked up keeps its profile, and null, however many others follow", () => {
    assert.equal(guestProfile("6.12.80"), guestProfile("6.12.80"));
    assert.ok(Object.isFrozen(guestProfile("6.12.80")));
    assert.equal(guestProfile("no kernel"), null);
    assert.equal(guestProfile("no kernel"), null);
    const before = guestProfile("6.6.1+svsm");
    for (let patch = 0; patch < 1000; patch++) guestProfile(`6.6.${patch}`);
    assert.deepEqual(guestProfile("6.6.1+svsm"), before);
    assert.equal(guestProfile("no kernel"), null);
  });

  it("orders releases as they came: candidates before their release", () => {
    const order = ["6.1", "6.1.9", "6.2-rc5", "6.2-rc6", "6.2", "6.2.1", "6.10", "7.0"].map(
      (text) => parseRelease(text),
    );
    const sorted = order
      .toReversed()
      .toSorted((a, b) => (a === null || b === null ? 0 : compareReleases(a, b)));
    assert.deepEqual(sorted, order);
  });

  it("reads any text without harm", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        parseGuest(text);
      }),
    );
  });
});

describe("the catalog", () => {
  it("is in order, and every row has a readable first release and a source", () => {
    const firsts = CATALOG.map(({ from }) => parseRelease(from));
    assert.ok(firsts.every((first) => first !== null));
    firsts.forEach((first, index) => {
      const next = firsts[index + 1];
      if (next !== undefined) assert.ok(compareReleases(first, next) < 0);
    });
    for (const { source, id, from } of CATALOG) {
      assert.ok(source.length > 10);
      assert.equal(id, `linux-${from}`);
    }
  });
});
