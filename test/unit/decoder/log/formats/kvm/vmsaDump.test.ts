import assert from "node:assert/strict";
import { hexShort } from "../../../../../../src/decoder/text/u64";
import { findingsOf } from "../../findings";

const ZEROS = `${"00 ".repeat(15)}00`;
const T1 = "[    1.000001] [    T1] ";
const T2 = "[    1.000002] [    T2] ";
const NO_MARK = "[    1.000001] ";
/** The rows of struct sev_es_save_area, and of the structs before it. */
const WHOLE = 103;

/** A dump with SEV_FEATURES in its 60th row. */
function dump(prefix: string, features: string, rows = WHOLE): string[] {
  return [
    "kvm_amd: Virtual Machine Save Area (VMSA):",
    ...Array.from({ length: rows }, (_, row) => (row === 59 ? features + ZEROS.slice(2) : ZEROS)),
  ].map((line) => prefix + line);
}

function byTurns(one: readonly string[], other: readonly string[]): string[] {
  return one.flatMap((line, index) => [line, other[index] ?? ""]);
}

function features(...lines: readonly string[]): string[] {
  return findingsOf(lines.join("\n")).map(({ fact }) => {
    assert.ok(fact.kind === "sev-features");
    return hexShort(fact.value);
  });
}

describe("VMSA dumps of several callers", () => {
  it("are told apart however their rows alternate", () => {
    assert.deepEqual(features(...byTurns(dump(T1, "29"), dump(T2, "21"))), ["0x29", "0x21"]);
    const [one, other] = [dump(T1, "29"), dump(T2, "21")];
    assert.deepEqual(features(...one.slice(0, 30), ...other, ...one.slice(30)), ["0x21", "0x29"]);
  });

  it("end where their thread goes on to something else", () => {
    const [one, more] = [dump(T1, "29").slice(0, 30), dump(T1, "29").slice(30)];
    assert.deepEqual(features(...one, `${T1}kvm_amd: something else`, ...more), []);
    assert.deepEqual(features(...one, `${T2}kvm_amd: something else`, ...more), ["0x29"]);
  });

  it("count no row of another thread", () => {
    const [one, more] = [dump(T1, "29").slice(0, 59), dump(T1, "29").slice(59)];
    assert.deepEqual(features(...one, `${T2}${ZEROS}`, ...more), ["0x29"]);
  });
});

describe("VMSA dumps without the callers' marks", () => {
  it("are read one after the other, as kernels print them, new and old", () => {
    assert.deepEqual(features(...dump(NO_MARK, "29"), ...dump(NO_MARK, "21")), ["0x29", "0x21"]);
    const half = `${NO_MARK}00 00 00 00 00 00 00 00`;
    const old = [...dump(NO_MARK, "29", 64), half, ...dump(NO_MARK, "21", 64), half];
    assert.deepEqual(features(...old), ["0x29", "0x21"]);
  });

  it("say nothing where a second one begins before the first one has ended", () => {
    const [one, other] = [dump(NO_MARK, "29"), dump(NO_MARK, "21")];
    assert.deepEqual(features(...byTurns(one, other)), []);
    assert.deepEqual(features(...one.slice(0, 30), ...other, ...one.slice(30)), []);
    assert.deepEqual(features(...one.slice(0, 80), ...other, ...one.slice(80)), []);
  });

  it("are read again after other lines", () => {
    const quiet = Array.from({ length: 5 }, () => `${NO_MARK}kvm: another line`);
    const both = byTurns(dump(NO_MARK, "29"), dump(NO_MARK, "21"));
    assert.deepEqual(features(...both, ...quiet, ...dump(NO_MARK, "29")), ["0x29"]);
  });

  it("count no row after a line that introduces other bytes, nor one without their time stamp", () => {
    const [one, more] = [dump(NO_MARK, "29").slice(0, 30), dump(NO_MARK, "29").slice(30)];
    assert.deepEqual(features(...one, `${NO_MARK}Other bytes:`, ZEROS, ...more), []);
    assert.deepEqual(features(...one, "a program's own line", ZEROS, ...more), ["0x29"]);
  });

  it("are told of where the log is cut off after the features", () => {
    assert.deepEqual(features(...dump(NO_MARK, "29", 60)), ["0x29"]);
    assert.deepEqual(features(...dump(NO_MARK, "29", 59)), []);
  });
});

describe("a VMSA dump as journals and dmesg print it", () => {
  const prefixes = [
    "",
    "[Thu Nov 26 10:56:59 2026] ",
    "[Thu Nov 26 10:56:59 2026] [    T1] ",
    "kern  :debug : [    1.234567] ",
    "[  +0.000012] ",
    "Nov 26 10:56:59.123456 host kernel: ",
    "2026-11-26T10:56:59+0000 host kernel: ",
    "[    1.234567] host kernel: ",
    "2026-01-01T00:00:00.0Z stdout F [    1.234567] ",
  ];
  for (const prefix of prefixes) {
    it(`is read after ${JSON.stringify(prefix)}`, () => {
      assert.deepEqual(features(...dump(prefix, "29")), ["0x29"]);
    });
  }

  it("is not read after a prefix that nobody knows", () => {
    assert.deepEqual(features(...dump("host: ", "29")), []);
  });
});
