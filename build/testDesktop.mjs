// Runs the host suite in desktop VS Code, which this downloads: at the oldest version that the manifest promises and
// at the newest. For machines that can reach that download; npm test does without.
import { cp, readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "./workbench/cleanUp.mjs";
import { installDependencies } from "./workbench/dependencies.mjs";
import { run } from "./workbench/processes.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");

await installDependencies(ROOT);
for (const args of [["build/bundle.mjs"], ["build/bundle.mjs", "--tests"]]) {
  if ((await run(process.execPath, args, { cwd: ROOT })) !== 0) process.exit(1);
}

const { runTests } = await import("@vscode/test-electron");
const { engines } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8"));
const floor = engines.vscode.replace(/^\^/, "");
for (const version of [floor, "stable"]) {
  console.log(`\n── host suite, desktop VS Code ${version}`);
  const folder = await temporaryFolder("desktop");
  const samples = path.join(folder.folder, "samples");
  try {
    await cp(path.join(ROOT, "samples"), samples, { recursive: true });
    await runTests({
      version,
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(ROOT, "dist-test", "host", "node.js"),
      launchArgs: [
        samples,
        "--disable-workspace-trust",
        `--user-data-dir=${path.join(folder.folder, "user")}`,
        `--extensions-dir=${path.join(folder.folder, "extensions")}`,
      ],
    });
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  } finally {
    await folder.remove();
  }
}
