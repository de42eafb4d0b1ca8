import assert from "node:assert/strict";
import { decode } from "../../../../../src/decoder/register/decode";
import type { Register } from "../../../../../src/decoder/register/decode";
import { fieldCells } from "../../../../../src/decoder/report/value/fieldCells";

const cellsOf = (register: Register, value: bigint) =>
  fieldCells(decode(register, value)).map(
    ({ bits, name, value: held, meaning }) =>
      `${bits === null ? "" : `[${bits.from}:${bits.to}] `}${name} ${held}${meaning === "" ? "" : ` = ${meaning}`}`,
  );

describe("a value cut into its fields", () => {
  it("is a termination in the GHCB MSR, highest bits first", () => {
    const [code = "", set = "", info = ""] = cellsOf("ghcb-msr", 0x20100n);
    assert.match(code, /^\[23:16\] reason code 0x2 = SNP features unsupported/u);
    assert.match(set, /^\[15:12\] reason set 0x0 = GHCB specification/u);
    assert.equal(info, "[11:0] GHCBInfo 0x100 = TERM_REQ");
  });

  it("shows bits of no field as reserved", () => {
    assert.ok(cellsOf("ghcb-msr", 0x1_0000_0100n).some((cell) => cell.includes("reserved")));
    assert.deepEqual(cellsOf("ghcb-msr", 0x5002n)[0], "[63:12] reserved 0x5");
  });

  it("is an address where the low bits are clear", () => {
    assert.deepEqual(cellsOf("ghcb-msr", 0x4e14000n), [
      "[63:12] GHCB page 0x4e14 = number of the 4 KiB page",
      "[11:0] GHCBInfo 0x0 = 0: the value is the GHCB's address",
    ]);
  });

  it("is a reason in SW_EXITINFO1", () => {
    const [code = "", set = ""] = cellsOf("exit-info-1", 0x20n);
    assert.match(code, /^\[11:4\] reason code 0x2 = SNP features unsupported/u);
    assert.match(set, /^\[3:0\] reason set 0x0/u);
  });

  it("is two errors of a guest request", () => {
    const cells = cellsOf("guest-request-error", 0x1_0000_0016n);
    assert.deepEqual(cells.map((cell) => /^\[[\d:]+\]/u.exec(cell)?.[0]).sort(), [
      "[31:0]",
      "[63:32]",
    ]);
  });

  it("leaves no set bit out", () => {
    for (const value of [0x20100n, 0xffff_ffff_ffff_ffffn, 0x4e14000n, 0x123_4567_8014n]) {
      const covered = fieldCells(decode("ghcb-msr", value)).reduce(
        (mask, { bits }) =>
          bits === null
            ? mask
            : mask | (((1n << BigInt(bits.from - bits.to + 1)) - 1n) << BigInt(bits.to)),
        0n,
      );
      assert.equal(value & ~covered, 0n, value.toString(16));
    }
  });

  it("is no fields for a set of features", () => {
    assert.deepEqual(cellsOf("sev-status", 0x887n), []);
  });
});
