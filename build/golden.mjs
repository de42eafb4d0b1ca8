// Writes the golden files anew: npm run golden. What changed in them is to be read before it is committed.
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

/** @param {readonly string[]} command a script for Node and its arguments */
function run(...command) {
  const env = { ...process.env, GOLDEN: "write" };
  const { status } = spawnSync(process.execPath, command, { cwd: root, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

run("build/bundle.mjs", "--tests");
run("node_modules/mocha/bin/mocha.js", "dist-test/unit/surfaces/golden.test.js");
