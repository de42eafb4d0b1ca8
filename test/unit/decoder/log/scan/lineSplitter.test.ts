import assert from "node:assert/strict";
import fc from "fast-check";
import { LONGEST_LINE } from "../../../../../src/decoder/log/line/lineText";
import { LineSplitter } from "./lineSplitter";
import { readLog } from "../findings";
import { BLOCK_FORMATS, LINE_FORMATS } from "../../../../../src/decoder/log/formats";

function linesOf(...chunks: readonly Uint8Array[]): string[] {
  const splitter = new LineSplitter(new TextDecoder());
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()].map(
    ({ text }) => text,
  );
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The bytes, cut at these places. */
function cut(all: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (all.length + 1)), all.length].sort(
    (a, b) => a - b,
  );
  return sorted.slice(1).map((end, index) => all.slice(sorted[index], end));
}

function findings(chunks: readonly Uint8Array[]): unknown[] {
  const splitter = new LineSplitter(new TextDecoder());
  const lines = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
  return readLog(...lines.map(({ text }) => text)).findings;
}

describe("lines of a stream", () => {
  const cases: readonly [string, string, string[]][] = [
    ["LF", "a\nb\n", ["a", "b"]],
    ["CRLF", "a\r\nb\r\n", ["a", "b"]],
    ["a lone CR", "a\rb\r", ["a", "b"]],
    ["no end at the end", "a\nb", ["a", "b"]],
    ["empty lines", "\n\n", ["", ""]],
    ["nothing", "", []],
    ["a byte-order mark", "\ufeffa\n", ["a"]],
    ["NUL bytes", "a\0b\n", ["a\0b"]],
  ];
  for (const [title, text, expected] of cases) {
    it(`end with ${title}`, () => {
      assert.deepEqual(linesOf(bytes(text)), expected);
    });
  }

  it("survive invalid UTF-8", () => {
    assert.deepEqual(linesOf(Uint8Array.of(0x61, 0xff, 0xfe, 0x0a, 0x62)), ["a\ufffd\ufffd", "b"]);
  });

  it("are bounded, and what is left out is counted", () => {
    const splitter = new LineSplitter(new TextDecoder());
    const chunk = bytes("x".repeat(LONGEST_LINE - 1));
    const lines = [
      ...splitter.push(chunk),
      ...splitter.push(chunk),
      ...splitter.push(bytes("\ny\n")),
    ];
    assert.deepEqual(
      lines.map(({ text, skipped }) => [text.length, skipped]),
      [
        [LONGEST_LINE, LONGEST_LINE - 2],
        [1, 0],
      ],
    );
  });
});

describe("chunks", () => {
  const example = fc.constantFrom(
    ...[...LINE_FORMATS, ...BLOCK_FORMATS].flatMap(({ examples }) => examples),
    "\ud83d\ude00\u00e9",
    "\ufffd\0",
  );
  const end = fc.constantFrom("\n", "\r\n", "\r");
  const text = fc
    .tuple(fc.array(example, { maxLength: 6 }), end, fc.boolean())
    .map(([examples, newline, isEnded]) => {
      const joined = examples.join("\n").replaceAll("\n", newline);
      return isEnded ? `${joined}${newline}` : joined;
    });

  it("do not matter: any split of the input gives the same findings", () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (joined, places) => {
        const all = bytes(joined);
        assert.deepEqual(findings(cut(all, places)), findings([all]));
        assert.deepEqual(linesOf(...cut(all, places)), linesOf(all));
      }),
    );
  });

  it("of one byte each give the same findings too, and CRLF the same as LF", () => {
    const log = BLOCK_FORMATS.flatMap(({ examples }) => examples).join("\n");
    const singles = Array.from(bytes(log), (byte) => Uint8Array.of(byte));
    assert.deepEqual(findings(singles), findings([bytes(log)]));
    assert.deepEqual(findings([bytes(log.replaceAll("\n", "\r\n"))]), findings([bytes(log)]));
  });
});
