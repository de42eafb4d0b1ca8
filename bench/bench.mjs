// Measures how fast a log is scanned, a hover answers and the views show:
// npm run bench [-- --size 64MiB --lines 20000 --runs 5 --only scan,dense,hover,views]
// Beside it, in the same run and on the same log, ripgrep and a plain loop look for the same words.
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { decoderModule } from "../build/decoderModule.mjs";
import { measureDense } from "./dense.mjs";
import { measureHovers } from "./hover.mjs";
import { kernelLog } from "./kernelLog.mjs";
import { measuredNode, measuredProgram } from "./measured.mjs";
import { measureViews } from "./views.mjs";

/** @typedef {import("./measured.mjs").Measured} Measured */

const ROOT = path.resolve(import.meta.dirname, "..");
const MEGABYTE = 1_000_000;
const UNITS = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };
/** What the project wants of a scan and of a hover. */
const GOAL = { megabytesPerSecond: 300, peakMegabytes: 200, hoverMs: 1 };

/** @param {string} text as 64MiB */
function bytesOf(text) {
  const { count, unit } = /^(?<count>\d{1,6})(?<unit>[KMG]iB)$/u.exec(text)?.groups ?? {};
  if (unit === undefined)
    throw new Error(`${JSON.stringify(text)} is no size: expected one like 64MiB or 1GiB.`);
  return Number(count) * UNITS[unit];
}

/**
 * Writes the log; how many bytes it has.
 * @param {string} file
 * @param {number} size
 */
async function writeLog(file, size) {
  const out = createWriteStream(file);
  let written = 0;
  for (const text of kernelLog(size)) {
    written += text.length;
    if (!out.write(text, "latin1")) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return written;
}

/**
 * @param {string} title
 * @param {number} bytes of the log
 * @param {Measured | null} measured
 * @param {(output: string) => string} found
 */
function row(title, bytes, measured, found) {
  if (measured === null) return `| ${title} | not installed | | | |`;
  const { seconds, peakBytes, output } = measured;
  const speed = (bytes / MEGABYTE / seconds).toFixed(0);
  const peak = peakBytes === null ? "unknown" : `${(peakBytes / MEGABYTE).toFixed(0)} MB`;
  return `| ${title} | ${seconds.toFixed(2)} s | ${speed} MB/s | ${peak} | ${found(output)} |`;
}

/** @param {number} size of the log, in bytes */
async function measureScans(size) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sev-status-bench-"));
  try {
    const log = path.join(folder, "kernel.log");
    const bytes = await writeLog(log, size);
    const anchors = path.join(folder, "anchors");
    const { LINE_ANCHORS } = await decoderModule("log/scan/stepReader");
    await writeFile(anchors, [...LINE_ANCHORS, ""].join("\n"));

    const cli = path.join(ROOT, "dist", "cli.js");
    const scan = await measuredNode([cli, "scan", "--json", log]);
    const rg = await measuredProgram("rg", ["-c", "-F", "-f", anchors, log]);
    const loop = await measuredNode([
      path.join(import.meta.dirname, "readlineLoop.mjs"),
      log,
      anchors,
    ]);

    const linesOf = (/** @type {string} */ output) => `${output.trim()} lines with a word`;
    console.log(`A kernel's log of ${(bytes / MEGABYTE).toFixed(0)} MB:\n`);
    console.log("| program | time | speed | most memory | found |");
    console.log("| --- | ---: | ---: | ---: | --- |");
    const findings = (/** @type {string} */ output) => `${output.split("\n").length - 1} findings`;
    console.log(row("sev-status scan --json", bytes, scan, findings));
    console.log(row("rg -c -F -f", bytes, rg, linesOf));
    console.log(row("readline loop", bytes, loop, linesOf));
    const { megabytesPerSecond, peakMegabytes } = GOAL;
    console.log(`\nGoal: ${megabytesPerSecond} MB/s in less than ${peakMegabytes} MB.\n`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureHover() {
  console.log("Hover at the end of a document of 50 MB:\n");
  console.log("| on | p50 | p99 |");
  console.log("| --- | ---: | ---: |");
  for (const { on, p50, p99 } of await measureHovers())
    console.log(`| ${on} | ${p50.toFixed(4)} ms | ${p99.toFixed(4)} ms |`);
  console.log(`\nGoal: p99 less than ${GOAL.hoverMs} ms.`);
}

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "1GiB" },
    lines: { type: "string", default: "200000" },
    runs: { type: "string", default: "20" },
    only: { type: "string", default: "scan,dense,hover,views" },
  },
});
const parts = values.only.split(",");
const size = bytesOf(values.size);
const built = spawnSync(process.execPath, [path.join(ROOT, "build/bundle.mjs"), "--release"], {
  stdio: "inherit",
});
if (built.status !== 0) throw new Error("The bundles were not made.");
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${os.availableParallelism()} cores\n`,
);
if (parts.includes("scan")) await measureScans(size);
if (parts.includes("dense")) await measureDense(Number(values.lines));
if (parts.includes("hover")) await measureHover();
if (parts.includes("views")) await measureViews(Number(values.runs));
