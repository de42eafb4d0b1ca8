import assert from "node:assert/strict";
import { LinePicker } from "../../../../../src/decoder/log/scan/linePicker";

function picked(text: string, wanted: readonly number[], size = text.length): [number, string][] {
  const bytes = new TextEncoder().encode(text);
  const picker = new LinePicker(new TextDecoder(), wanted);
  for (let at = 0; at < bytes.length; at += size) picker.push(bytes.subarray(at, at + size));
  return [...picker.end()];
}

describe("picking lines out of a log", () => {
  const text = "a\r\nb\rc\n\nlong line\nlast";
  const lines = ["a", "b", "c", "", "long line", "last"];

  it("counts lines that end at LF, CRLF and a lone CR, however the bytes are cut", () => {
    for (let size = 1; size <= text.length; size++)
      assert.deepEqual(
        picked(text, [0, 1, 2, 3, 4, 5], size),
        lines.map((line, at) => [at, line]),
        `chunks of ${size}`,
      );
  });

  it("gives what there is of the lines that are asked for, in any order, once", () => {
    assert.deepEqual(picked(text, [4, 1, 4, 99]), [
      [1, "b"],
      [4, "long line"],
    ]);
  });

  it("cuts a very long line, and is done after the last one", () => {
    const picker = new LinePicker(new TextDecoder(), [0]);
    picker.push(new TextEncoder().encode(`${"x".repeat(5_000)}\nmore`));
    assert.equal(picker.isDone, true);
    assert.equal(picker.end().get(0)?.length, 2_048);
  });
});
