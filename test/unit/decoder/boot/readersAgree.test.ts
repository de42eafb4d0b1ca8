import assert from "node:assert/strict";
import fc from "fast-check";
import type { ExplainedToken } from "../../../../src/decoder/boot/document";
import { DocumentBoots, tokensOn } from "../../../../src/decoder/boot/document";
import { BootReader } from "../../../../src/decoder/boot/reader";
import { readAlone } from "../../../../src/decoder/log/document/readAlone";
import type { Finding, Match } from "../../../../src/decoder/log/finding";
import { BLOCK_TEXTS, LINE_TEXTS } from "../log/formats/texts";
import { findingsOf } from "../log/findings";

/** FUZZ_RUNS sets the number of logs, FUZZ_SEED repeats a run: a failed one prints its seed. */
const { FUZZ_RUNS = "500", FUZZ_SEED } = process.env;
const PARAMETERS = {
  numRuns: Number(FUZZ_RUNS),
  ...(FUZZ_SEED === undefined ? {} : { seed: Number(FUZZ_SEED) }),
};

/** Logs in which the readers once found different values. */
const ONCE_APART: readonly string[][] = [
  [
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t x8",
    "8700000000000000",
  ],
  ["Invalid ghcb message.", " flags 1", "a", "b", "c", " sw_exit_code 21474"],
];

/** Lines between those of a format: prompts, errors, other programs, numbers. */
const FOREIGN = [
  "",
  "",
  "\u001b[?2004l",
  "# ",
  "root@vm:~# ls",
  "\u001b[?2004hroot@vm:~# xxd -l 8 file",
  "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291312 iflag=skip_bytes | xxd -p",
  "dd: error reading '/dev/cpu/0/msr': Input/output error",
  "1+0 records in",
  "0+0 records out",
  "87",
  "8700000000000000",
  "[    1.000000] smp: Brought up 1 node, 4 CPUs",
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026",
  "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
];

/** Prefixes of a journal, a console and a mail. */
const PREFIXES = [
  "",
  "",
  "",
  "[    1.000001] ",
  "[    1.000001] [   T12] ",
  "> ",
  "Nov 26 10:56:59 host bash[1]: ",
];

const foreign = fc.constantFrom(...FOREIGN);

/** A whole example or near miss; block formats three times as often. */
const whole = fc
  .constantFrom(...LINE_TEXTS, ...BLOCK_TEXTS, ...BLOCK_TEXTS, ...BLOCK_TEXTS)
  .chain(({ examples, nearMisses }) => fc.constantFrom(...examples, ...nearMisses))
  .map((text) => text.split("\n"));

/** Lines of one block format in any order, with foreign ones between. */
const shuffled = fc.constantFrom(...BLOCK_TEXTS).chain(({ examples, nearMisses }) => {
  const lines = [...new Set([...examples, ...nearMisses].flatMap((text) => text.split("\n")))];
  return fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...lines) }, foreign), {
    maxLength: 16,
  });
});

const piece = fc
  .tuple(
    fc.constantFrom(...PREFIXES),
    fc.oneof(
      whole,
      shuffled,
      shuffled,
      foreign.map((line) => [line]),
    ),
  )
  .map(([prefix, lines]) => lines.map((line) => prefix + line));

const someLines = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.flat());

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 5 }),
    inserted: piece,
    read: fc.oneof(fc.nat({ max: 12 }), fc.constant(Infinity)),
  }),
  { maxLength: 3 },
);

/** What a reader of bytes finds, in chunks of these lengths by turns. The last line has an end too. */
function readAsBytes(lines: readonly string[], lengths: readonly number[]): Finding[] {
  const found: Finding[] = [];
  const reader = new BootReader(new TextDecoder(), {
    finding: (finding) => found.push(finding),
    boot: () => undefined,
    silent: () => undefined,
  });
  const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (lengths[turn % lengths.length] ?? bytes.length);
    reader.push(bytes.subarray(at, end));
    at = end;
  }
  reader.end();
  return found;
}

function tokensOf(matches: readonly Match[]): ExplainedToken[] {
  return matches.flatMap(({ fact, tokens }) =>
    tokens.map(({ line, start, end, field }) => ({ line, start, end, field, fact })),
  );
}

/** A hover explains on a line what a scan finds there, and the values that the line only mentions. */
function assertHoverAgrees(
  document: DocumentBoots,
  lines: readonly string[],
  findings: readonly Finding[],
): void {
  const tokens = tokensOf(findings);
  for (const [number, line] of lines.entries()) {
    const mentioned = readAlone(line, number).filter(({ isMentioned }) => isMentioned === true);
    const expected = [...tokens.filter((token) => token.line === number), ...tokensOf(mentioned)];
    assert.deepEqual(
      tokensOn(document, number, line),
      expected.sort((a, b) => a.start - b.start),
      `line ${number}: ${line}`,
    );
  }
}

describe("the readers of a log", () => {
  it("find the same: lines, bytes in any chunks, a document that is edited, and a hover", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(someLines, lengths, edits, (initial, chunks, changes) => {
        const lines = [...initial, ""];
        const document = new DocumentBoots(lines.length);
        document.read((line) => lines[line], Infinity);
        for (const { at, removed, inserted, read } of changes) {
          const first = Math.floor(at * lines.length);
          const count = Math.min(removed, lines.length - first);
          lines.splice(first, count, ...inserted);
          document.edit({ first, removed: count, inserted: inserted.length });
          document.read((line) => lines[line], read);
        }
        document.read((line) => lines[line], Infinity);
        const scanned = findingsOf(lines.join("\n"));
        assert.deepEqual(readAsBytes(lines, chunks), scanned);
        assert.deepEqual(document.findings(), scanned);
        assertHoverAgrees(document, lines, scanned);
      }),
      {
        ...PARAMETERS,
        examples: ONCE_APART.map((lines): [string[], number[], []] => [lines, [1], []]),
      },
    );
  });
});
