import assert from "node:assert/strict";
import fc from "fast-check";
import {
  U64_MAX,
  hex64,
  hexShort,
  maskOf,
  parseU64,
  setBits,
} from "../../../../src/decoder/text/u64";

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });

function read(text: string): bigint | string {
  const parsed = parseU64(text);
  return parsed.ok ? parsed.value : parsed.problem.code;
}

describe("64-bit values as people write them", () => {
  const spellings: readonly [string, bigint][] = [
    ["0x887", 0x887n],
    ["0X887", 0x887n],
    ["887", 0x887n],
    ["  0x887\t", 0x887n],
    ["0x0000_0000_0000_0887", 0x887n],
    ["0xC001_0131", 0xc0010131n],
    ["0x887ULL", 0x887n],
    ["0x887u", 0x887n],
    ["0x887L", 0x887n],
    ["0x887ul", 0x887n],
    ["0d2183", 2183n],
    ["0d2_183", 2183n],
    ["0b100010000111", 0x887n],
    ["0b1000_1000_0111", 0x887n],
    [`0b${"1".repeat(64)}`, U64_MAX],
    ["b101", 0xb101n],
    ["103df", 0x103dfn],
    ["0000000000000087", 0x87n],
    ["0xffffffffffffffff", U64_MAX],
    ["0d18446744073709551615", U64_MAX],
    ["0x000000000000000000000000000000000001", 1n],
    ["0", 0n],
  ];
  for (const [text, value] of spellings) {
    it(`reads ${JSON.stringify(text)}`, () => {
      assert.equal(read(text), value);
    });
  }

  const bad: readonly [string, string][] = [
    ["", "empty"],
    [" \t", "empty"],
    ["0x", "not-a-value"],
    ["0d", "not-a-value"],
    ["0d1f", "not-a-value"],
    ["0dff", "not-a-value"],
    ["0b", "not-a-value"],
    ["0b12", "not-a-value"],
    ["0bff", "not-a-value"],
    [`0b1${"0".repeat(64)}`, "too-large"],
    ["SecureTSC", "not-a-value"],
    ["0x88_", "not-a-value"],
    ["0x_88", "not-a-value"],
    ["0x8__8", "not-a-value"],
    ["-0x1", "not-a-value"],
    ["0x8 87", "not-a-value"],
    ["0x887uu", "not-a-value"],
    ["887ULL", "not-a-value"],
    ["1.5", "not-a-value"],
    ["٣", "not-a-value"],
    ["0x10000000000000000", "too-large"],
    ["0d18446744073709551616", "too-large"],
    ["f".repeat(100_000), "too-large"],
  ];
  for (const [text, problem] of bad) {
    it(`refuses ${JSON.stringify(text.slice(0, 24))} as ${problem}`, () => {
      assert.equal(read(text), problem);
    });
  }

  it("comes back from every form it is printed in", () => {
    fc.assert(
      fc.property(u64, (value) => {
        const grouped = value.toString(16).replaceAll(/\B(?=(?:.{4})+$)/gu, "_");
        const forms = [
          hex64(value),
          hexShort(value),
          `0x${grouped}`,
          `0d${value}`,
          `${hexShort(value)}ULL`,
        ];
        for (const form of forms) assert.equal(read(form), value);
      }),
    );
  });

  it("prints 16 digits, always", () => {
    fc.assert(
      fc.property(u64, (value) => {
        assert.match(hex64(value), /^0x[\da-f]{16}$/u);
      }),
    );
  });

  it("is the sum of its set bits", () => {
    fc.assert(
      fc.property(u64, (value) => {
        assert.equal(maskOf(setBits(value)), value);
      }),
    );
  });
});
