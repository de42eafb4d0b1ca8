import assert from "node:assert/strict";
import { LineText } from "../../../../src/decoder/log/lineText";

/** Where in the line as it stands a word is that was found in its cleaned text. */
function placed(line: string, word: string): string {
  const text = new LineText(line);
  const start = text.text.indexOf(word);
  assert.notEqual(start, -1, text.text);
  const { text: original } = text.place(
    { what: null, parts: [], start, end: start + word.length },
    0,
  );
  return original;
}

describe("the text of a line", () => {
  const cases: readonly [string, string, string, string][] = [
    ["nothing to clean", "SEV: 0x7", "SEV: 0x7", "0x7"],
    ["colours around a value", "SEV: \u001b[1m0x7\u001b[0m;", "SEV: 0x7;", "0x7"],
    ["a colour in a value", "SEV: 0x\u001b[1m7;", "SEV: 0x7;", "0x\u001b[1m7"],
    ["NULs and CRs", "\0\0SEV:\r 0\0x7\0", "SEV: 0x7", "0\0x7"],
    ["escaped quotes", 'a=\\"SEV: 0x7\\"', 'a="SEV: 0x7"', "0x7"],
    ["quotes escaped twice", 'a=\\\\\\"SEV: 0x7\\\\\\"', 'a="SEV: 0x7"', "0x7"],
    ["an escaped colour", "SEV: \\u001b[31m0x7\\u001B[0m", "SEV: 0x7", "0x7"],
    ["escaped ends of lines", "one\\nSEV: 0x7\\r\\n", "one SEV: 0x7  ", "0x7"],
    ["backslashes that escape nothing", "\\_SB_\\SEV: 0x7\\", "\\_SB_\\SEV: 0x7\\", "0x7"],
    ["an escape for each unit", "\\/\\/0x7\\/", "//0x7/", "0x7"],
  ];
  for (const [title, line, text, value] of cases) {
    it(`is cleaned, and leads back to the line: ${title}`, () => {
      assert.equal(new LineText(line).text, text);
      assert.equal(placed(line, "0x7"), value);
    });
  }

  it("leads back to the whole of an escape of which a character is left", () => {
    assert.equal(placed('a \\"b\\" c', 'a "'), 'a \\"');
    assert.equal(placed('a \\"b\\" c', '" c'), '\\" c');
  });
});
