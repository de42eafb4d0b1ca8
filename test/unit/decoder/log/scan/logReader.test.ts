import assert from "node:assert/strict";
import fc from "fast-check";
import { BYTE_ARRAY_ANCHORS } from "../../../../../src/decoder/log/line/byteArray";
import type { LineEvent } from "../../../../../src/decoder/log/scan/order";
import { BLOCK_TEXTS, LINE_TEXTS } from "../formats/texts";
import { LONGEST_LINE } from "../../../../../src/decoder/log/line/lineText";
import { LogReader } from "../../../../../src/decoder/log/scan/logReader";
import { LogScanner } from "../../../../../src/decoder/log/scan/scanner";
import { LineSplitter } from "./lineSplitter";

/** How many lines a log has, and what each chunk and the end gave. */
interface Read {
  readonly lines: number;
  readonly found: readonly (readonly LineEvent[])[];
}

/** Decodes everything and reads every line: what the reader of bytes has to find, faster. */
function readAsText(chunks: readonly Uint8Array[]): Read {
  const splitter = new LineSplitter(new TextDecoder());
  const events: LineEvent[] = [];
  const scanner = new LogScanner((event) => events.push(event));
  const found = chunks.map((chunk) => {
    for (const line of splitter.push(chunk)) scanner.line(line);
    return events.splice(0);
  });
  for (const line of splitter.end()) scanner.line(line);
  scanner.end();
  return { lines: scanner.lines, found: [...found, events.splice(0)] };
}

/** As hosts read files: with one buffer for all chunks, which stand in it wherever they like. */
function readAsBytes(chunks: readonly Uint8Array[], decoder = new TextDecoder()): Read {
  const events: LineEvent[] = [];
  const reader = new LogReader(decoder, (event) => events.push(event));
  const buffer = new Uint8Array(3 + Math.max(0, ...chunks.map(({ length }) => length)));
  const found = chunks.map((chunk, index) => {
    const start = index % 4;
    buffer.set(chunk, start);
    reader.push(buffer.subarray(start, start + chunk.length));
    buffer.fill(BACKSLASH);
    return events.splice(0);
  });
  reader.end();
  return { found: [...found, events.splice(0)], lines: reader.lines };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The bytes, cut at these places. */
function cut(all: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (all.length + 1)), all.length].sort(
    (a, b) => a - b,
  );
  return sorted.slice(1).map((end, index) => all.slice(sorted[index], end));
}

/** On which lines something was found, from 0. */
function foundOn(...chunks: readonly Uint8Array[]): number[] {
  return readAsBytes(chunks)
    .found.flat()
    .flatMap(({ found }) => found)
    .map(({ line }) => line);
}

const BACKSLASH = 0x5c;
const MARK = "\ufeff";
const STATUS = "SEV: Status: SEV SEV-ES SEV-SNP";
const INVALID = [
  [0xff],
  [0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xf0, 0x9f, 0x98],
  [0xed, 0xa0],
  [0xef, 0xbb],
];
/** What may stand in the middle of a word; some of it is cleaned away, and some is not. */
const NOISE = [
  ...[
    "\0",
    "\u001b[1m",
    "\u001b",
    "\u001b]0;title\u0007",
    "\u001b[",
    "\t",
    "\u00e9",
    "\ud83d\ude00",
    MARK,
  ],
  ...[
    "\\u001b[0m",
    "\\U001B[31m",
    "\\u00e9",
    '\\"',
    '\\\\\\"',
    "\\/",
    "\\'",
    "\\n",
    "\\R",
    "\\T",
    "\\",
    "\\x",
  ],
  ...["\n", "\r", "\r\n", "\n\r", "\r\r\n"],
];

