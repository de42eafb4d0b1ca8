import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { crc32, portableCrc32 } from "../../../src/logFile/crc32";
import { read, zstd } from "./reading";
import { bad, frame, frameWithChecksum, gzipWithNames, raw, skippable } from "./packed";

const LINES = Buffer.from("a line of a log\n".repeat(320_000) + "the last line\n");
const DAMAGED = "it is damaged";
const AFTER_END = "it is damaged after its end";

describe("what was read of a gzip before its fault", () => {
  // Of a log that does not pack to nothing, so that it ends in the middle of a step.
  const large = Buffer.concat([LINES, Buffer.from(randomBytes(30_000).toString("hex"))]);
  const packed = gzipSync(large);

  for (const [what, place] of [
    ["checksum", packed.length - 6],
    ["length", packed.length - 1],
  ] as const) {
    it(`is all of it where the ${what} is wrong`, async () => {
      const damaged = Buffer.from(packed);
      damaged[place] = (damaged[place] ?? 0) ^ 1;
      const { bytes, problem } = await read("gz", damaged);
      assert.deepEqual([bytes.length, problem], [large.length, DAMAGED]);
      assert.equal(bytes.equals(large), true);
    });
  }

  for (const [what, garbage] of [
    ["text", "GARBAGE\n"],
    ["the beginning of a member", "\u001f"],
    ["zeros and then text", "\0\0\0x"],
  ] as const) {
    it(`is all of it where ${what} follows`, async () => {
      const { bytes, problem } = await read("gz", Buffer.concat([packed, Buffer.from(garbage)]));
      assert.deepEqual([bytes.equals(large), problem], [true, AFTER_END]);
    });
  }

  it("is all of the first member where the second one is damaged", async () => {
    const second = Buffer.from(gzipSync(LINES));
    second[second.length - 8] = (second[second.length - 8] ?? 0) ^ 1;
    const { bytes, problem } = await read("gz", Buffer.concat([packed, second]));
    assert.deepEqual([bytes.equals(Buffer.concat([large, LINES])), problem], [true, DAMAGED]);
  });

  it("is what was packed, wherever it was cut off and however it is read", async () => {
    const small = gzipWithNames(randomBytes(200));
    const whole = (await read("gz", small)).bytes;
    assert.equal(whole.length, 200);
    await fc.assert(
      fc.asyncProperty(fc.nat(small.length), fc.integer({ min: 1, max: 50 }), async (end, most) => {
        const { bytes, problem } = await read("gz", small.subarray(0, end), most);
        assert.equal(whole.subarray(0, bytes.length).equals(bytes), true);
        assert.equal(problem, end === small.length ? null : DAMAGED);
        if (end > small.length - 8) assert.equal(bytes.length, whole.length);
      }),
    );
  });

  it("has no fault where a tape was filled up with zeros", async () => {
    const { bytes, problem } = await read("gz", Buffer.concat([packed, Buffer.alloc(5000)]));
    assert.deepEqual([bytes.equals(large), problem], [true, null]);
  });

  it("is checked alike by every Node", () => {
    const parts = [Buffer.from("1234"), Buffer.from("56789")];
    for (const crc of [crc32, portableCrc32])
      assert.equal(
        parts.reduce((before, part) => crc(part, before), 0),
        0xcbf43926,
      );
  });
});

describe("what was read of a zstd before its fault", () => {
  it("is every block before a bad one", async () => {
    const file = frame(17, raw("first\n"), raw("second\n"), bad(9), raw("third\n", true));
    const { bytes, problem } = await read("zst", file);
    assert.deepEqual([bytes.toString(), problem], ["first\nsecond\n", DAMAGED]);
  });

  it("is a block so short that it is unpacked together with the bad one", async () => {
    const problem = DAMAGED;
    assert.deepEqual(await zstd(frame(17, raw("first\n"), bad(9))), { text: "first\n", problem });
  });

  it("is all of it where anything else follows", async () => {
    for (const garbage of ["GARBAGE\n", "x"]) {
      const file = Buffer.concat([frame(17, raw("all of it\n", true)), Buffer.from(garbage)]);
      const { bytes, problem } = await read("zst", file);
      assert.deepEqual([bytes.toString(), problem], ["all of it\n", AFTER_END]);
    }
  });

  it("is what was packed, wherever it was cut off and however it is read", async () => {
    const frames = [
      frame(17, raw("first\n"), raw("second\n", true)),
      skippable("no log"),
      frameWithChecksum(raw("third\n"), raw("fourth\n", true)),
      frame(17, raw("5\n", true)),
    ];
    const file = Buffer.concat(frames);
    const whole = "first\nsecond\nthird\nfourth\n5\n";
    assert.deepEqual(await zstd(file), { text: whole, problem: null });
    const ends = frames.map((_, count) => Buffer.concat(frames.slice(0, count)).length);
    ends.push(file.length);
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length), fc.integer({ min: 1, max: 50 }), async (end, most) => {
        const { bytes, problem } = await read("zst", file.subarray(0, end), most);
        assert.equal(whole.startsWith(bytes.toString()), true);
        assert.equal(problem === null, ends.includes(end), `${end}: ${problem}`);
      }),
    );
  });
});
