// Runs a program and measures it.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { linuxPeak } from "./linuxPeak.mjs";

const PRELOAD = new URL("peakMemory.mjs", import.meta.url).href;

/**
 * @typedef {object} Measured
 * @property {number} seconds from its start to its end
 * @property {number | null} peakBytes the most memory that it had; null where that is not known
 * @property {string} output
 */

/**
 * A script, in a Node of its own.
 * @param {readonly string[]} args
 * @param {{ readonly discards?: boolean }} [options] discards: nobody reads what it prints
 * @returns {Promise<Measured>}
 */
export async function measuredNode(args, { discards = false } = {}) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "sev-status-peak-"));
  try {
    const peak = path.join(folder, "peak");
    const measured = await timed(
      process.execPath,
      ["--import", PRELOAD, ...args],
      { BENCH_PEAK_FILE: peak },
      discards,
    );
    return { ...measured, peakBytes: Number(await readFile(peak, "utf8")) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A program; null where it is not installed.
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<Measured | null>}
 */
export async function measuredProgram(command, args) {
  try {
    return await timed(command, args, {});
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** How often the memory of a program is looked at that cannot tell of it itself. */
const LOOK_EVERY_MS = 20;

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} env
 * @param {boolean} [discards] nobody reads what it prints
 * @returns {Promise<Measured>}
 */
function timed(command, args, env, discards = false) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", discards ? "ignore" : "pipe", "inherit"],
    });
    let output = "";
    /** @type {number | null} */
    let peakBytes = null;
    const looking = setInterval(() => {
      if (child.pid !== undefined) peakBytes = linuxPeak(child.pid) ?? peakBytes;
    }, LOOK_EVERY_MS);
    child.stdout?.setEncoding("utf8").on("data", (text) => (output += text));
    child.on("error", (error) => {
      clearInterval(looking);
      reject(error);
    });
    child.on("close", (code) => {
      clearInterval(looking);
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, peakBytes, output });
      else reject(new Error(`${command} ended with ${code}`));
    });
  });
}
