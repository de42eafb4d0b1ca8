import assert from "node:assert/strict";
import fc from "fast-check";
import { BLOCK_TEXTS, LINE_TEXTS } from "../formats/texts";
import { BootReader } from "../../../../../src/decoder/boot/reader";
import type { Finding } from "../../../../../src/decoder/log/finding";

const EXAMPLES = [...LINE_TEXTS, ...BLOCK_TEXTS]
  .flatMap(({ examples }) => examples)
  .filter((example) => example.length < 2000);

/** Logs of real lines, with ordinary ones between. */
const log = fc
  .array(fc.constantFrom(...EXAMPLES, "", "[    1.000000] smp: Brought up 1 node, 4 CPUs"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((lines) => lines.join("\n"));

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Every finding in the order given, read in chunks of a size. */
function found(content: Uint8Array, size: number): string[] {
  const findings: Finding[] = [];
  const reader = new BootReader(new TextDecoder(), {
    finding: (finding) => findings.push(finding),
    boot: () => undefined,
    silent: () => undefined,
  });
  for (let at = 0; at < content.length; at += size) reader.push(content.slice(at, at + size));
  reader.end();
  return findings.map(
    ({ line, fact, start, end, text }) => `${line} ${fact.kind} ${start}-${end} ${text}`,
  );
}

const chunk = fc.integer({ min: 1, max: 4096 });

describe("a log's bytes", () => {
  const same: readonly [string, (text: string) => Uint8Array][] = [
    ["CRLF for LF", (text) => bytes(text.replaceAll("\n", "\r\n"))],
    ["a last end of line", (text) => bytes(`${text}\n`)],
    ["a byte-order mark", (text) => Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes(text)])],
    [
      "a line of invalid UTF-8 and NUL bytes after it",
      (text) => Uint8Array.from([...bytes(`${text}\n\n`), 0xff, 0xc3, 0, 0x80, 0, 10]),
    ],
  ];
  for (const [what, change] of same) {
    it(`give the same findings with ${what}, in chunks of any size`, () => {
      fc.assert(
        fc.property(log, chunk, (text, size) => {
          assert.deepEqual(found(change(text), size), found(bytes(text), 1 << 20));
        }),
        { numRuns: 60 },
      );
    });
  }

  it("give the same values where NUL bytes stand between the characters of a message", () => {
    const message = "SEV-ES guest requested termination: reason 0x20 info 0x800";
    const noisy = bytes(message.split(" ").join(" \0"));
    assert.match(found(noisy, 7).join(), /termination .*0x800/u);
  });
});
