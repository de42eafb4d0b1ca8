import assert from "node:assert/strict";
import fc from "fast-check";
import { u64ProblemSentence } from "../../../../src/decoder/report/problem";
import { quoted } from "../../../../src/decoder/text/quoted";
import { parseU64 } from "../../../../src/decoder/text/u64";
import { HOSTILE } from "./reports";

describe("quoted", () => {
  it("puts a text in quotation marks", () => {
    assert.equal(quoted("0xzz"), '"0xzz"');
  });

  it("escapes escape sequences, direction marks and line breaks", () => {
    assert.equal(
      quoted("\u001b[31m\u202e\n\u009b\u2028\u200b"),
      '"\\u001b[31m\\u202e\\n\\u009b\\u2028\\u200b"',
    );
    assert.doesNotMatch(quoted(HOSTILE), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it("escapes characters beyond 16 bits that are not seen either", () => {
    assert.doesNotMatch(quoted("\u{e0041}"), /\p{Cf}/u);
  });

  it("shows the beginning of a long text", () => {
    assert.equal(quoted("x".repeat(1000)), `"${"x".repeat(60)}…"`);
  });

  it("is always one printable line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        assert.doesNotMatch(quoted(text), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("u64ProblemSentence", () => {
  const sentence = (text: string) => {
    const result = parseU64(text);
    assert.ok(!result.ok);
    return u64ProblemSentence(result.problem);
  };

  it("names the text and what was expected", () => {
    assert.match(sentence("0xzz"), /^"0xzz" is not a value: expected 64 bits such as 0x887/u);
    assert.match(sentence(""), /^No value is given: expected/u);
    assert.match(sentence("0x1_0000_0000_0000_0000"), /does not fit in 64 bits/u);
  });
});
