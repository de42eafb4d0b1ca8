import assert from "node:assert/strict";
import { unzstd } from "../../../src/logFile/zstd";
import { frame, raw, repeated, segment } from "./packed";
import { read, zstd } from "./reading";

const MIB = 1024 * 1024;

describe("small zstd files that ask for much memory", () => {
  it("are given block by block, and not gathered", async () => {
    const block = repeated("a", 128 * 1024);
    const bomb = frame(21, ...many(8000, block), raw("", true));
    assert.equal(bomb.length < 33_000, true);
    const before = process.memoryUsage.rss();
    let most = 0;
    let bytes = 0;
    let largest = 0;
    for await (const chunk of unzstd(once(bomb))) {
      bytes += chunk.length;
      largest = Math.max(largest, chunk.length);
      most = Math.max(most, process.memoryUsage.rss());
    }
    assert.deepEqual([bytes, largest], [8000 * 128 * 1024, 128 * 1024]);
    assert.ok(most - before < 256 * MIB, `${(most - before) / MIB} MiB`);
  });

  for (const [what, file] of [
    ["of many blocks", frame(24, ...many(400, repeated("a", 128 * 1024)), raw("", true))],
    ["of many frames", Buffer.concat(many(60, frame(24, raw("a", true))))],
  ] as const) {
    it(`let other work be done while those ${what} are unpacked, and need no more memory`, async () => {
      const before = process.memoryUsage.rss();
      let most = 0;
      let turns = 0;
      const timer = setInterval(() => (turns += 1), 1);
      for await (const chunk of unzstd(once(file))) {
        assert.ok(chunk.length > 0);
        most = Math.max(most, process.memoryUsage.rss());
      }
      clearInterval(timer);
      assert.ok(turns > 1, `${turns} turns`);
      assert.ok(most - before < 700 * MIB, `${(most - before) / MIB} MiB`);
    });
  }

  for (const [what, file, size] of [
    ["window", frame(28, raw("x\n", true)), "256"],
    ["very large window", frame(41, raw("x\n", true)), "2097152"],
    ["single segment", segment(BigInt(128 * MIB) + 1n, raw("x\n", true)), "129"],
    ["very large single segment", segment(2n ** 63n, raw("x\n", true)), "8796093022208"],
  ] as const) {
    it(`are refused for a ${what}, with the limit`, async () => {
      const { text, problem } = await zstd(file);
      assert.equal(text, "");
      assert.equal(
        problem,
        `unpacking it needs a window of ${size} MiB, more than the limit of 128 MiB: expected a file that is unpacked, or packed without --long`,
      );
    });
  }

  it("are read up to a window that zstd itself takes, and what stands before a larger one is given", async () => {
    assert.deepEqual(await zstd(frame(27, raw("x\n", true))), { text: "x\n", problem: null });
    const file = Buffer.concat([frame(17, raw("x\n", true)), frame(28, raw("y\n", true))]);
    for (const most of [1, 20, 1024]) {
      const { bytes, problem } = await read("zst", file, most);
      assert.equal(bytes.toString(), "x\n");
      assert.match(String(problem), /limit of 128 MiB/u);
    }
  });

  it("are damaged where a block is larger than the format has it", async () => {
    const file = frame(27, raw("the first line\n"), repeated("a", 2 * MIB - 1, true));
    assert.deepEqual(await zstd(file), { text: "the first line\n", problem: "it is damaged" });
  });
});

function many(count: number, part: Uint8Array): Uint8Array[] {
  return Array.from({ length: count }, () => part);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}
