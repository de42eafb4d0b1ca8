// Makes the README's pictures from a real VS Code: npm run docs:pictures
// Each is taken twice, in the dark and the light theme, in a window of fixed size on the samples.
import { spawnSync } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { testModule } from "./testModule.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const FOLDER = path.join(ROOT, "media", "readme");
const WINDOW = { width: 1000, height: 480 };
/** Hovers and views fade in. */
const SETTLES_MS = 800;

/** What a picture of text does without. */
const SETTINGS = {
  "editor.minimap.enabled": false,
  "editor.cursorBlinking": "solid",
  "window.commandCenter": false,
  "workbench.activityBar.location": "hidden",
  "workbench.statusBar.visible": false,
  "workbench.layoutControl.enabled": false,
  "window.menuBarVisibility": "hidden",
  "window.title": "SEV Status",
};

/** @typedef {import("../test/workbench/workbench").Workbench} Workbench */

/**
 * @typedef {object} Picture
 * @property {string} file of the samples
 * @property {(workbench: Workbench) => Promise<unknown>} show
 */

/**
 * The mouse is where the palette was, over the border between two editors.
 * @param {Workbench} workbench
 */
const aside = ({ page }) => page.mouse.move(5, 5);

/** @type {Readonly<Record<string, Picture>>} */
const PICTURES = {
  hover: {
    file: "serial.log",
    show: (workbench) => workbench.hoverText("0x887", "SEV_STATUS = 0x887"),
  },
  table: {
    file: "serial.log",
    show: async (workbench) => {
      const { x, y } = await workbench.editor.locate("0x887", "SEV_STATUS = 0x887");
      await workbench.page.mouse.click(x, y);
      await workbench.runCommand("SEV: Open Feature Table");
      await workbench.webviewFrame((frame) => frame.getByText("needs 6.14").first().isVisible());
      await aside(workbench);
    },
  },
  explanation: {
    file: "boots.log",
    show: async (workbench) => {
      await workbench.runCommand("SEV: Explain This Log");
      await workbench.webviewFrame((frame) => frame.getByText("3 boots · 1 refused").isVisible());
      await aside(workbench);
    },
  },
};

/**
 * @param {string} name
 * @param {Picture} picture
 * @param {"dark" | "light"} theme
 * @param {(options: object) => Promise<Workbench>} openWorkbench
 */
async function take(name, { file, show }, theme, openWorkbench) {
  const workbench = await openWorkbench({ file, theme, settings: SETTINGS });
  const { page } = workbench;
  try {
    await page.setViewportSize(WINDOW);
    await page.keyboard.press("Control+B");
    // The extension has started once it speaks of a line.
    await workbench.hoverText("0x800", "detected: 0x800");
    await workbench.editor.leave();
    await show(workbench);
    await page.waitForTimeout(SETTLES_MS);
    await page.screenshot({ path: path.join(FOLDER, `${name}-${theme}.png`) });
  } finally {
    await workbench.close();
  }
}

const built = spawnSync(process.execPath, [path.join(ROOT, "build/bundle.mjs"), "--release"], {
  stdio: "inherit",
});
if (built.status !== 0) throw new Error("The bundles were not made.");
await mkdir(FOLDER, { recursive: true });
const { openWorkbench } = await testModule("workbench/workbench");
const wanted = process.argv.slice(2);
for (const [name, picture] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const theme of /** @type {const} */ (["dark", "light"])) {
    await take(name, picture, theme, openWorkbench);
    console.log(`media/readme/${name}-${theme}.png`);
  }
}
