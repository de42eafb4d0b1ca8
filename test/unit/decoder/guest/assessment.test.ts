import assert from "node:assert/strict";
import fc from "fast-check";
import type { Known } from "../../../../src/decoder/guest/assessment";
import { assess, atLeast } from "../../../../src/decoder/guest/assessment";
import { check, goesOn } from "../../../../src/decoder/guest/check";
import { MATRIX_GUESTS } from "../../../../src/decoder/guest/matrix";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { U64_MAX, setBits } from "../../../../src/decoder/text/u64";

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
const guests = fc.constantFrom(
  ...MATRIX_GUESTS.map(({ profile }) => profile),
  ...["6.5+svsm", "6.12.80+svsm", "6.0+svsm", "6.18+svsm", "6.12.80+paravisor"].map(guest),
);

describe("an assessment of a value read from the register", () => {
  it("is certain, and the guest goes on just where nothing is lacking or missing", () => {
    fc.assert(
      fc.property(u64, guests, (value, one) => {
        const assessment = assess(value, one);
        assert.equal(assessment.isCertain, true);
        assert.equal(
          goesOn(assessment.verdict),
          (assessment.lacking | assessment.missingBelow) === 0n,
        );
        assert.deepEqual([...assessment.standings.keys()], setBits(value));
      }),
    );
  });

  for (const [value, text, expected] of [
    [0x807n, "6.13", "runs"],
    [0x87n, "6.13", "runs"],
    [0x803n, "6.13", "snp-off"],
    [0x807n, "6.1.8", "no-check-in-kernel"],
    [0x0103_dfn, "6.6+paravisor", "not-reached"],
    [0x7n, "6.12.80+svsm", "stopped-below"],
    [0xa7n, "6.12.80+svsm", "runs"],
  ] as const) {
    it(`says of 0x${value.toString(16)} on ${text} whether the check runs: ${expected}`, () => {
      assert.equal(assess(value, guest(text)).check, expected);
    });
  }

  it("leaves a lacking feature unchecked where the check does not run", () => {
    assert.equal(assess(0x807n, guest("6.13")).standings.get(11), "lacks");
    assert.equal(assess(0x803n, guest("6.13")).standings.get(11), "unchecked");
    assert.equal(assess(0x0103_dfn, guest("6.6+paravisor")).standings.get(3), "unchecked");
  });

  it("has the verdict of each boot path, with the GHCB version asked for", () => {
    const how = (text: string, ghcbVersion: number) => {
      const assessment = assess(0x807n, guest(text), { boot: "decompressor", ghcbVersion });
      return [assessment.on("efi-stub"), assessment.on("decompressor")].map((verdict) =>
        verdict?.outcome === "refuses" ? verdict.how : verdict?.outcome,
      );
    };
    assert.deepEqual(how("6.13", 2), ["efi-unsupported", "ghcb-termination"]);
    assert.deepEqual(how("6.13", 1), ["efi-unsupported", "ghcb-msr-termination"]);
    assert.deepEqual(how("6.5", 2), ["ghcb-termination", "ghcb-termination"]);
  });

  it("says what may hold instead only where it ends otherwise", () => {
    const suse = guest("6.12.0-160000.9-default");
    assert.equal(assess(0x807n, suse).otherwise?.verdict.outcome, "refuses");
    assert.equal(assess(0x87n, suse).otherwise, null);
  });
});

describe("an assessment of a lower bound", () => {
  const outcomes: readonly [string, Known, string, string | null, boolean][] = [
    ["a refused feature is refused whatever else is on", atLeast(0x807n), "6.13", "refuses", true],
    ["no refused feature is seen, and one may be on", atLeast(0x7n), "6.13", "boots", false],
    ["all other bits are known to be off", atLeast(0x7n, U64_MAX), "6.13", "boots", true],
    ["no unknown bit needs guest code", atLeast(0x7n, ~0x300n & U64_MAX), "6.13", "boots", true],
    ["SEV-SNP is not seen", atLeast(0x3n), "6.13", null, false],
    ["SEV-SNP is known to be off", atLeast(0x3n, 0x7n), "6.13", "not-snp", true],
    ["what the SVSM requires may be on", atLeast(0x7n), "6.12.80+svsm", "boots", false],
    ["what the SVSM requires is off", atLeast(0x7n, 0x20n), "6.12.80+svsm", "refuses", true],
    ["vTom may hide the value", atLeast(0x807n), "6.13+paravisor", "refuses", false],
  ];
  for (const [why, known, text, outcome, isCertain] of outcomes) {
    it(`${why}: ${outcome ?? "no verdict"}${isCertain ? "" : ", not certain"} on ${text}`, () => {
      const assessment = assess(known, guest(text));
      assert.equal(assessment.verdict?.outcome ?? null, outcome);
      assert.equal(assessment.isCertain, isCertain);
    });
  }

  it("says nothing where it is not known whether SEV-SNP is on", () => {
    for (const text of ["6.13", "6.12.80+svsm"]) {
      const { check: run, lacking, missingBelow } = assess(atLeast(0x803n), guest(text));
      assert.deepEqual([run, lacking, missingBelow], [null, 0n, 0n]);
    }
  });

  it("is certain just of what holds for every value that it can stand for", () => {
    fc.assert(
      fc.property(u64, u64, guests, fc.array(u64, { maxLength: 20 }), (a, b, one, others) => {
        const value = (a & 0x4_08_ffn) | 0x4n;
        const assessment = assess(atLeast(value, b), one);
        const unknown = ~(value | b) & U64_MAX;
        const all = [0n, unknown, ...setBits(unknown).map((bit) => 1n << BigInt(bit)), ...others];
        const outcomes = all.map((bits) => check(value | (bits & unknown), one).outcome);
        const isSame = outcomes.every((outcome) => outcome === assessment.verdict?.outcome);
        if (assessment.isCertain) assert.ok(isSame);
        else assert.ok(new Set([...outcomes, assessment.verdict?.outcome]).size > 1);
      }),
      { numRuns: 500 },
    );
  });
});
