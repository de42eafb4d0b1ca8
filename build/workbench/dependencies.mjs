// Installs the packages that package-lock.json names, where that has not been done: a fresh clone needs no first step.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { npm } from "./processes.mjs";

/** @typedef {Record<string, { version?: string, optional?: boolean }>} Packages */

/**
 * @param {string} root of this project
 */
export async function installDependencies(root) {
  const wanted = await packagesOf(path.join(root, "package-lock.json"));
  const there = await packagesOf(path.join(root, "node_modules", ".package-lock.json"));
  if (there !== null && wanted !== null && areThere(wanted, there)) return;
  console.log("installing the packages of package-lock.json (npm ci --ignore-scripts)");
  const code = await npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: root });
  if (code !== 0) {
    throw new Error("npm ci failed: the npm registry has to be reachable. Then run this again.");
  }
}

/**
 * @param {string} lockFile
 * @returns {Promise<Packages | null>} null where there is no such file
 */
async function packagesOf(lockFile) {
  try {
    return JSON.parse(await readFile(lockFile, "utf8")).packages;
  } catch {
    return null;
  }
}

/**
 * Compares versions rather than the files' times, which a checkout changes. What is optional may be missing: most of
 * it is for other systems.
 * @param {Packages} wanted
 * @param {Packages} there
 */
function areThere(wanted, there) {
  return Object.entries(wanted).every(
    ([place, { version, optional }]) =>
      place === "" || (there[place] === undefined ? optional : there[place].version === version),
  );
}
