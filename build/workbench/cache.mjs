// Installs the VS Code versions of a run once, outside the package, and finds them there afterwards.
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { atExit } from "./cleanUp.mjs";
import { npm, run } from "./processes.mjs";
import { VERSIONS } from "./versions.mjs";

/**
 * @typedef {object} Installed
 * @property {string} node the Node that runs it
 * @property {string} serverMain VS Code's own server, not the code-server front: only this one takes the test driver
 */

/** Where the versions are kept, shared by all clones of this project. */
export function cacheFolder() {
  const named = process.env["SEV_STATUS_CACHE"];
  if (named) return path.resolve(named);
  const caches = process.env["XDG_CACHE_HOME"] || path.join(os.homedir(), ".cache");
  return path.join(caches, "sev-status");
}

/**
 * @param {import("./versions.mjs").VersionName} name
 * @returns {Promise<Installed>}
 */
export async function installedVersion(name) {
  const { vscode, codeServer, node, size } = VERSIONS[name];
  const folder = await installOnce(
    `code-server-${codeServer}`,
    `VS Code ${vscode} (code-server ${codeServer})`,
    size,
    (target) => installCodeServer(target, codeServer),
  );
  return {
    node: await nodeFor(node),
    serverMain: path.join(vscodeFolder(folder), "out", "server-main.js"),
  };
}

/** @param {number | null} major */
async function nodeFor(major) {
  if (major === null || process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const folder = await installOnce(`node-${major}`, `Node ${major}`, "0.2 GB", (target) =>
    installNode(target, major),
  );
  const executable = process.platform === "win32" ? "node.exe" : "node";
  return path.join(folder, "node_modules", "node", "bin", executable);
}

/** @param {string} folder */
function vscodeFolder(folder) {
  return path.join(folder, "node_modules", "code-server", "lib", "vscode");
}

/**
 * @param {string} folder
 * @param {string} version
 */
async function installCodeServer(folder, version) {
  await install(folder, ["--ignore-scripts", `code-server@${version}`]);
  // Its own install script would do this and build native modules; the server runs without those.
  await install(vscodeFolder(folder), ["--ignore-scripts", "--omit=dev"]);
}

/**
 * @param {string} folder
 * @param {number} major
 */
async function installNode(folder, major) {
  await install(folder, ["--ignore-scripts", `node@${major}`]);
  // The package's preinstall script fetches the binary. Run by hand, it also runs where npm asks before scripts.
  const cwd = path.join(folder, "node_modules", "node");
  const code = await run(process.execPath, ["installArchSpecificPackage"], { cwd });
  if (code !== 0) throw new Error(`Node ${major} could not be unpacked in ${cwd}`);
}

/**
 * @param {string} folder
 * @param {readonly string[]} args
 */
async function install(folder, args) {
  const quiet = ["--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error"];
  const code = await npm(["install", ...quiet, ...args], { cwd: folder });
  if (code !== 0) {
    throw new Error(
      `npm install ${args.at(-1)} failed: the npm registry has to be reachable once. Then run this again.`,
    );
  }
}

/**
 * A folder is either complete or absent: the work happens in a sibling that is renamed at the end.
 * @param {string} name
 * @param {string} title
 * @param {string} size
 * @param {(folder: string) => Promise<void>} fill
 */
async function installOnce(name, title, size, fill) {
  const cache = cacheFolder();
  const complete = path.join(cache, name);
  if (existsSync(complete)) return complete;
  console.log(`installing ${title} into ${complete}, about ${size}, once`);
  await mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const partial = `${complete}.partial-${process.pid}`;
  await mkdir(partial);
  const forget = atExit(() => {
    console.error(`${title} was not completely installed; the next run starts over`);
  });
  try {
    await writeFile(path.join(partial, "package.json"), '{ "private": true }\n');
    await fill(partial);
    await rename(partial, complete);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another run may have finished the same install in the meantime.
    if (!existsSync(complete)) throw error;
  } finally {
    forget();
  }
  return complete;
}

/**
 * Removes what interrupted installs left.
 * @param {string} cache
 */
async function removeAbandoned(cache) {
  for (const name of await readdir(cache)) {
    const installer = Number(/\.partial-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(installer) || isRunning(installer)) continue;
    await rm(path.join(cache, name), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
