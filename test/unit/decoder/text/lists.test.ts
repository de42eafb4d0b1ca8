import assert from "node:assert/strict";
import fc from "fast-check";
import { append, largest, replaceItems } from "../../../../src/decoder/text/lists";
import { columns } from "../../../../src/decoder/report/render/text";

/** More than can be passed as arguments. */
const MANY = Array.from({ length: 300_000 }, (_, index) => index);

describe("lists of any length", () => {
  it("are added to others, and replace items of others", () => {
    const list = [-1];
    append(list, MANY);
    assert.equal(list.length, 300_001);
    replaceItems(list, 1, 299_999, MANY);
    assert.deepEqual([list.length, list[0], list[1], list.at(-1)], [300_002, -1, 0, 299_999]);
    assert.equal(largest(MANY), 299_999);
  });

  it("are replaced as splice does it", () => {
    const items = fc.array(fc.nat());
    fc.assert(
      fc.property(items, fc.nat(12), fc.nat(12), items, (before, first, count, fresh) => {
        const expected = [...before];
        expected.splice(first, count, ...fresh);
        const list = [...before];
        replaceItems(list, first, count, fresh);
        assert.deepEqual(list, expected);
      }),
    );
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
