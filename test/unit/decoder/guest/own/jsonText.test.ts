import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonFault } from "../../../../../src/decoder/guest/own/jsonText";

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("where a text stops being JSON", () => {
  const cases: readonly [string, string][] = [
    ["", "1:1"],
    ["\n\n  ]", "3:3"],
    ['{"a" 1}', "1:6"],
    ['{"a": 1,}', "1:9"],
    ["[1 2]", "1:4"],
    ["[1]]", "1:4"],
    ["[", "1:2"],
    ["[\n1,\n", "3:1"],
    ["[01]", "1:3"],
    ["[tru]", "1:2"],
    ['["a\nb"]', "1:2"],
    ['["\\x"]', "1:2"],
    ["[}", "1:2"],
    ['{"a": 1]', "1:8"],
  ];
  for (const [text, place] of cases) {
    it(`is ${place} in ${JSON.stringify(text)}`, () => {
      const fault = jsonFault(text);
      assert.equal(`${fault?.line}:${fault?.column}`, place);
    });
  }

  it("is nowhere in what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(4), (value, indent) => {
        assert.equal(jsonFault(JSON.stringify(value, null, indent)), null);
      }),
    );
  });

  it("is somewhere just where JSON.parse finds no JSON", () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", '"', "]", "{", "x", "\n", "0"))
      .map(([text, at, put]) => {
        const place = at % (text.length + 1);
        return text.slice(0, place) + put + text.slice(place + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        assert.equal(jsonFault(text) === null, isJson(text), text);
      }),
      { numRuns: 2000 },
    );
  });

  it("is found at once in what is nested deep or long", () => {
    assert.deepEqual(jsonFault("[".repeat(100_000)), { line: 1, column: 100_001 });
    assert.equal(jsonFault(`["${"a".repeat(1_000_000)}"]`), null);
  });
});
