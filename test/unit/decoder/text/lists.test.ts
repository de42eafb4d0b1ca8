import assert from "node:assert/strict";
import { append, largest } from "../../../../src/decoder/text/lists";
import { columns } from "../../../../src/decoder/report/render/text";

/** More than can be passed as arguments. */
const MANY = Array.from({ length: 300_000 }, (_, index) => index);

describe("lists of any length", () => {
  it("are added to others, and have a largest number", () => {
    const list = [-1];
    append(list, MANY);
    assert.equal(list.length, 300_001);
    assert.deepEqual([list[0], list[1], list.at(-1)], [-1, 0, 299_999]);
    assert.equal(largest(MANY), 299_999);
  });

  it("have a largest number, which is at least what is asked for", () => {
    assert.deepEqual([largest([]), largest([3, 9, 4]), largest([3], 7)], [0, 9, 7]);
  });

  it("are rows of a table", () => {
    const rows = columns(MANY.map((row) => [String(row), "x"]));
    assert.equal(rows.length, MANY.length);
    assert.equal(rows[0], "0       x");
  });
});
