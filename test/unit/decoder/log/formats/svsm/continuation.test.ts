import assert from "node:assert/strict";
import { DocumentBoots } from "../../../../../../src/decoder/boot/document";
import { findingsOf, inWords, readLog } from "../../findings";

const WORDS = "[SVSM] ERROR: Unsupported features enabled:";
const FIRST = `${WORDS} ALTERNATE_INJECTION`;

/** What a log says of features: each value, and each empty list. */
function said(...lines: readonly string[]): string[] {
  return findingsOf(lines.join("\n")).map(inWords);
}

describe("a list of the SVSM that is wrapped", () => {
  it("is read to its end, over as many lines as it has", () => {
    assert.deepEqual(
      said(WORDS, "SEV", "SEV-ES", "SEV-SNP", "VTOM", "SECURE_TSC").at(-1),
      "sev-features 0x203",
    );
    assert.deepEqual(said(FIRST, "SECURE_TSC", "[SVSM] INFO: halting"), [
      "sev-features 0x10",
      "sev-features 0x210",
    ]);
  });

  it("is one list of its boot, with all its features", () => {
    const [boot] = readLog(FIRST, "SECURE_TSC", "[SVSM] ERROR: Panic!").boots;
    assert.deepEqual(boot?.features.first, [{ role: "guest", value: 0x210n }]);
    assert.equal(boot.refusedBySvsm, 0x210n);
  });

  it("is read on in an open document when its next line is typed, and changed", () => {
    const lines = [FIRST, ""];
    const document = new DocumentBoots(lines.length);
    const read = () => {
      document.read((line) => lines[line], Infinity);
      return document.findings().map(inWords);
    };
    const change = (text: string) => {
      lines[1] = text;
      document.edit({ first: 1, removed: 1, inserted: 1 });
    };
    assert.deepEqual(read(), ["sev-features 0x10"]);
    change("SECURE_TSC");
    assert.deepEqual(read(), ["sev-features 0x10", "sev-features 0x210"]);
    change("[SVSM] SECURE_TSC");
    assert.deepEqual(read(), ["sev-features 0x10"]);
  });

  it("has the names behind it for itself, though a list of Linux' comes before it", () => {
    assert.deepEqual(said("[    0.544425] SEV: Status: vTom ", FIRST, " SECURE_TSC"), [
      "sev-status 0x8",
      "sev-features 0x10",
      "sev-features 0x210",
    ]);
  });

  const notContinued: readonly [string, readonly string[]][] = [
    ["a line of the SVSM", ["[SVSM] SECURE_TSC"]],
    ["a line of its second stage", ["[Stage2] SECURE_TSC"]],
    ["a line with a kernel's time", ["[    0.500000] SECURE_TSC"]],
    ["a line of syslog", ["Nov 26 10:56:59 host qemu[1]: SECURE_TSC"]],
    ["a quotation, where the first line is none", ["> SECURE_TSC"]],
    ["a name out of order", ["REFLECT_VC"]],
    ["a name again", ["ALTERNATE_INJECTION"]],
    ["names out of order", ["SECURE_TSC DEBUG_SWAP"]],
    ["a name in another spelling", ["SecureTSC"]],
    ["a name that SVSM never prints", ["VMPL_SSS"]],
    ["other words", ["SECURE_TSC is not supported"]],
    ["a full stop", ["SECURE_TSC."]],
    ["names with a comma", ["DEBUG_SWAP, SECURE_TSC"]],
    ["a blank line", ["", "SECURE_TSC"]],
    ["another line between", ["Press any key", "SECURE_TSC"]],
    ["nothing", []],
  ];
  for (const [title, lines] of notContinued) {
    it(`does not go on with ${title}`, () => {
      assert.deepEqual(said(FIRST, ...lines), ["sev-features 0x10"]);
      assert.equal(said(WORDS, ...lines.slice(0, 1)).length > 0, true);
    });
  }

  it("does not go on where the first line goes on", () => {
    assert.deepEqual(said(`${FIRST}.`, "SECURE_TSC"), ["sev-features 0x10"]);
    assert.deepEqual(said(`${FIRST}"}`, "SECURE_TSC"), ["sev-features 0x10"]);
  });

  it("says that it is cut by a mail's soft line break", () => {
    for (const line of [`${FIRST}=`, `${FIRST} =`, `${WORDS} ALTERNATE_INJ=`, `${WORDS}=`])
      assert.deepEqual(said(line, "SECURE_TSC"), ["notice named.cut"], line);
  });
});
