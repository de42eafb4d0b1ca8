import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { CATALOG } from "../../../../src/decoder/guest/catalog/catalog";
import { check, lackingFeatures } from "../../../../src/decoder/guest/check";
import { DISTRIBUTIONS } from "../../../../src/decoder/guest/distributions";
import { acceptingRows } from "../../../../src/decoder/guest/advice/introduced";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { distributionProfile, guestProfile } from "../../../../src/decoder/guest/profile";
import { parseRelease } from "../../../../src/decoder/guest/catalog/release";
import { U64_MAX, hex64 } from "../../../../src/decoder/text/u64";
import strings from "../../../fixtures/releaseStrings.json";

const SHARED = process.env["SEV_STATUS_SHARED"] ?? path.resolve(__dirname, "../../../../../shared");
const RELEASES = path.join(SHARED, "domain/releases.tsv");
const SNP = 0x4n;

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

const profiles = DISTRIBUTIONS.map((row) => distributionProfile(row)).filter(
  (profile) => profile !== null,
);

describe("releases and banners as they were seen", () => {
  for (const { string, distribution, row, of, required, implemented, ...known } of strings) {
    it(`${distribution}: ${string.slice(0, 70)}`, () => {
      const profile = guest(string);
      assert.equal(profile.row, row);
      assert.equal(profile.distribution?.id ?? null, of);
      assert.equal(profile.check === null ? null : hex64(profile.check.required), required);
      assert.equal(profile.check === null ? null : hex64(profile.check.implemented), implemented);
      assert.equal(profile.verification, known.mark);
      assert.equal(profile.assumption?.code ?? null, known.assumed);
      assert.equal(profile.upstream, known.upstream);
    });
  }

  it("give the same answer again by the profile's id", () => {
    for (const { string } of strings) {
      const first = guest(string);
      const again = guest(first.id);
      assert.deepEqual(again.check, first.check, string);
      assert.equal(again.snpGuest, first.snpGuest, string);
    }
  });

  it("are of at least 15 distributions", () => {
    const seen = strings.map(({ string }) => guest(string).distribution?.distribution);
    assert.ok(new Set(seen).size > 15);
  });

  it("each say where they were seen, once", () => {
    for (const { string, source } of strings) assert.notEqual(source, "", string);
    assert.equal(new Set(strings.map(({ string }) => string)).size, strings.length);
  });

  // The list that the strings were first read from is not part of the tree.
  if (existsSync(RELEASES)) {
    const listed = new Set(
      readFileSync(RELEASES, "utf8")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#"))
        .map((line) => line.split("\t", 1)[0] ?? ""),
    );

    it("are all of the shared list, and at least 60 more of at least 15 distributions", () => {
      const known = new Set(strings.map(({ string }) => string));
      assert.ok(listed.size > 100);
      assert.deepEqual(
        [...listed].filter((string) => !known.has(string)),
        [],
      );
      const more = strings.filter(({ string }) => !listed.has(string));
      assert.ok(more.length >= 60);
      const owners = more.map(({ string }) => guest(string).distribution?.distribution);
      assert.ok(new Set(owners.filter((owner) => owner !== undefined)).size >= 15);
    });
  }
});

