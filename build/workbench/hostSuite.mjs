// Runs the host suite inside a real extension host and passes on what the tests say.
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { format } from "node:util";
import { openBrowser } from "./browser.mjs";
import { temporaryFolder } from "./cleanUp.mjs";
import { countsIn, saidByTests } from "./testOutput.mjs";
import { DRIVEN, startServer } from "./server.mjs";
import { placedIn, windowAddress } from "./window.mjs";

/** Guards against a host that hangs. */
const TAKES_AT_MOST_MS = 15 * 60_000;

/**
 * @typedef {object} HostSuite
 * @property {string} root of this project
 * @property {import("./versions.mjs").VersionName} version
 * @property {import("./window.mjs").ExtensionKind} extensionKind
 */

/**
 * @param {HostSuite} suite
 * @returns {Promise<import("./testOutput.mjs").Counts>}
 */
export async function runHostSuite({ root, version, extensionKind }) {
  const folder = await temporaryFolder("folder");
  const server = await startServer({
    version,
    settings: placedIn(extensionKind),
    flags: [...DRIVEN, "--disable-workspace-trust"],
  });
  /** @type {string[]} */
  const log = [];
  try {
    await cp(path.join(root, "test", "logs"), folder.folder, { recursive: true });
    const browser = await openBrowser();
    try {
      const address = windowAddress({
        authority: server.authority,
        token: server.token,
        folder: folder.folder,
        extension: root,
        tests: path.join(root, "dist-test", "host", `${extensionKind}.js`),
      });
      return await outcome(browser.page, address, log);
    } finally {
      await browser.close();
    }
  } catch (error) {
    const logFile = path.join(root, "test-results", `host-${version}-${extensionKind}.log`);
    await mkdir(path.dirname(logFile), { recursive: true });
    await writeFile(logFile, log.join("\n"));
    console.error(`all that the window and its hosts printed: ${path.relative(root, logFile)}`);
    throw error;
  } finally {
    await server.close();
    await folder.remove();
  }
}

/**
 * Opens the window and waits until its extension host has run the tests.
 * @param {import("playwright-core").Page} page
 * @param {string} address
 * @param {string[]} log takes everything that the window and its hosts print
 * @returns {Promise<import("./testOutput.mjs").Counts>}
 */
async function outcome(page, address, log) {
  /** @type {import("./testOutput.mjs").Counts | null} */
  let counts = null;
  /** @param {number | null} code */
  let exit = (code) => void code;
  /** @type {Promise<number | null>} */
  const exited = new Promise((resolve) => {
    exit = resolve;
  });
  // The workbench calls these two by name when it has the test driver.
  await page.exposeFunction("codeAutomationExit", exit);
  await page.exposeFunction(
    "codeAutomationLog",
    (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
      const printed = format(...args);
      log.push(printed);
      const said = saidByTests(printed);
      if (said === null) return;
      counts = countsIn(printed) ?? counts;
      console.log(said);
    },
  );
  page.on("console", (message) => log.push(message.text()));
  page.on("pageerror", (error) => log.push(error.stack ?? error.message));
  await page.goto(address);

  const timer = setTimeout(exit, TAKES_AT_MOST_MS, null);
  const code = await exited;
  clearTimeout(timer);
  if (counts !== null) return counts;
  const how = code === null ? `did not end in ${TAKES_AT_MOST_MS / 1000} s` : `ended with ${code}`;
  throw new Error(`the extension host ${how} before the tests were done\n${problemsIn(log)}`);
}

/**
 * The errors in the log, without those that every run has (missing native modules, no network).
 * @param {readonly string[]} log
 */
function problemsIn(log) {
  const usual = /Could not locate the bindings|native-watchdog|spdlog|ENOTFOUND|ServiceWorker|INFO/;
  const errors = log.filter((entry) => /Error\b/.test(entry) && !usual.test(entry));
  return [...new Set(errors)].slice(0, 5).join("\n");
}
