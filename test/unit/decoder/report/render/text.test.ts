import assert from "node:assert/strict";
import { decode } from "../../../../../src/decoder/register/decode";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { reportOn } from "../../../../../src/decoder/report/value/decodeReport";
import type { Paint } from "../../../../../src/decoder/report/render/text";
import { columns, textOf } from "../../../../../src/decoder/report/render/text";
import { hostileReport } from "../reports";

const BRACKETS: Paint = {
  strong: (text) => `{${text}}`,
  tone: (tone, text) => `<${tone} ${text}>`,
};

const refusal = () => reportOn(decode("sev-status", 0x887n), guestProfile("6.6"));

describe("textOf", () => {
  it("says the answer on the first line", () => {
    const [first = ""] = textOf(refusal()).split("\n");
    assert.match(first, /^SEV_STATUS 0x887: ✗ Linux 6\.6 refuses to boot – missing SecureTSC$/u);
  });

  it("marks each bit by sign and word, so that colour is not needed", () => {
    const text = textOf(refusal());
    assert.match(text, /^ {2}11 {2}✗ {2}SecureTSC {2}missing/mu);
    assert.match(text, /^ {3}7 {2}✓ {2}DebugSwap {2}supported/mu);
  });

  it("paints the title, the answer and the lines of what is lacking", () => {
    const lines = textOf(refusal(), BRACKETS).split("\n");
    assert.match(lines[0] ?? "", /^\{SEV_STATUS 0x887\}.*<bad ✗ Linux 6\.6 refuses/u);
    assert.ok(lines.some((line) => /^<bad .*SecureTSC/u.test(line)));
    assert.ok(!lines.some((line) => /^<bad .*DebugSwap/u.test(line)));
  });

  it("shows the meaning of each bit where there is no guest", () => {
    const text = textOf(reportOn(decode("sev-status", 0x4n), null));
    assert.match(text, /SEV-SNP {2}The guest's memory is protected/u);
  });

  it("lets no control character, direction mark or line break of hostile text through", () => {
    const lines = textOf(hostileReport()).split("\n");
    for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.ok(lines.some((line) => line.includes("\\u001b[31mred")));
    assert.ok(!lines.some((line) => line.startsWith("# heading")));
  });

  it("ends without blanks or a newline", () => {
    assert.doesNotMatch(textOf(refusal()), /[ \t]$/mu);
    assert.doesNotMatch(textOf(refusal()), /\n$/u);
  });
});

describe("columns", () => {
  it("pads each column to its widest cell, the last one not at all", () => {
    assert.deepEqual(
      columns([
        ["a", "bb", "c"],
        ["aaa", "b", ""],
      ]),
      ["a    bb  c", "aaa  b"],
    );
    assert.deepEqual(columns([]), []);
  });
});
