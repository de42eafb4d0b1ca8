// Tries the extension out: npm start [-- --no-open] [--port N]
// In desktop VS Code where there is one, else in a VS Code that runs in the browser, with the samples open.
import { spawn } from "node:child_process";
import { access, copyFile, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { runUntilInterrupted, temporaryFolder } from "./workbench/cleanUp.mjs";
import { installDependencies } from "./workbench/dependencies.mjs";
import { run } from "./workbench/processes.mjs";
import { startServer } from "./workbench/server.mjs";
import { VERSIONS } from "./workbench/versions.mjs";
import { windowAddress } from "./workbench/window.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const SAMPLES = path.join(ROOT, "samples");
const SAMPLE = path.join(SAMPLES, "refused-guest.log");

const { values: options } = parseArgs({
  options: { "no-open": { type: "boolean", default: false }, port: { type: "string" } },
});
const mayOpen = !options["no-open"] && hasDisplay();

try {
  await installDependencies(ROOT);
  console.log("bundling the extension");
  const bundled = await run(process.execPath, ["build/bundle.mjs"], { cwd: ROOT });
  if (bundled !== 0) throw new Error("the extension could not be bundled");
  if (!(mayOpen && (await openedInDesktop()))) await serve();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** A desktop to show a window on. */
function hasDisplay() {
  if (process.platform === "darwin" || process.platform === "win32") return true;
  return Boolean(process.env["DISPLAY"] || process.env["WAYLAND_DISPLAY"]);
}

async function openedInDesktop() {
  const code = await desktopCode();
  if (code === null) {
    console.log("there is no `code` on the PATH, so VS Code runs in the browser");
    return false;
  }
  console.log("opening the samples in desktop VS Code");
  const args = [`--extensionDevelopmentPath=${ROOT}`, SAMPLES, SAMPLE];
  if ((await run(code, args)) === 0) return true;
  console.log("desktop VS Code did not open, so VS Code runs in the browser");
  return false;
}

/** @returns {Promise<string | null>} */
async function desktopCode() {
  const name = process.platform === "win32" ? "code.cmd" : "code";
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    const file = path.join(folder, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return null;
}

/** Runs the newest VS Code in the browser until somebody ends it. */
async function serve() {
  runUntilInterrupted();
  // Workspace trust stays on: the extension needs none, and this window can open folders of anybody.
  const server = await startServer({
    version: "newest",
    settings: { "workbench.colorTheme": VERSIONS.newest.themes.dark },
    prepare: installExtension,
    ...(options.port === undefined ? {} : { port: Number(options.port) }),
  });
  const { authority, token } = server;
  const address = windowAddress({ authority, token, folder: SAMPLES, file: SAMPLE });
  console.log(
    `\nVS Code ${VERSIONS.newest.vscode} with SEV Status, in the browser:\n\n  ${address}\n`,
  );
  console.log("Whoever has this address can do on this machine what you can: do not share it.");
  console.log("Hover a value such as 0x887. Ctrl-C ends it.");
  if (mayOpen) openInBrowser(await pageThatLeadsTo(address));
  const code = await server.ended;
  await server.close();
  throw new Error(`the VS Code server ended with ${code}:\n${server.output()}`);
}

/**
 * Puts the extension among the server's own, as an installed one: outside of tests the workbench takes no extension
 * under development. What the bundler writes is linked, so that a rebuild shows after reloading the window.
 * @param {string} dataFolder of the server
 */
async function installExtension(dataFolder) {
  const { publisher, name, version } = JSON.parse(
    await readFile(path.join(ROOT, "package.json"), "utf8"),
  );
  const folder = path.join(dataFolder, "extensions", `${publisher}.${name}-${version}`);
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(ROOT, "package.json"), path.join(folder, "package.json"));
  for (const linked of ["dist", "media", "schemas"]) {
    await symlink(path.join(ROOT, linked), path.join(folder, linked), "junction");
  }
}

/**
 * A page that only this user can read: every user can read a browser's command line, where the token must not be.
 * It is not where temporary files are: a browser in a sandbox of its own sees none there.
 * @param {string} address
 * @returns {Promise<string>} the page's own address
 */
async function pageThatLeadsTo(address) {
  const { folder } = await temporaryFolder("open", path.join(ROOT, "node_modules"));
  const page = path.join(folder, "open.html");
  const refresh = `<meta http-equiv="refresh" content="0; url=${address.replaceAll("&", "&amp;")}">`;
  await writeFile(page, `<!doctype html>\n<title>SEV Status</title>\n${refresh}\n`, {
    mode: 0o600,
  });
  return pathToFileURL(page).href;
}

/** @param {string} address */
function openInBrowser(address) {
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open"]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler"]
        : ["xdg-open"];
  const opener = spawn(command ?? "", [...args, address], { stdio: "ignore", detached: true });
  opener.on("error", () => {
    console.log("no browser could be opened; the address above works in any");
  });
  opener.unref();
}
