// Starting other programs, and ending them together with everything that they started.
import { spawn, spawnSync } from "node:child_process";
import { atExit } from "./cleanUp.mjs";

const windows = process.platform === "win32";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] added to the environment of this process
 */

/**
 * Runs a program to its end with its output on ours.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} its exit code; 1 where it could not start or was killed
 */
export function run(command, args, { cwd, env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      shell: windows && command.endsWith(".cmd"),
    });
    const forget = atExit(() => child.kill());
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      forget();
      resolve(1);
    });
    child.on("exit", (code) => {
      forget();
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs npm, the same one that runs us where there is one.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function npm(args, options) {
  const running = process.env["npm_execpath"];
  if (running?.endsWith(".js")) return run(process.execPath, [running, ...args], options);
  return run(windows ? "npm.cmd" : "npm", args, options);
}

/**
 * @typedef {object} Service
 * @property {() => string} output everything it has printed so far
 * @property {Promise<number>} ended its exit code
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a program that runs until it is stopped, in a process group of its own, so that stopping it also stops
 * what it started (a server starts an extension host for each window).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Service}
 */
export function startService(command, args, { cwd, env } = {}) {
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: !windows,
  });
  let output = "";
  const append = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString();
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  const forget = atExit(() => {
    killGroup(child.pid, "SIGKILL");
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.on("error", (error) => {
      output += `${command}: ${error.message}\n`;
      resolve(1);
    });
    child.on("exit", (code) => {
      resolve(code ?? 1);
    });
  });
  return {
    output: () => output,
    ended,
    stop: async () => {
      killGroup(child.pid, "SIGTERM");
      const impatient = setTimeout(() => {
        killGroup(child.pid, "SIGKILL");
      }, 3000);
      await ended;
      clearTimeout(impatient);
      // The leader is gone; whatever it started may have outlived it.
      killGroup(child.pid, "SIGKILL");
      forget();
    },
  };
}

/**
 * @param {number | undefined} leader
 * @param {NodeJS.Signals} signal
 */
function killGroup(leader, signal) {
  if (leader === undefined) return;
  if (windows) {
    spawnSync("taskkill", ["/pid", String(leader), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch {
    // Nobody left in the group.
  }
}
