import assert from "node:assert/strict";
import { BLOCK_TEXTS, LINE_TEXTS, TEXTS } from "./texts";
import { ANCHOR_OWNERS } from "../../../../../src/decoder/log/formats/match";
import { LINE_FILTER } from "../../../../../src/decoder/log/scan/stepReader";
import { findingsOf, inWords } from "../findings";

describe("the formats", () => {
  const formats = [...LINE_TEXTS, ...BLOCK_TEXTS];

  it("have names of their own, each with its examples and nothing else in the table", () => {
    const names = formats.map(({ software, name }) => `${software}: ${name}`);
    assert.deepEqual(Object.keys(TEXTS).sort(), [...new Set(names)].sort());
    assert.equal(new Set(names).size, names.length);
  });

  for (const { software, name, anchors, examples, says, nearMisses } of formats) {
    describe(`${software}: ${name}`, () => {
      it("has an anchor in every example, and near misses", () => {
        for (const example of examples)
          assert.ok(
            anchors.some((anchor) => example.includes(anchor)),
            example,
          );
        assert.ok(nearMisses.length > 0);
        assert.equal(says.length, examples.length);
      });

      for (const [index, example] of examples.entries()) {
        it(`finds ${says[index] ?? "?"}: ${JSON.stringify(example.slice(-120))}`, () => {
          const own = findingsOf(example).filter(
            (one) => one.software === software && one.format === name,
          );
          assert.equal(own.map(inWords).join(", "), says[index]);
        });
      }

      for (const nearMiss of nearMisses) {
        it(`finds nothing: ${JSON.stringify(nearMiss.slice(-120))}`, () => {
          assert.deepEqual(findingsOf(nearMiss), []);
        });
      }
    });
  }

  it("are tried on lines with their words, wherever those stand", () => {
    for (const [anchor, owners] of ANCHOR_OWNERS)
      for (const line of [anchor, `x${anchor}`, `[   12.345678] text ${anchor} text`])
        for (const owner of owners) assert.ok(LINE_FILTER.ownersIn(line).includes(owner), line);
  });

  it("leave ordinary lines out", () => {
    for (const line of ["", "s", "[    0.000000] BIOS-provided physical RAM map:"])
      assert.deepEqual(LINE_FILTER.ownersIn(line), []);
  });
});
