import assert from "node:assert/strict";
import { LineText, LONGEST_LINE } from "../../../../../src/decoder/log/line/lineText";
import { LINE_ANCHORS } from "../../../../../src/decoder/log/scan/stepReader";
import { findingsOf } from "../findings";

const REFUSAL = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

/** The numbers of a text's bytes, as journald writes them. */
function bytes(text: string, separator = ","): string {
  return Array.from(new TextEncoder().encode(text)).join(separator);
}

describe("a message of journald in numbers of bytes", () => {
  it("is read as the text that it is, in quotes, with all else on the line", () => {
    const line = `{"PRIORITY":"6","MESSAGE":[${bytes("a 0x7")}],"_PID":"1"}`;
    assert.equal(new LineText(line).text, '{"PRIORITY":"6","MESSAGE":"a 0x7","_PID":"1"}');
  });

  it("is cleaned as any line: of colours, and of what is no end of the line", () => {
    const line = `{"MESSAGE":[${bytes('\u001b[1mone\u001b[0m\n"two"\r')}]}`;
    assert.equal(new LineText(line).text, '{"MESSAGE":"one "two""}');
  });

  it("has U+FFFD for each byte beyond ASCII", () => {
    const line = `{"MESSAGE":[${bytes("é")},255]}`;
    assert.equal(new LineText(line).text, '{"MESSAGE":"\ufffd\ufffd\ufffd"}');
  });

  for (const [title, open, separator, close] of [
    ["as journalctl prints it", '"MESSAGE":[', ",", "]"],
    ["as it printed it formerly", '"MESSAGE" : [ ', ", ", " ]"],
    ["as others print JSON", '"MESSAGE": [', ", ", "]"],
  ] as const)
    it(`tells what is in it, at its numbers: ${title}`, () => {
      const line = `{${open}${bytes(`\u001b[31m${REFUSAL}\u001b[0m`, separator)}${close}}`;
      const [finding, ...others] = findingsOf(line);
      assert.deepEqual(others, []);
      assert.equal(finding?.text, bytes("0x800", separator));
      assert.equal(line.slice(finding.start, finding.end), finding.text);
      assert.ok([...LINE_ANCHORS].some((anchor) => line.includes(anchor)));
    });

  it("may stand on one line with others", () => {
    const message = (text: string) => `{"MESSAGE":[${bytes(text)}]}`;
    const line = `[${message("SEV_STATUS: 0x7")},{"MESSAGE":"x"},${message("SEV_STATUS: 0x887")}]`;
    assert.deepEqual(
      findingsOf(line).map(({ text }) => text),
      [bytes("0x7"), bytes("0x887")],
    );
  });

  for (const [title, list] of [
    ["has a number that is no byte", `${bytes(REFUSAL)},256`],
    ["holds something else", `${bytes(REFUSAL)},"a"`],
    ["has a sign", `${bytes(REFUSAL)},-1`],
    ["has a list in it", `[${bytes(REFUSAL)}]`],
    ["is empty", ""],
  ] as const)
    it(`is none where the list ${title}`, () => {
      const line = `{"MESSAGE":[${list}]}`;
      assert.equal(new LineText(line).text, line);
      assert.deepEqual(findingsOf(line), []);
    });

  it("is none where the line ends before the list does", () => {
    const line = `{"MESSAGE":[${bytes(REFUSAL)},`;
    assert.equal(new LineText(line).text, line);
  });

  it("is found in other fields only where they hold text", () => {
    assert.deepEqual(findingsOf(`{"_CMDLINE":[${bytes(REFUSAL)}]}`), []);
  });

  it("can be as long as a line", () => {
    const count = Math.floor(LONGEST_LINE / 3) - 100;
    const line = `{"MESSAGE":[${"65,".repeat(count)}${bytes(" SEV_STATUS: 0x7")}]}`;
    assert.deepEqual(
      findingsOf(line).map(({ text }) => text),
      [bytes("0x7")],
    );
  });
});
