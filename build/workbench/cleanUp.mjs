// What a run leaves behind (processes, temporary folders) goes away however the run ends.
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** @type {readonly NodeJS.Signals[]} */
const ENDING = ["SIGINT", "SIGTERM", "SIGHUP"];

/** @type {Set<() => void>} */
const pending = new Set();
let listening = false;
let interruptionIsFailure = true;

/**
 * Runs `task` when this process ends, also by Ctrl-C. The task must be synchronous: nothing is awaited then.
 * @param {() => void} task
 * @returns {() => void} call it when the task is no longer needed
 */
export function atExit(task) {
  if (!listening) {
    listening = true;
    process.on("exit", runAll);
    for (const signal of ENDING) {
      process.on(signal, () => process.exit(interruptionIsFailure ? 1 : 0));
    }
  }
  pending.add(task);
  return () => pending.delete(task);
}

/** For a program that runs until somebody ends it: that is then no failure. */
export function runUntilInterrupted() {
  interruptionIsFailure = false;
}

function runAll() {
  // Last in, first out: a server dies before the folder that it writes to is removed.
  for (const task of [...pending].reverse()) {
    try {
      task();
    } catch {
      // The other tasks still have to run.
    }
  }
}

/**
 * A fresh folder that is gone at the end of the run at the latest.
 * @param {string} name what it is for, to recognise it among other temporary folders
 * @param {string} [parent] where it is made, by default where the system has such folders
 * @returns {Promise<{ folder: string, remove: () => Promise<void> }>}
 */
export async function temporaryFolder(name, parent = os.tmpdir()) {
  const folder = await mkdtemp(path.join(parent, `sev-status-${name}-`));
  const options = { recursive: true, force: true, maxRetries: 5 };
  const forget = atExit(() => {
    rmSync(folder, options);
  });
  return {
    folder,
    remove: async () => {
      await rm(folder, options);
      forget();
    },
  };
}
