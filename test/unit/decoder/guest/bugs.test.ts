import assert from "node:assert/strict";
import type { Refusal } from "../../../../src/decoder/guest/check";
import { assess } from "../../../../src/decoder/guest/assessment";
import { KERNEL_BUGS, bugsBehind, releaseAfter } from "../../../../src/decoder/guest/catalog/bugs";
import { parseRelease } from "../../../../src/decoder/guest/catalog/release";
import { MATRIX_GUESTS } from "../../../../src/decoder/guest/matrix";
import { ownGuests } from "../../../../src/decoder/guest/own/ownGuests";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../src/decoder/guest/profile";

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

function bugsOfGuest(text: string): string[] {
  return (guest(text).bugs ?? []).map(({ id }) => id);
}

/** SecureAVIC on, which these kernels refuse without CONFIG_AMD_SECURE_AVIC. */
const REFUSED = 0x40007n;
const BOTH = ["ghcb-version-lost", "vmpl-not-cleared"];

describe("known bugs of guest kernels", () => {
  for (const release of [
    "6.18",
    "6.18-rc1",
    "6.18.16",
    "6.19",
    "6.19.6",
    "7.0-rc1",
    "7.0-rc2",
    "6.18.15+deb13-cloud-amd64",
    "6.18.12-200.fc43.x86_64",
    "6.18.2-arch2-1",
    "6.18.5+secure-avic",
    "6.18.5+svsm",
    "debian-13-backports-6.18",
    "debian-13-backports-6.19.6",
  ])
    it(`${release} has them`, () => {
      assert.deepEqual(bugsOfGuest(release), BOTH);
    });

  for (const release of [
    "6.17",
    "6.17.13",
    "6.17.13+deb13-cloud-amd64",
    "6.18.17",
    "6.18.44-talos",
    "6.19.7",
    "6.19.8+deb13-cloud-amd64",
    "7.0-rc3",
    "7.0",
    "7.0.0-28-generic",
    "7.1-rc1",
    "6.1.180",
    "6.12.0-204.92.4.2.el9uek",
    "5.14.0-611.5.1.el9_7.x86_64",
    "debian-13-backports-6.19",
    "debian-sid",
    // The release's number is another one than upstream's.
    "Linux version 6.8.0-60-generic (b@h) (gcc) #63-Ubuntu SMP (Ubuntu 6.8.0-60.63-generic 6.8.12)",
  ])
    it(`${release} has none`, () => {
      assert.deepEqual(bugsOfGuest(release), []);
    });

  it("are those of the kernels with SEV-SNP guest code alone", () => {
    for (const { profile } of MATRIX_GUESTS)
      if (!profile.snpGuest) assert.equal(profile.bugs, undefined, profile.id);
  });

  it("are taken over by a guest of one's own from its base, and not without one", () => {
    const { guests } = ownGuests(
      [
        { name: "mine", base: "6.18.5", add: ["SecureAVIC"] },
        { name: "bare", required: "0xfffffffffffdbcf8", implemented: "0x880" },
      ],
      "test",
    );
    assert.deepEqual(
      guests.map(({ profile }) => profile.bugs?.length ?? 0),
      [2, 0],
    );
  });

  it("have ranges whose ends are releases, and commits for both ends", () => {
    for (const { releases, broughtBy, fixedBy, source } of KERNEL_BUGS) {
      assert.match(broughtBy, /^[\da-f]{12} \(/u);
      assert.match(fixedBy, /^[\da-f]{12} \(/u);
      assert.notEqual(source, "");
      for (const { from, to, source: of } of releases) {
        assert.ok(parseRelease(from) !== null && parseRelease(to) !== null);
        assert.notEqual(of, "");
      }
    }
    assert.deepEqual(KERNEL_BUGS[0]?.releases.map(releaseAfter), ["6.18.17", "6.19.7", "7.0-rc3"]);
  });
});

describe("a refusal of a kernel that loses the GHCB version", () => {
  const refusal = (release: string, boot: "decompressor" | "efi-stub"): Refusal => {
    const { verdict } = assess(REFUSED, guest(release), { boot, ghcbVersion: 2 });
    assert.ok(verdict.outcome === "refuses");
    return verdict;
  };

  it("ends in the decompressor with GHCB MSR 0x20100, without the mask", () => {
    const verdict = refusal("6.18.16", "decompressor");
    assert.ok(verdict.how === "ghcb-msr-termination");
    assert.equal(verdict.ghcbMsr, 0x20100n);
    assert.equal(verdict.because, KERNEL_BUGS[0]);
    assert.equal(verdict.unsupported, 0x40000n);
  });

  it("ends in the EFI stub as ever", () => {
    assert.equal(refusal("6.18.16", "efi-stub").how, "efi-unsupported");
  });

  it("ends with the mask one release later", () => {
    assert.equal(refusal("6.18.17", "decompressor").how, "ghcb-termination");
  });

  it("is due to the GHCB version where that is below 2", () => {
    const conditions = { boot: "decompressor", ghcbVersion: 1 } as const;
    const { verdict } = assess(REFUSED, guest("6.18.16"), conditions);
    assert.ok(verdict.outcome === "refuses" && verdict.how === "ghcb-msr-termination");
    assert.equal(verdict.because, "ghcb-version");
  });

  it("names the bug only where it shows: not where the guest boots, nor without SEV-SNP", () => {
    const ids = (status: bigint, boot?: "efi-stub" | "uncompressed") => {
      const conditions = { boot: boot ?? "decompressor", ghcbVersion: 2 } as const;
      return assess(status, guest("6.18.16"), conditions).bugs.map(({ id }) => id);
    };
    assert.deepEqual(ids(REFUSED), BOTH);
    assert.deepEqual(ids(0x7n), ["vmpl-not-cleared"]);
    assert.deepEqual(ids(0x3n), []);
    assert.deepEqual(ids(REFUSED, "efi-stub"), []);
    assert.deepEqual(ids(REFUSED, "uncompressed"), []);
  });
});

describe("the bugs behind a termination", () => {
  it("are those with its reason, of the kernel where that is known", () => {
    const ids = (set: number, code: number, text?: string) =>
      bugsBehind({ set, code }, text === undefined ? null : (guest(text).bugs ?? [])).map(
        ({ id }) => id,
      );
    assert.deepEqual(ids(0, 2), ["ghcb-version-lost"]);
    assert.deepEqual(ids(1, 3), ["vmpl-not-cleared"]);
    assert.deepEqual(ids(0, 1), []);
    assert.deepEqual(ids(1, 2), []);
    assert.deepEqual(ids(0, 2, "6.18.5"), ["ghcb-version-lost"]);
    assert.deepEqual(ids(0, 2, "6.12.80"), []);
  });
});
