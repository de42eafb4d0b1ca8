import assert from "node:assert/strict";
import fc from "fast-check";
import { CATALOG } from "../../../../src/decoder/guest/catalog/catalog";
import {
  NEWEST_REQUIRED,
  check,
  lackingFeatures,
  standing,
} from "../../../../src/decoder/guest/check";
import { bootsSince } from "../../../../src/decoder/guest/advice/introduced";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile, rowProfile } from "../../../../src/decoder/guest/profile";
import { U64_MAX, bitMask } from "../../../../src/decoder/text/u64";
import facts from "../../../fixtures/releases.json";

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
const SNP = 0x4n;
const efiStub = { boot: "efi-stub", ghcbVersion: 2 } as const;

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

const profiles = fc.constantFrom(
  ...CATALOG.map((row) => rowProfile(row)),
  ...CATALOG.filter((row) => row.masks?.implementedWithSecureAvic != null).map((row) =>
    rowProfile(row, true),
  ),
);

describe("what each release checks", () => {
  for (const {
    release,
    required,
    implemented,
    implementedWithSecureAvic,
    efiStub: stub,
  } of facts.releases) {
    it(`Linux ${release}: required ${required ?? "nothing"}, implemented ${implemented ?? "nothing"}`, () => {
      const { check: masks, assumption } = guest(release);
      assert.equal(assumption, null);
      assert.equal(masks?.required ?? null, required === null ? null : BigInt(required));
      assert.equal(masks?.implemented ?? null, implemented === null ? null : BigInt(implemented));
      assert.equal(masks?.paths.includes("efi-stub") ?? false, stub);
      const withAvic = guest(`${release}+secure-avic`);
      if (implementedWithSecureAvic === null) assert.equal(withAvic.secureAvicIgnored, true);
      else assert.equal(withAvic.check?.implemented, BigInt(implementedWithSecureAvic));
    });
  }
});

describe("known cases", () => {
  for (const { name, sevStatus, unsupported } of facts.vectors) {
    for (const [release, mask] of Object.entries(unsupported)) {
      it(`${name} on ${release}: unsupported ${mask}`, () => {
        const guests =
          release === "any"
            ? CATALOG.map((row) => rowProfile(row)).filter(({ snpGuest }) => snpGuest)
            : [guest(release)];
        for (const one of guests)
          assert.equal(check(BigInt(sevStatus), one).unsupported, BigInt(mask));
      });
    }
  }

  it("SecureTSC: refused on 6.13 with reason 0x20 and the mask, accepted on 6.14", () => {
    assert.deepEqual(check(0x807n, guest("6.13")), {
      outcome: "refuses",
      unsupported: 0x800n,
      lacks: ["SecureTSC"],
      how: "ghcb-termination",
      exitInfo1: 0x20n,
      exitInfo2: 0x800n,
    });
    assert.equal(check(0x807n, guest("6.14")).outcome, "boots");
  });

  it("the EFI stub of 6.6 and of 6.1.81 refuses to the firmware; that of 6.5 and 6.1.80 has no test", () => {
    const how = (release: string) => {
      const verdict = check(0x807n, guest(release), efiStub);
      return verdict.outcome === "refuses" ? verdict.how : verdict.outcome;
    };
    assert.equal(how("6.6"), "efi-unsupported");
    assert.equal(how("6.1.81"), "efi-unsupported");
    assert.equal(how("6.5"), "ghcb-termination");
    assert.equal(how("6.1.80"), "ghcb-termination");
  });

  it("below GHCB version 2 the mask is lost: GHCB MSR 0x20100", () => {
    const verdict = check(0x807n, guest("6.13"), { boot: "decompressor", ghcbVersion: 1 });
    assert.ok(verdict.outcome === "refuses" && verdict.how === "ghcb-msr-termination");
    assert.equal(verdict.ghcbMsr, 0x20100n);
  });

  it("a kernel without the check is undefined with features it has no code for, and names them", () => {
    assert.deepEqual(check(0x887n, guest("6.1.8")).lacks, ["DebugSwap", "SecureTSC"]);
    assert.equal(check(0x887n, guest("6.1.8")).outcome, "undefined");
    assert.equal(check(0x7n, guest("6.1.8")).outcome, "boots");
    assert.equal(check(0x800007n, guest("6.1.8")).outcome, "boots");
  });

  it("a kernel without SEV-SNP guest code is undefined with SEV-SNP itself", () => {
    assert.deepEqual(check(0x7n, guest("5.15")).lacks, ["SEV-SNP"]);
    assert.equal(check(0x7n, guest("5.15")).outcome, "undefined");
  });

  it("without SEV-SNP there is no check", () => {
    for (const { id } of CATALOG) assert.equal(check(0x883n, guest(id)).outcome, "not-snp");
  });

  it("6.2-rc5 has no check, 6.2-rc6 has; 7.0-rc2 refuses IBPBOnEntry, 7.0-rc3 accepts it", () => {
    assert.equal(guest("6.2-rc5").check, null);
    assert.notEqual(guest("6.2-rc6").check, null);
    assert.equal(check(0x800007n, guest("7.0-rc2")).outcome, "refuses");
    assert.equal(check(0x800007n, guest("7.0-rc3")).outcome, "boots");
  });
});

