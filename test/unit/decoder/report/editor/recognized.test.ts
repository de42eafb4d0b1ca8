import assert from "node:assert/strict";
import { BLOCK_FORMATS, LINE_FORMATS } from "../../../../../src/decoder/log/formats/index";
import { NOTICE_IDS } from "../../../../../src/decoder/log/notices";
import { recognizedText } from "../../../../../src/decoder/report/editor/recognized";

describe("the text on what is recognized", () => {
  const text = recognizedText();

  it("has each format with the words that stand in its lines", () => {
    for (const { name, anchors } of [...LINE_FORMATS, ...BLOCK_FORMATS])
      for (const anchor of anchors) assert.ok(text.includes(`"${anchor.trim()}"`), name);
  });

  it("puts a format under its printer, and no line twice", () => {
    const lines = text.split("\n");
    const kvm = lines.indexOf("KVM, in the host kernel's log");
    const linux = lines.indexOf("Linux, in the guest's console");
    const termination = lines.findIndex((line) => line.startsWith("  - termination by the GHCB:"));
    assert.ok(kvm !== -1 && kvm < termination && termination < linux);
    const rows = lines.filter((line) => line.startsWith("  - "));
    assert.ok(rows.length > NOTICE_IDS.length);
    assert.deepEqual(rows, [...new Set(rows)]);
  });

  it("names no message by its id", () => {
    for (const id of NOTICE_IDS) assert.ok(!text.includes(id), id);
  });
});
