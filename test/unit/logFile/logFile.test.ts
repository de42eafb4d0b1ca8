import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir, readlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { logFileChunks, readProblem } from "../../../src/logFile/logFile";

const LINES = Buffer.from("a line of a log\n".repeat(300_000));

describe("the bytes of a log file", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sev-status-log-file-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, content: string | Uint8Array): string {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  }

  async function read(place: string): Promise<{ bytes: Buffer; told: number[] }> {
    const told: number[] = [];
    const chunks: Uint8Array[] = [];
    for await (const chunk of logFileChunks(place, (bytes) => told.push(bytes))) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks), told };
  }

  for (const [name, content] of [
    ["plain.log", LINES],
    ["packed.log.gz", gzipSync(LINES)],
    [
      "twice.log.gz",
      Buffer.concat([gzipSync(LINES.subarray(0, 99)), gzipSync(LINES.subarray(99))]),
    ],
  ] as const) {
    it(`gives all of ${name}, and tells how much of the file that took`, async () => {
      const { bytes, told } = await read(file(name, content));
      assert.equal(bytes.equals(LINES), true);
      assert.equal(told.at(-1), content.length);
      assert.deepEqual(
        told,
        told.toSorted((a, b) => a - b),
      );
    });
  }

  for (const name of ["left.log", "left.log.gz"]) {
    it(`closes ${name} when no more is asked for`, async () => {
      // What cannot be packed, so that the file is not read at once.
      const large = randomBytes(16 << 20);
      const place = file(name, name.endsWith(".gz") ? gzipSync(large, { level: 0 }) : large);
      for await (const chunk of logFileChunks(place)) {
        assert.ok(chunk.length > 0);
        assert.equal(await isOpen(place), process.platform === "linux");
        break;
      }
      for (let asked = 0; asked < 100 && (await isOpen(place)); asked++)
        await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(await isOpen(place), false);
    });
  }

  for (const [what, name, content, problem] of [
    ["text that is no gzip", "damaged.gz", "no gzip", "it is damaged"],
    ["a gzip that was cut off", "cut.gz", gzipSync(LINES).subarray(0, 1000), "it is damaged"],
    ["a zstd that is none", "damaged.zst", "no zstd", "it is damaged"],
  ] as const) {
    it(`says of ${what} that it is damaged`, async () => {
      const error: unknown = await read(file(name, content)).catch((thrown: unknown) => thrown);
      assert.equal(readProblem(error), problem);
    });
  }

  it("says that there is no such file, or that it is a folder", async () => {
    const problem = (place: string) => read(place).then(() => "", readProblem);
    assert.equal(await problem(path.join(folder, "none.log")), "there is no such file");
    assert.equal(await problem(path.join(folder, "none.log.gz")), "there is no such file");
    assert.equal(await problem(folder), "it is a folder");
  });

  it("calls an error that is not the file's internal", () => {
    for (const error of [
      new RangeError("Maximum call stack size exceeded"),
      Object.assign(new TypeError("no such thing"), { code: "ERR_INVALID_ARG_TYPE" }),
      "anything",
    ]) {
      const message = error instanceof Error ? error.message : error;
      assert.equal(readProblem(error), `internal error "${message}"`);
    }
    assert.equal(readProblem(Object.assign(new Error("no space"), { code: "EIO" })), "EIO");
  });

  /** Whether this process has a file open; only Linux tells. */
  async function isOpen(place: string): Promise<boolean> {
    for (const descriptor of await readdir("/proc/self/fd").catch(() => [])) {
      if ((await readlink(`/proc/self/fd/${descriptor}`).catch(() => "")) === place) return true;
    }
    return false;
  }
});
