import assert from "node:assert/strict";
import fc from "fast-check";
import { AnchorFilter, STRIDE } from "../../../../../src/decoder/log/scan/anchorFilter";

/** A filter in which each word has its own owner, by its place in the list. */
function filterOf(words: readonly string[]): AnchorFilter {
  const owners = words.map((word) => [word, [words.indexOf(word)]] as const);
  return new AnchorFilter(new Map(owners));
}

describe("words that a line is read for", () => {
  const letters = fc.constantFrom("a", "b", "c", " ");
  const word = fc.string({ unit: letters, minLength: 6, maxLength: 9 });
  const words = fc.array(word, { minLength: 1, maxLength: 5 });
  // U+0161 has the low byte of "a".
  const text = fc.string({ unit: fc.oneof(letters, fc.constant("\u0161")), maxLength: 60 });

  it("are found wherever they stand in a text, with their owners, and nothing else is", () => {
    fc.assert(
      fc.property(words, text, (sought, line) => {
        const there = sought.filter((one) => line.includes(one));
        const owners = new Set(there.map((one) => sought.indexOf(one)));
        assert.deepEqual(
          filterOf(sought).ownersIn(line),
          [...owners].sort((a, b) => a - b),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("are found in bytes by one look at every fourth of them, whatever stands around", () => {
    fc.assert(
      fc.property(words, text, text, fc.nat(), (sought, before, after, which) => {
        const line = `${before}${sought[which % sought.length] ?? ""}${after}`;
        const bytes = Uint8Array.from(line, (character) => character.charCodeAt(0));
        const filter = filterOf(sought);
        for (let first = 0; first < STRIDE; first++) {
          const looks = [...bytes.keys()].filter((at) => at % STRIDE === first);
          assert.ok(looks.some((at) => filter.standsAround(bytes, at)));
        }
      }),
    );
  });

  it("are refused where they are too short to be found so", () => {
    assert.throws(() => filterOf(["SEV: S", "SEV: "]), {
      message: 'The word "SEV: " has less than 6 characters.',
    });
  });
});
