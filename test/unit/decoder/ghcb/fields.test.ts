import assert from "node:assert/strict";
import fc from "fast-check";
import { bitRange, bits, decodeFields, RESERVED } from "../../../../src/decoder/ghcb/fields";

const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });

describe("fields of a 64-bit value", () => {
  it("takes inclusive bit ranges down to bit 0", () => {
    assert.equal(bits(0x20100n, 15, 12), 0n);
    assert.equal(bits(0x20100n, 23, 16), 2n);
    assert.equal(bits(0x20100n, 11, 0), 0x100n);
    assert.equal(bits(0x8000_0000_0000_0015n, 63, 63), 1n);
    assert.equal(bits(0xffff_ffff_ffff_ffffn, 63, 0), 0xffff_ffff_ffff_ffffn);
  });

  it("writes bit ranges as documents do", () => {
    assert.equal(bitRange(15, 12), "[15:12]");
    assert.equal(bitRange(63, 63), "[63]");
  });

  it("reports set bits of no field as reserved, highest first", () => {
    const fields = decodeFields(0x8000_0000_0000_0401n, [{ name: "low", hi: 3, lo: 0 }]);
    assert.deepEqual(fields, [
      { name: "low", bits: "[3:0]", value: 1n },
      { name: RESERVED, bits: "[63:4]", value: 0x800_0000_0000_0040n },
    ]);
  });

  it("splits reserved bits where fields lie between them", () => {
    const fields = decodeFields(0x8001n, [{ name: "middle", hi: 11, lo: 4 }]);
    assert.deepEqual(
      fields.map(({ name, bits: range, value }) => [name, range, value]),
      [
        ["middle", "[11:4]", 0n],
        [RESERVED, "[63:12]", 8n],
        [RESERVED, "[3:0]", 1n],
      ],
    );
  });

  it("gives no fields, also no reserved ones, without a layout", () => {
    assert.deepEqual(decodeFields(0x800n, []), []);
  });

  it("loses no bit of any value", () => {
    const layout = [
      { name: "a", hi: 55, lo: 52 },
      { name: "b", hi: 51, lo: 12 },
    ];
    fc.assert(
      fc.property(u64, (value) => {
        const sum = decodeFields(value, layout).reduce((rest, field) => {
          const lo = BigInt(/\d+(?=\])/.exec(field.bits)?.[0] ?? "0");
          return rest | (field.value << lo);
        }, 0n);
        assert.equal(sum, value);
      }),
    );
  });
});
