// Runs the Mocha bundles below a folder and tells the process that started it the numbers.
// node build/workbench/mochaRun.mjs FOLDER REPORTER TIMEOUT_MS
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import Mocha from "mocha";

const [folder = "", reporter = "spec", timeout = "2000"] = process.argv.slice(2);
const mocha = new Mocha({ ui: "bdd", reporter, timeout: Number(timeout) });
const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
for (const file of files.sort()) {
  if (file.endsWith(".test.js")) mocha.addFile(path.resolve(folder, file));
}
const runner = mocha.run((failed) => {
  process.send?.({ passed: runner.stats?.passes ?? 0, failed });
  process.exitCode = failed > 0 ? 1 : 0;
  // The channel to the parent would keep this process alive; a browser that a test forgot, on purpose, still does.
  if (process.connected) process.disconnect();
});
