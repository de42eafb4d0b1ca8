// Measures logs with a finding on every line, beside a loop for that one format.
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { DENSE_LOGS, denseText } from "./denseLogs.mjs";
import { measuredNode } from "./measured.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const CLI = path.join(ROOT, "dist", "cli.js");
const LOOP = path.join(import.meta.dirname, "denseLoop.mjs");
const MEGABYTE = 1_000_000;
const RUNS = 3;
/** What the project wants: this many times the loop's time, and memory that does not grow with the log. */
const GOAL = { timesLoop: 2, growth: 1.2 };

/**
 * @typedef {object} DenseRow
 * @property {string} name
 * @property {number} bytes
 * @property {number} scan seconds, the middle of three runs
 * @property {number} loop seconds, likewise
 * @property {number} peak bytes of memory
 * @property {number} peakLong bytes of memory for ten times as many lines
 */

/**
 * @param {import("./denseLogs.mjs").DenseLog} log
 * @param {number} lines
 * @param {string} file
 */
async function write(log, lines, file) {
  const out = createWriteStream(file);
  let bytes = 0;
  for (const text of denseText(log, lines)) {
    bytes += text.length;
    if (!out.write(text, "latin1")) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return bytes;
}

/** @param {readonly number[]} values */
function middle(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/**
 * @param {import("./denseLogs.mjs").DenseLog} log
 * @param {number} lines
 * @param {string} folder
 * @returns {Promise<DenseRow>}
 */
async function measure(log, lines, folder) {
  const file = path.join(folder, `${log.name}.log`);
  const bytes = await write(log, lines, file);
  const scans = [];
  const loops = [];
  for (let run = 0; run < RUNS; run++) {
    scans.push(await measuredNode([CLI, "scan", "--json", file], { discards: true }));
    loops.push(await measuredNode([LOOP, file, log.name], { discards: true }));
  }
  const long = path.join(folder, `${log.name}-long.log`);
  await write(log, 10 * lines, long);
  const longScan = await measuredNode([CLI, "scan", "--json", long], { discards: true });
  await rm(long);
  return {
    name: log.name,
    bytes,
    scan: middle(scans.map(({ seconds }) => seconds)),
    loop: middle(loops.map(({ seconds }) => seconds)),
    peak: middle(scans.map(({ peakBytes }) => peakBytes ?? 0)),
    peakLong: longScan.peakBytes ?? 0,
  };
}

/** @param {number} lines of each log */
export async function measureDense(lines) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sev-status-dense-"));
  try {
    console.log(`Logs of ${lines} lines with a finding on each, and of ten times as many:\n`);
    console.log("| log | scan --json | speed | loop | scan / loop | memory | memory, ten times |");
    console.log("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (const log of DENSE_LOGS) {
      const { name, bytes, scan, loop, peak, peakLong } = await measure(log, lines, folder);
      const cells = [
        name,
        `${scan.toFixed(2)} s`,
        `${(bytes / MEGABYTE / scan).toFixed(0)} MB/s`,
        `${loop.toFixed(2)} s`,
        (scan / loop).toFixed(2),
        `${(peak / MEGABYTE).toFixed(0)} MB`,
        `${(peakLong / MEGABYTE).toFixed(0)} MB`,
      ];
      console.log(`| ${cells.join(" | ")} |`);
    }
    const { timesLoop, growth } = GOAL;
    console.log(
      `\nGoal: at most ${timesLoop} times the loop's time; ten times as many lines in at most ${growth} times the memory.\n`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