describe("the algebra of the check", () => {
  it("refused = status & required & ~implemented, whenever SEV-SNP is on", () => {
    fc.assert(
      fc.property(u64, profiles, (value, one) => {
        const status = value | SNP;
        const expected =
          one.check === null
            ? status & (one.snpGuest ? NEWEST_REQUIRED : NEWEST_REQUIRED | SNP)
            : status & one.check.required & ~one.check.implemented;
        const verdict = check(status, one);
        assert.equal(verdict.unsupported, expected);
        assert.equal(verdict.lacks.length, expected.toString(2).replaceAll("0", "").length);
        assert.equal(verdict.outcome === "boots", expected === 0n);
      }),
    );
  });

  it("a feature is lacking in the whole just when it is lacking alone", () => {
    fc.assert(
      fc.property(u64, profiles, (value, one) => {
        for (let bit = 0; bit < 64; bit++) {
          const alone = (lackingFeatures(bitMask(bit) | SNP, one) & bitMask(bit)) !== 0n;
          const inAll = (lackingFeatures(value | SNP, one) & bitMask(bit)) !== 0n;
          const isSet = ((value | SNP) & bitMask(bit)) !== 0n;
          assert.equal(inAll, isSet && alone);
          assert.equal(standing(bit, one) === "lacks", alone);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("the kernel that is advised boots, and the release before it does not", () => {
    fc.assert(
      fc.property(u64, (value) => {
        const features = value & 0x8c0880n;
        const { mainline, stable, needsSecureAvic } = bootsSince(features);
        const suffix = needsSecureAvic ? "+secure-avic" : "";
        for (const from of [
          ...(mainline === null ? [] : [mainline]),
          ...stable.map((one) => one.from),
        ]) {
          assert.equal(check(features | 0x7n, guest(`${from}${suffix}`)).outcome, "boots", from);
        }
      }),
    );
  });

  it("knows when each feature came: mainline and stable", () => {
    const since = (mask: bigint) => {
      const { mainline, stable, needsSecureAvic } = bootsSince(mask);
      return [mainline, ...stable.map(({ from }) => from), needsSecureAvic];
    };
    assert.deepEqual(since(0x80n), ["6.6", false]);
    assert.deepEqual(since(0x800n), ["6.14", false]);
    assert.deepEqual(since(0x40000n), ["6.18", true]);
    assert.deepEqual(since(0x800000n), [
      "7.0",
      "6.1.167",
      "6.6.130",
      "6.12.78",
      "6.18.17",
      "6.19.7",
      false,
    ]);
    assert.deepEqual(since(0x8n), [null, false]);
    assert.deepEqual(since(0x840000n), ["7.0", "6.18.17", "6.19.7", true]);
  });
});