describe("a log read as bytes", () => {
  const example = fc.constantFrom(
    ...[...LINE_TEXTS, ...BLOCK_TEXTS].flatMap(({ examples }) => examples),
  );
  const noise = fc.constantFrom(...NOISE);
  const spoiled = fc.tuple(example, noise, fc.nat()).map(([text, inserted, place]) => {
    const at = place % (text.length + 1);
    return `${text.slice(0, at)}${inserted}${text.slice(at)}`;
  });
  const json = spoiled.map((text) => JSON.stringify({ message: text, path: "/" }));
  const journal = fc
    .tuple(spoiled, fc.constantFrom(...BYTE_ARRAY_ANCHORS))
    .map(([text, open]) => `{${open}${bytes(text).join(",")}]}`);
  const ordinary = fc.string({ maxLength: 30 });
  const part = fc.oneof(
    fc.oneof(example, spoiled, json, journal, noise, ordinary).map(bytes),
    fc.constantFrom(...INVALID).map((octets) => Uint8Array.from(octets)),
  );
  const end = fc.constantFrom("\n", "\n", "\r\n", "\r", "").map(bytes);
  const log = fc
    .tuple(fc.constantFrom("", MARK), fc.array(fc.tuple(part, end), { maxLength: 12 }))
    .map(([mark, parts]) => joined([bytes(mark), ...parts.flat()]));
  const places = fc.array(fc.nat(), { maxLength: 12 });

  it("gives what it gives when all of it is read as text, with the same chunk", () => {
    fc.assert(
      fc.property(log, places, (all, at) => {
        const chunks = cut(all, at);
        assert.deepEqual(readAsBytes(chunks), readAsText(chunks));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same whatever the host's decoder does to byte-order marks", () => {
    fc.assert(
      fc.property(log, (all) => {
        const keeping = new TextDecoder("utf-8", { ignoreBOM: true });
        assert.deepEqual(readAsBytes([all], keeping), readAsBytes([all]));
      }),
    );
  });

  it("gives the same byte by byte", () => {
    const all = bytes(BLOCK_TEXTS.flatMap(({ examples }) => examples).join("\r\n"));
    const singles = Array.from(all, (byte) => Uint8Array.of(byte));
    assert.deepEqual(readAsBytes(singles), readAsText(singles));
    assert.deepEqual(readAsBytes(singles).found.flat(), readAsBytes([all]).found.flat());
  });

  const logs: readonly [string, string, number, readonly number[]][] = [
    ["nothing", "", 0, []],
    ["a byte-order mark alone", MARK, 0, []],
    ["a byte-order mark and an end of line", `${MARK}\n`, 1, []],
    ["a byte-order mark before its first line", `${MARK}${STATUS}\n`, 1, [0]],
    ["no end after its last line", `\n${STATUS}`, 2, [1]],
    ["CRLF", `\r\n\r\n${STATUS}\r\n`, 3, [2]],
    ["lone CRs", `\r\r${STATUS}\r`, 3, [2]],
    ["CRs before its CRLFs", `a\r\r\n${STATUS}\r\r\n`, 4, [2]],
    ["NULs in a word", `\nSEV:\0 Status: SEV\n`, 2, [1]],
    ["a colour in a word", `\nSEV: \u001b[1mStatus: SEV\n`, 2, [1]],
    ["an escaped colour in a word", `\nSEV: \\u001b[1mStatus: SEV\n`, 2, [1]],
    ["many ordinary lines between", `${"a line\n".repeat(5000)}${STATUS}\n`, 5001, [5000]],
  ];
  for (const [title, text, lines, expected] of logs) {
    it(`is counted and found with ${title}`, () => {
      assert.equal(readAsBytes([bytes(text)]).lines, lines);
      assert.deepEqual(foundOn(bytes(text)), expected);
    });
  }

  it("is found before bytes that are no UTF-8, and after them", () => {
    for (const octets of INVALID) {
      const invalid = Uint8Array.from(octets);
      const all = joined([invalid, bytes(`\n${STATUS} `), invalid, bytes(`\n${STATUS}`)]);
      assert.deepEqual(foundOn(all), [1, 2]);
    }
  });

  it("keeps what would be a byte-order mark at the beginning of any other line", () => {
    for (const marks of [MARK, MARK + MARK, MARK.repeat(3)]) {
      const all = bytes(`${marks}${STATUS}\n${marks}${STATUS}`);
      assert.deepEqual(readAsBytes([all]), readAsText([all]));
    }
  });

  it("gives the finding of a line with the chunk that ends it", () => {
    let given = 0;
    const reader = new LogReader(new TextDecoder(), () => (given += 1));
    const after = (text: string) => {
      reader.push(bytes(text));
      return given;
    };
    assert.equal(after(STATUS), 0);
    assert.equal(after(" DebugSwap\r"), 1);
    assert.equal(after(`\n${STATUS}\n${STATUS}`), 2);
    reader.end();
    assert.equal(given, 3);
    assert.equal(reader.lines, 3);
  });
});

describe("the output of a command on a serial console", () => {
  const outputs: readonly [string, string, number[]][] = [
    [
      "after bracketed paste",
      "\u001b[?2004hroot@vm:~# rdmsr 0xc0010131\r\n\u001b[?2004l\r807\r\n\u001b[?2004hroot@vm:~# ",
      [2],
    ],
    ["with doubled CRs", "# rdmsr 0xc0010131\r\r\n807\r\r\n# ", [2]],
    [
      "after bracketed paste, with doubled CRs",
      "# rdmsr 0xc0010131\r\r\n\u001b[?2004l\r807\r\r\n# ",
      [3],
    ],
    ["of each processor, with doubled CRs", "# rdmsr -a 0xc0010131\r\r\n7\r\r\n7\r\r\n# ", [2, 4]],
    ["of cat", "# cat /sys/devices/system/cpu/sev/sev_status\r\n\u001b[?2004l\r7\r\n# ", [2]],
  ];
  for (const [title, text, lines] of outputs) {
    it(`is found ${title}`, () => {
      assert.deepEqual(foundOn(bytes(text)), lines);
    });
  }

  it("is no number below a blank line", () => {
    assert.deepEqual(foundOn(bytes("# rdmsr 0xc0010131\r\n\r\n87\r\nnext\r\n")), []);
    assert.deepEqual(foundOn(bytes("# rdmsr 0xc0010131\n\n87")), []);
  });
});

describe("a line longer than any that a program prints", () => {
  const long = (character: string, units: number) => character.repeat(units / character.length);
  for (const character of ["x", "\u00e9", "\u20ac", "\ud83d\ude00"]) {
    it(`is read to its ${LONGEST_LINE}th unit, and no farther: of ${JSON.stringify(character)}`, () => {
      const room = LONGEST_LINE - STATUS.length - 2;
      const inside = `${long(character, room)}  ${STATUS}`;
      const outside = `${long(character, room + 2)}  ${STATUS}`;
      const all = bytes(`${inside}${character}\n${outside}\n${STATUS}\n`);
      const chunks = cut(all, [1_000_000, 2_000_001, 3_000_002]);
      assert.deepEqual(readAsBytes(chunks), readAsText(chunks));
      assert.deepEqual(readAsBytes([all]).found.flat(), readAsText([all]).found.flat());
    });
  }

  it("is not kept beyond that, however long it goes on", () => {
    let given = 0;
    const reader = new LogReader(new TextDecoder(), () => (given += 1));
    const before = process.memoryUsage().arrayBuffers;
    const chunk = new Uint8Array(LONGEST_LINE).fill(BACKSLASH);
    for (let count = 0; count < 100; count++) reader.push(chunk);
    assert.ok(process.memoryUsage().arrayBuffers - before < 20 * LONGEST_LINE);
    reader.push(bytes(`\n${STATUS}\n`));
    assert.equal(given, 1);
    assert.equal(reader.lines, 2);
  });
});

describe("an error in the middle of a chunk", () => {
  it("takes nothing that was found before it", () => {
    const decoder = new TextDecoder();
    const found: number[] = [];
    const decode = (line: Uint8Array) => {
      const text = decoder.decode(line);
      if (text.includes("0x1007")) throw new RangeError("Maximum call stack size exceeded");
      return text;
    };
    const reader = new LogReader({ decode }, ({ line }) => found.push(line));
    assert.throws(() => {
      reader.push(bytes("SEV_STATUS: 0x7\nSEV_STATUS: 0x1007\nSEV_STATUS: 0x7\n"));
    }, RangeError);
    assert.deepEqual(found, [0]);
    reader.end();
    assert.deepEqual(found, [0]);
  });
});
