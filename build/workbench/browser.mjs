// The Chromium of this machine, driven by Playwright. No browser is downloaded.
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";
import { temporaryFolder } from "./cleanUp.mjs";

/** Guards against a page that hangs; a busy machine takes its time. */
const HANGS_AFTER_MS = 120_000;

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const PLACES = [
  "/usr/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ...["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) =>
    path.join(process.env[name] ?? "", "Google", "Chrome", "Application", "chrome.exe"),
  ),
];

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Chromium refuses its sandbox to root, as in a container.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** Where Chromium is. */
export function findChromium() {
  const named = process.env["CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter((entry) => entry !== "");
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = [...(named ? [named] : []), ...onPath, ...PLACES].find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    "No Chromium found. Install it (Debian: apt-get install chromium), or name its executable in the variable CHROMIUM.",
  );
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} BrowserPage
 * @property {import("playwright-core").Page} page
 * @property {() => Promise<void>} close
 */

/**
 * A page in a browser with a fresh profile.
 * @returns {Promise<BrowserPage>}
 */
export async function openBrowser() {
  const executablePath = findChromium();
  const profile = await temporaryFolder("browser");
  const context = await chromium.launchPersistentContext(profile.folder, {
    executablePath,
    args: FLAGS,
    headless: true,
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  context.setDefaultTimeout(HANGS_AFTER_MS);
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    page,
    close: async () => {
      await context.close();
      await profile.remove();
    },
  };
}
