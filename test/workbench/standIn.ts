import { readFile } from "node:fs/promises";
import path from "node:path";
import type { AxeResults } from "axe-core";
import { source as axe } from "axe-core";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import { webviewHtml } from "../../src/extension/pages/webviewHtml";
import type { WebviewPage } from "../../src/extension/pages/webviewPage";
import themes from "../fixtures/themes.json";

/** The default themes of VS Code, with the variables that the pages use as VS Code sets them. */
export const THEMES = themes;
export type Theme = keyof typeof themes;

const ORIGIN = "http://webview.test";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** One of the extension's pages: its own script, minified as it is shipped, and its styles. */
export interface PageFiles {
  readonly name: WebviewPage["name"];
  readonly script: string;
  readonly styles: readonly string[];
}

export async function pageFiles(name: WebviewPage["name"]): Promise<PageFiles> {
  const { outputFiles } = await build({
    entryPoints: [path.resolve(`src/pages/${name}/main.ts`)],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  const style = (file: string) => readFile(path.resolve(`media/${file}.css`), "utf8");
  return {
    name,
    script: outputFiles[0]?.text ?? "",
    styles: [await style("webview"), await style(name)],
  };
}

export interface StandInOptions {
  readonly theme?: Theme;
  readonly width?: number;
  /** What an earlier page has kept. */
  readonly state?: unknown;
  /** What the page sends. */
  readonly receive: (message: unknown) => Promise<void>;
}

/** A page in a browser with a stand-in for VS Code around it. */
export class StandIn {
  readonly page: Page;
  /** What went wrong in the page, refusals by its security policy among it. */
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
  }

  static async open(
    context: BrowserContext,
    files: PageFiles,
    { theme = "Dark Modern", width = 1000, state, receive }: StandInOptions,
  ): Promise<StandIn> {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    const opened = new StandIn(page);
    await opened.#serve(files);
    await opened.#standIn(theme, state, receive);
    return opened;
  }

  /** Loads the page, once its host can answer. */
  async load(): Promise<void> {
    await this.page.goto(`${ORIGIN}/`);
    await this.page.locator("main:not([hidden])").waitFor();
  }

  /** Sends the page anything at all. */
  async send(message: unknown): Promise<void> {
    await this.page.evaluate((data) => {
      window.postMessage(data);
    }, message);
  }

  /** What the page has kept for the next one. */
  async kept(): Promise<unknown> {
    return JSON.parse((await this.page.locator("html").getAttribute("data-kept")) ?? "null");
  }

  async #serve({ name, script, styles }: PageFiles): Promise<void> {
    const html = webviewHtml({
      root: name,
      title: name,
      cspSource: ORIGIN,
      nonce: "once",
      script: "/page.js",
      styles: styles.map((_, index) => `/${index}.css`),
    });
    const contents = new Map([
      ["/", { contentType: "text/html", body: html }],
      ["/page.js", { contentType: "text/javascript", body: script }],
      ...styles.map((body, index) => [`/${index}.css`, { contentType: "text/css", body }] as const),
    ]);
    await this.page.route(`${ORIGIN}/**`, async (route) => {
      const content = contents.get(new URL(route.request().url()).pathname);
      await route.fulfill(content ?? { status: 404 });
    });
    this.page.on("pageerror", ({ message }) => this.errors.push(message));
    this.page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /** Puts in place what VS Code gives a webview: `acquireVsCodeApi`, the theme's variables and the body's class. */
  async #standIn(
    theme: Theme,
    state: unknown,
    receive: (message: unknown) => Promise<void>,
  ): Promise<void> {
    await this.page.exposeFunction("toHost", receive);
    await this.page.addInitScript(
      ({ variables, bodyClass, kept }) => {
        const postMessage: unknown = Reflect.get(globalThis, "toHost");
        const root = () => document.documentElement;
        Object.assign(globalThis, {
          acquireVsCodeApi: () => ({
            postMessage,
            getState: () => kept,
            setState: (next: unknown) => {
              root().dataset["kept"] = JSON.stringify(next);
            },
          }),
        });
        document.addEventListener("DOMContentLoaded", () => {
          for (const [name, value] of Object.entries(variables)) {
            root().style.setProperty(name, value);
          }
          root().style.background = "var(--vscode-editor-background)";
          document.body.className = bodyClass;
        });
      },
      { ...themes[theme], kept: state },
    );
  }
}

export function isTheme(name: string): name is Theme {
  return Object.hasOwn(THEMES, name);
}

/** What axe has to say against a page. */
export async function faults(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ runOnly: RULES })})`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
