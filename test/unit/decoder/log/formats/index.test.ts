import assert from "node:assert/strict";
import { BLOCK_FORMATS, LINE_FORMATS } from "../../../../../src/decoder/log/formats";
import { LineText } from "../../../../../src/decoder/log/line/lineText";
import { ANCHORS, isWanted } from "../../../../../src/decoder/log/scan/stepReader";
import { findingsOf } from "../findings";

describe("the formats", () => {
  for (const format of [...LINE_FORMATS, ...BLOCK_FORMATS]) {
    describe(`${format.software}: ${format.name}`, () => {
      it("has examples of what it is and of what it is not", () => {
        assert.ok(format.examples.length > 0);
        assert.ok(format.nearMisses.length > 0);
      });
      for (const example of format.examples) {
        it(`finds: ${JSON.stringify(example.slice(-120))}`, () => {
          assert.ok(findingsOf(example).some(({ software }) => software === format.software));
          assert.ok(format.anchors.some((anchor) => example.includes(anchor)));
        });
      }
      for (const nearMiss of format.nearMisses) {
        it(`finds nothing: ${JSON.stringify(nearMiss.slice(-120))}`, () => {
          assert.deepEqual(findingsOf(nearMiss), []);
        });
      }
    });
  }

  it("name words that the filter lets through, wherever they stand in a line", () => {
    for (const anchor of ANCHORS) {
      for (const line of [anchor, `x${anchor}`, `[   12.345678] text ${anchor} text`]) {
        assert.ok(isWanted(new LineText(line)), line);
      }
    }
  });

  it("leave ordinary lines out", () => {
    for (const line of ["", "s", "[    0.000000] BIOS-provided physical RAM map:"]) {
      assert.ok(!isWanted(new LineText(line)), line);
    }
  });
});
