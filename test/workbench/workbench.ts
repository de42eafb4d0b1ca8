import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { temporaryFolder } from "../../build/workbench/cleanUp.mjs";
import { DRIVEN, startServer } from "../../build/workbench/server.mjs";
import { VERSIONS, type Theme, type VersionName } from "../../build/workbench/versions.mjs";
import { placedIn, windowAddress, type ExtensionKind } from "../../build/workbench/window.mjs";
import { Editor } from "./editor";
import { until } from "./until";

/** Test bundles are run from the project's folder. */
const ROOT = process.cwd();
const SCREENSHOTS = path.join(ROOT, "test-results", "screenshots");
/** The class by which the workbench's element says which kind of theme it wears. */
const THEME_CLASSES: Readonly<Record<Theme, string>> = {
  dark: "vs-dark",
  light: "vs",
  hcDark: "hc-black",
  hcLight: "hc-light",
};

type Settings = Readonly<Record<string, unknown>>;

export interface WorkbenchOptions {
  readonly version?: VersionName;
  readonly extensionKind?: ExtensionKind;
  /** What the window opens: a copy of it, so that a test may write there. By default the logs of the tests. */
  readonly folder?: string;
  /** Opened in the editor, relative to the folder. */
  readonly file?: string;
  readonly theme?: Theme;
  readonly settings?: Settings;
  /** False: the window opens in Restricted Mode, as a folder nobody has vouched for. */
  readonly trusted?: boolean;
}

/** A VS Code window with the extension, as a person has it before them: mouse, keys and what can be seen. */
export class Workbench {
  readonly page: Page;
  /** The copy of the folder that the window shows. */
  readonly folder: string;
  readonly editor: Editor;
  readonly close: () => Promise<void>;
  /** Changes these settings, and leaves the others; the window follows a little later. */
  readonly changeSettings: (changed: Settings) => Promise<void>;
  readonly #themes: Readonly<Record<Theme, string>>;

  constructor(
    page: Page,
    {
      folder,
      themes,
      changeSettings,
      close,
    }: {
      readonly folder: string;
      readonly themes: Readonly<Record<Theme, string>>;
      readonly changeSettings: (changed: Settings) => Promise<void>;
      readonly close: () => Promise<void>;
    },
  ) {
    this.page = page;
    this.folder = folder;
    this.editor = new Editor(page);
    this.changeSettings = changeSettings;
    this.#themes = themes;
    this.close = close;
  }

  /** Runs a command by its title in the command palette, such as `SEV: Open Feature Table`. */
  async runCommand(title: string): Promise<void> {
    const input = this.quickInput().locator("input[type=text]").first();
    const row = this.quickInput()
      .locator(".monaco-list-row")
      .filter({ has: this.page.locator(".label-name", { hasText: title }) })
      .first();
    await until(`the palette to have ${title}`, async () => {
      await this.page.keyboard.press("F1");
      try {
        await input.fill(`>${title}`, { timeout: 5_000 });
        await row.click({ timeout: 15_000 });
        return true;
      } catch {
        // A view that opens late takes the focus, and the palette closes.
        return undefined;
      }
    });
  }

  /** Runs a command that asks for a text; gives its box. Until that opens, the palette's stands in its place. */
  async runAsking(command: string, title: string): Promise<Locator> {
    await this.runCommand(command);
    const box = this.quickInput();
    await box.getByText(title, { exact: true }).waitFor();
    return box;
  }

  /** The box at the top: command palette, pick lists, input boxes. */
  quickInput() {
    return this.page.locator(".quick-input-widget:visible");
  }

  /** Moves the mouse over the text in the first visible line that contains `lineContains`; gives what the hover says. */
  hoverText(text: string, lineContains: string = text): Promise<string> {
    return this.editor.hoverText(text, lineContains);
  }

  /** The innermost frame of a webview, the one with the page itself, once the predicate holds for it. */
  webviewFrame(predicate: (frame: Frame) => boolean | Promise<boolean>): Promise<Frame> {
    return until("a webview's frame", async () => {
      for (const frame of this.page.frames()) {
        const isWebview = frame.url().includes("/webview/") || frame.name() === "active-frame";
        // A frame may go away while it is asked.
        const holds = isWebview && (await Promise.resolve(predicate(frame)).catch(() => false));
        if (holds) return frame;
      }
      return undefined;
    });
  }

  /** Into test-results/screenshots/, and gives the file's path. */
  async screenshot(name: string): Promise<string> {
    await mkdir(SCREENSHOTS, { recursive: true });
    const file = path.join(SCREENSHOTS, `${name}.png`);
    // Hovers and dialogs fade in.
    await this.page.waitForTimeout(400);
    await this.page.screenshot({ path: file });
    return file;
  }

  async setTheme(theme: Theme): Promise<void> {
    await this.changeSettings({ "workbench.colorTheme": this.#themes[theme] });
    await wears(this.page, theme);
  }
}

export async function openWorkbench({
  version = "newest",
  extensionKind = "node",
  folder = path.join(ROOT, "test", "logs"),
  file,
  theme = "dark",
  settings = {},
  trusted = true,
}: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = await temporaryFolder("folder");
  const copy = path.join(temporary.folder, path.basename(folder));
  await cp(folder, copy, { recursive: true });
  const { themes } = VERSIONS[version];
  let current: Settings = {
    ...placedIn(extensionKind),
    ...settings,
    "workbench.colorTheme": themes[theme],
  };
  const server = await startServer({
    version,
    settings: current,
    flags: [...DRIVEN, ...(trusted ? ["--disable-workspace-trust"] : [])],
  });
  const browser = await openBrowser().catch(async (error: unknown) => {
    await server.close();
    await temporary.remove();
    throw error;
  });
  const close = async () => {
    await browser.close();
    await server.close();
    await temporary.remove();
  };
  const changeSettings = (changed: Settings) => {
    current = { ...current, ...changed };
    return server.setSettings(current);
  };
  const workbench = new Workbench(browser.page, { folder: copy, themes, changeSettings, close });
  try {
    await browser.page.goto(
      windowAddress({
        authority: server.authority,
        token: server.token,
        folder: copy,
        extension: ROOT,
        ...(file === undefined ? {} : { file: path.join(copy, file) }),
      }),
    );
    await wears(browser.page, theme);
    if (file !== undefined) await workbench.editor.shown();
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

async function wears(page: Page, theme: Theme): Promise<void> {
  await page.locator(`.monaco-workbench.${THEME_CLASSES[theme]}`).waitFor();
}
