import assert from "node:assert/strict";
import fc from "fast-check";
import { wrap } from "../../../../src/decoder/text/wrap";

describe("a text that is wrapped", () => {
  const cases: readonly [string, string, string][] = [
    ["is broken between words", "one two three", "one two\nthree"],
    ["keeps what fits", "one two\n\nthree", "one two\n\nthree"],
    ["goes on under where a line began", "  - one two three", "  - one\n    two\n    three"],
    ["keeps words that are longer", "a abcdefghijkl b", "a\nabcdefghijkl\nb"],
    ["keeps columns", "one  two  three", "one  two  three"],
  ];
  for (const [title, text, expected] of cases)
    it(title, () => {
      assert.equal(wrap(text, 9), expected);
    });

  it("loses no word, and has no long line but of one word", () => {
    const word = fc.stringMatching(/^[a-z]{1,12}$/u);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 30 }),
        fc.nat({ max: 20 }),
        (words, width) => {
          const lines = wrap(words.join(" "), width).split("\n");
          assert.deepEqual(
            lines.flatMap((line) => line.split(" ")),
            words,
          );
          for (const line of lines) assert.ok(line.length <= width || !line.includes(" "));
        },
      ),
    );
  });
});