describe("the edges of the rows", () => {
  const answer = (release: string) => {
    const { row, verification } = guest(release);
    return `${row} ${verification}`;
  };
  const cases: readonly [string, string][] = [
    ["4.18.0-425.3.1.el8.x86_64", "rhel-8.7 verified"],
    ["4.18.0-513.24.1.el8_9.x86_64", "rhel-8.9 verified"],
    ["4.18.0-536.el8.x86_64", "centos-stream-8 unknown"],
    ["4.18.0-553.el8_10.x86_64", "rhel-8.10 verified"],
    ["4.18.0-513.24.2.el8_9.x86_64", "rhel-8.9 inferred"],
    ["4.18.0-553.66.1.el8_10.x86_64", "rhel-8.10 verified"],
    ["4.18.0-553.67.1.el8_10.x86_64", "rhel-8.10 inferred"],
    ["4.18.0-553.rt7.342.el8_10.x86_64", "rhel-8 unknown"],
    ["5.14.0-427.42.1.el9_4.x86_64", "rhel-9.4 verified"],
    ["5.14.0-427.100.1.el9_4.x86_64", "rhel-9.4 inferred"],
    ["5.14.0-503.40.1.el9_5.x86_64", "rhel-9.5 verified"],
    ["5.14.0-503.41.1.el9_5.x86_64", "rhel-9.5 inferred"],
    ["5.14.0-284.30.1.el9_2.x86_64", "rhel-9.1 verified"],
    ["5.14.0-284.100.1.el9_2.x86_64", "rhel-9.1 inferred"],
    ["5.14.0-362.18.1.el9_3.x86_64", "rhel-9.3-ga verified"],
    ["5.14.0-362.19.1.el9_3.x86_64", "rhel-9.3-between unknown"],
    ["5.14.0-362.24.1.el9_3.x86_64", "rhel-9.3 verified"],
    ["5.14.0-153.el9.x86_64", "centos-stream-9-153 verified"],
    ["5.14.0-154.el9.x86_64", "centos-stream-9-154 verified"],
    ["5.14.0-350.el9.x86_64", "centos-stream-9-350 verified"],
    ["5.14.0-382.el9.x86_64", "centos-stream-9-382 verified"],
    ["5.14.0-407.el9.x86_64", "centos-stream-9 verified"],
    ["5.14.0-639.el9.x86_64", "centos-stream-9 inferred"],
    ["5.14.0-800.1.1.el9_10.x86_64", "rhel-9 unknown"],
    ["6.12.0-300.1.1.el10_3.x86_64", "rhel-10 unknown"],
    ["6.8.0-90-generic", "ubuntu-24.04 verified"],
    ["6.8.0-91-generic", "ubuntu-24.04 inferred"],
    ["6.1.0-3-amd64", "debian-12-abi-1 derived"],
    ["6.1.0-18-amd64", "debian-12-abi-4 verified"],
    ["6.1.0-19-amd64", "debian-12-abi-19 verified"],
    ["6.1.0-44-amd64", "debian-12-abi-19 verified"],
    ["6.1.0-45-rt-amd64", "debian-12 verified"],
    ["6.1.0-0.deb11.13-amd64", "debian-11-6.1-abi-4 inferred"],
    ["6.12.77+deb13-amd64", "debian-13-6.12.77 verified"],
    ["6.12.78+deb13-amd64", "debian-13 verified"],
    ["6.18.16+deb13-amd64", "debian-13-backports-6.18 verified"],
    ["6.18.17+deb13-amd64", "linux-6.18.17 inferred"],
    ["6.12.0-160100.1-default", "sles-16 unknown"],
    ["6.12.0-20.77.1.el9uek.x86_64", "uek-8-6.12.77 inferred"],
    ["6.12.0-20.78.1.el9uek.x86_64", "uek-8 inferred"],
    ["6.6.54-flatcar", "flatcar verified"],
    ["6.12.35-talos", "talos-1.9 verified"],
    ["6.12.36-talos", "talos-1.11 derived"],
    ["5.14.0-611.38.1.el9_7.x86_64", "rhel-9.7 inferred"],
  ];
  for (const [release, expected] of cases) {
    it(`${release}: ${expected}`, () => {
      assert.equal(answer(release), expected);
    });
  }

  it("keeps a plain release upstream's, whoever else ships it", () => {
    for (const release of ["5.19.2", "6.7", "6.12.28", "6.1.119", "6.6.105"]) {
      assert.equal(guest(release).distribution, null, release);
    }
  });

  it("reads Debian's package, not Debian's compiler, which the banner names before it", () => {
    const banner =
      "Linux version 6.10.0-9-amd64 (debian-kernel@lists.debian.org) (gcc-13 (Debian 13.3.0-3) 13.3.0, GNU ld (GNU Binutils for Debian) 2.43) #1 SMP PREEMPT_DYNAMIC Debian 6.10.7-1 (2024-08-30)";
    assert.equal(guest(banner).upstream, "6.10.7");
  });
});

