// Runs every check and test, on a fresh clone too: npm test
// Or some of them: node build/test.mjs checks|unit|host|noise|workbench|package ...
// Nothing is skipped: what cannot run here has failed, and says what is missing. The last line is "N passed, N failed".
import { fork } from "node:child_process";
import path from "node:path";
import { atExit } from "./workbench/cleanUp.mjs";
import { installDependencies } from "./workbench/dependencies.mjs";
import { run } from "./workbench/processes.mjs";
import { VERSIONS } from "./workbench/versions.mjs";

/** @typedef {import("./workbench/testOutput.mjs").Counts} Counts */

/**
 * @typedef {object} Part
 * @property {string} title
 * @property {readonly string[]} groups the arguments that select it
 * @property {() => Promise<Counts>} run
 */

const ROOT = path.resolve(import.meta.dirname, "..");

/** A test that takes longer hangs, even on a busy machine. */
const HANGS_AFTER_MS = 120_000;

/** @type {readonly Part[]} */
const PARTS = [
  check("types", ["checks"], "build/types.mjs"),
  check("lint", ["checks"], "node_modules/eslint/bin/eslint.js", ".", "--max-warnings", "0"),
  check("format", ["checks"], "node_modules/prettier/bin/prettier.cjs", "--check", "."),
  check("bundle", ["unit", "host", "workbench"], "build/bundle.mjs"),
  check("bundle of the tests", ["unit", "host", "workbench"], "build/bundle.mjs", "--tests"),
  {
    title: "unit and property tests",
    groups: ["unit"],
    run: () => mocha("dist-test/unit", "dot", HANGS_AFTER_MS),
  },
  hostSuite("floor", "node"),
  hostSuite("newest", "node"),
  hostSuite("newest", "web"),
  { title: "ordinary text, in which nothing must be found", groups: ["noise"], run: ordinaryText },
  { title: "workbench tests in a browser", groups: ["workbench"], run: workbench },
  check("package contents", ["package"], "build/package.mjs", "--check"),
];

/**
 * A program that says yes or no by its exit code.
 * @param {string} title
 * @param {readonly string[]} groups
 * @param {...string} command a script for Node and its arguments
 * @returns {Part}
 */
function check(title, groups, ...command) {
  return { title, groups, run: () => yesOrNo(command) };
}

/**
 * @param {readonly string[]} command a script for Node and its arguments
 * @returns {Promise<Counts>}
 */
async function yesOrNo(command) {
  const passed = (await run(process.execPath, command, { cwd: ROOT })) === 0;
  return passed ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * What every machine has that runs these tests: the packages, and the sources of both versions of VS Code.
 * @returns {Promise<Counts>}
 */
async function ordinaryText() {
  const { cacheFolder, installedVersion } = await import("./workbench/cache.mjs");
  await installedVersion("newest");
  await installedVersion("floor");
  return yesOrNo(["build/noise.mjs", "node_modules", cacheFolder()]);
}

/**
 * @param {import("./workbench/versions.mjs").VersionName} version
 * @param {import("./workbench/window.mjs").ExtensionKind} extensionKind
 * @returns {Part}
 */
function hostSuite(version, extensionKind) {
  const host = extensionKind === "node" ? "Node host" : "web-worker host";
  return {
    title: `host suite, VS Code ${VERSIONS[version].vscode} (${version}), ${host}`,
    groups: ["host"],
    run: async () => {
      // Needs the installed packages, so it cannot be imported before they are there.
      const { runHostSuite } = await import("./workbench/hostSuite.mjs");
      return runHostSuite({ root: ROOT, version, extensionKind });
    },
  };
}

/** @returns {Promise<Counts>} */
async function workbench() {
  // What every test needs is looked for once, so that what is missing is said once.
  const { findChromium } = await import("./workbench/browser.mjs");
  const { installedVersion } = await import("./workbench/cache.mjs");
  findChromium();
  await installedVersion("newest");
  await installedVersion("floor");
  return mocha("dist-test/workbench", "spec", 2 * HANGS_AFTER_MS);
}

/**
 * @param {string} folder
 * @param {string} reporter
 * @param {number} timeoutMs of one test
 * @returns {Promise<Counts>}
 */
function mocha(folder, reporter, timeoutMs) {
  const script = path.join(ROOT, "build", "workbench", "mochaRun.mjs");
  return new Promise((resolve, reject) => {
    const child = fork(script, [folder, reporter, String(timeoutMs)], { cwd: ROOT });
    const forget = atExit(() => child.kill());
    /** @type {Counts | null} */
    let counts = null;
    child.on("message", (message) => {
      counts = /** @type {Counts} */ (message);
    });
    child.on("exit", (code) => {
      forget();
      if (counts === null) reject(new Error(`Mocha ended with ${code} before the tests were done`));
      else resolve(counts);
    });
  });
}

/**
 * Runs one part; what goes wrong outside of its tests is one failure.
 * @param {Part} part
 * @returns {Promise<Counts>}
 */
async function resultOf(part) {
  console.log(`\n── ${part.title}`);
  try {
    const counts = await part.run();
    if (counts.passed + counts.failed > 0) return counts;
    console.error(`${part.title}: no test ran`);
  } catch (error) {
    console.error(`${part.title}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { passed: 0, failed: 1 };
}

/** @param {readonly string[]} selection the groups to run; all where it is empty */
async function main(selection) {
  const known = new Set(PARTS.flatMap(({ groups }) => groups));
  const unknown = selection.filter((group) => !known.has(group));
  if (unknown.length > 0) throw new Error(`not one of ${[...known].join(", ")}: ${unknown}`);
  await installDependencies(ROOT);

  const parts = PARTS.filter(
    ({ groups }) => selection.length === 0 || groups.some((group) => selection.includes(group)),
  );
  /** @type {string[]} */
  const summary = [];
  let passed = 0;
  let failed = 0;
  for (const part of parts) {
    const started = Date.now();
    const counts = await resultOf(part);
    passed += counts.passed;
    failed += counts.failed;
    const total = counts.passed + counts.failed;
    const verdict = counts.failed === 0 ? `ok, ${total}` : `FAILED, ${counts.failed} of ${total}`;
    summary.push(`${part.title}: ${verdict} (${Math.round((Date.now() - started) / 1000)} s)`);
  }
  console.log(`\n── summary\n${summary.join("\n")}\n`);
  return { passed, failed };
}

const { passed, failed } = await main(process.argv.slice(2)).catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  return { passed: 0, failed: 1 };
});
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
