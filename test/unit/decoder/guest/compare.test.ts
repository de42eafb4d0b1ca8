import assert from "node:assert/strict";
import fc from "fast-check";
import { check, goesOn } from "../../../../src/decoder/guest/check";
import { compareGuests, compareValues } from "../../../../src/decoder/guest/compare";
import { MATRIX_GUESTS } from "../../../../src/decoder/guest/matrix";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { U64_MAX, bitMask } from "../../../../src/decoder/text/u64";

function guest(name: string) {
  const profile = guestProfile(name);
  assert.ok(profile !== null, name);
  return profile;
}

describe("compareValues", () => {
  it("0x887 has SecureTSC, which 0x87 has not", () => {
    assert.deepEqual(compareValues(0x887n, 0x87n), { onlyA: 0x800n, onlyB: 0n, both: 0x87n });
  });

  it("leaves out no bit and takes none twice", () => {
    const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
    fc.assert(
      fc.property(u64, u64, (a, b) => {
        const { onlyA, onlyB, both } = compareValues(a, b);
        assert.equal(onlyA | both, a);
        assert.equal(onlyB | both, b);
        assert.equal((onlyA & onlyB) | (onlyA & both) | (onlyB & both), 0n);
      }),
    );
  });
});

describe("compareGuests", () => {
  it("6.12.78 accepts IBPBOnEntry, 6.12.77 does not", () => {
    const { onlyAAccepts, onlyBAccepts, samePaths, required } = compareGuests(
      guest("6.12.77"),
      guest("6.12.78"),
    );
    assert.equal(onlyAAccepts, 0n);
    assert.equal(onlyBAccepts, 0x800000n);
    assert.equal(required?.onlyA, 0x800000n);
    assert.equal(samePaths, true);
  });

  it("6.1.81 checks in its EFI stub too, 6.1.80 does not; they accept the same", () => {
    const { onlyAAccepts, onlyBAccepts, samePaths } = compareGuests(
      guest("6.1.80"),
      guest("6.1.81"),
    );
    assert.equal(onlyAAccepts | onlyBAccepts, 0n);
    assert.equal(samePaths, false);
  });

  it("6.12.80 on a paravisor accepts vTom besides, and nothing else", () => {
    const { onlyAAccepts, onlyBAccepts } = compareGuests(
      guest("6.12.80+paravisor"),
      guest("6.12.80"),
    );
    assert.equal(onlyAAccepts, 0x8n);
    assert.equal(onlyBAccepts, 0n);
  });

  it("5.15, which has no SEV-SNP guest code, accepts nothing that 6.12 refuses", () => {
    assert.equal(compareGuests(guest("5.15"), guest("6.12")).onlyAAccepts, 0n);
  });

  it("has no masks to compare where one does not check", () => {
    assert.equal(compareGuests(guest("6.0"), guest("6.6")).required, null);
  });

  it("what only one accepts boots there and not on the other, bit by bit", () => {
    const guests = fc.constantFrom(...MATRIX_GUESTS.map(({ profile }) => profile));
    fc.assert(
      fc.property(guests, guests, fc.nat(63), (a, b, bit) => {
        const { onlyAAccepts, onlyBAccepts } = compareGuests(a, b);
        const status = bitMask(bit) | 0x4n;
        const boots = [a, b].map((one) => goesOn(check(status, one)));
        if (a.snpGuest && b.snpGuest) {
          assert.equal(
            (onlyAAccepts & bitMask(bit)) !== 0n,
            boots[0] === true && boots[1] === false,
          );
          assert.equal(
            (onlyBAccepts & bitMask(bit)) !== 0n,
            boots[1] === true && boots[0] === false,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });
});