describe("RHEL's steps", () => {
  it("9.2 checks nothing, 9.3 refuses DebugSwap at first, 9.4 accepts it; none has SecureTSC", () => {
    const outcome = (status: bigint, id: string) => check(status, guest(id)).outcome;
    assert.equal(outcome(0x887n, "rhel-9.1"), "undefined");
    assert.equal(outcome(0x7n, "rhel-9.1"), "boots");
    assert.equal(outcome(0x7n, "rhel-9.0"), "undefined");
    assert.equal(outcome(0x87n, "rhel-9.3-ga"), "refuses");
    assert.equal(outcome(0x87n, "rhel-9.4"), "boots");
    for (const { id, distribution } of profiles.filter(({ check: masks }) => masks !== null)) {
      if (distribution?.distribution === "RHEL") assert.equal(outcome(0x807n, id), "refuses", id);
    }
  });

  it("8.10 refuses in the EFI stub without showing the mask, 9.4 shows it", () => {
    const shown = (id: string) => {
      const verdict = check(0x807n, guest(id), { boot: "efi-stub", ghcbVersion: 2 });
      return verdict.outcome === "refuses" && verdict.how === "efi-unsupported"
        ? verdict.showsMask
        : null;
    };
    assert.equal(shown("rhel-8.10"), false);
    assert.equal(shown("rhel-9.4"), true);
    assert.equal(shown("rhel-9.3"), null);
  });
});

describe("the rows", () => {
  it("have ids of their own, which name no release, and a source", () => {
    const ids = [...CATALOG, ...DISTRIBUTIONS].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, source } of DISTRIBUTIONS) {
      assert.equal(parseRelease(id), null, id);
      assert.ok(source.length > 10, id);
    }
  });

  it("that give an answer give it by their id", () => {
    for (const profile of profiles) assert.deepEqual(guestProfile(profile.id), profile);
  });

  it("are unknown where nobody has read them, and only there", () => {
    for (const { id, answer, verification } of DISTRIBUTIONS) {
      if (answer.check === "unknown") assert.equal(verification, "unknown", id);
      if (answer.check === "masks" || answer.check === "none") {
        assert.notEqual(verification, "unknown", id);
      }
    }
  });
});

describe("the algebra of the check, for distributions", () => {
  it("refused = status & required & ~implemented, for 10,000 values and every row", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: U64_MAX }), (value) => {
        const status = value | SNP;
        for (const profile of profiles) {
          const lacking = lackingFeatures(status, profile);
          if (profile.check !== null) {
            const { required, implemented } = profile.check;
            if (lacking !== (status & required & ~implemented)) assert.fail(profile.id);
          }
        }
      }),
      { numRuns: 10_000 },
    );
  });

  it("a distribution's row that is advised does boot, and was verified", () => {
    const names = new Set(DISTRIBUTIONS.map(({ distribution }) => distribution));
    const features = fc.bigInt({ min: 0n, max: U64_MAX });
    fc.assert(
      fc.property(features, fc.constantFrom(...names), (value, name) => {
        for (const row of acceptingRows(name, value & 0x8c0880n)) {
          const status = (value & 0x8c0880n) | 0x7n;
          assert.equal(check(status, guest(row.id)).outcome, "boots", row.id);
          assert.equal(row.verification, "verified");
          assert.equal(row.distribution, name);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads any release and banner without harm", () => {
    const piece = fc.constantFrom(
      "6.12.0-",
      ".el9_",
      "Linux version ",
      " SMP",
      " Debian ",
      "(Ubuntu ",
      "-talos",
      "uek",
      "99",
      ".",
      "9.9",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        guestProfile(pieces.join(""));
      }),
    );
  });
});
