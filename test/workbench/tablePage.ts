import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import type { BrowserContext, Page } from "playwright-core";
import type { GuestProfile } from "../../src/decoder/guest/profile";
import { guestProfile } from "../../src/decoder/guest/profile";
import { featureTableHtml } from "../../src/extension/featureTable/html";
import type { ValueArgument } from "../../src/extension/argument";
import { FeatureTableSession } from "../../src/extension/featureTable/session";
import type { ViewMessage } from "../../src/featureTable/protocol";
import { PROTOCOL_VERSION, isViewMessage } from "../../src/featureTable/protocol";
import themes from "../fixtures/themes.json";

/** The default themes of VS Code, with the variables that the page uses as VS Code sets them. */
export const THEMES = themes;
export type Theme = keyof typeof themes;

const ORIGIN = "http://feature-table.test";

interface Files {
  readonly script: string;
  readonly style: string;
}

/** The page's own script, minified as it is shipped, and its style. */
export async function pageFiles(): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: [path.resolve("src/featureTable/main.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  return {
    script: outputFiles[0]?.text ?? "",
    style: await readFile(path.resolve("media/featureTable.css"), "utf8"),
  };
}

export interface TablePageOptions extends ValueArgument {
  readonly guest?: string;
  readonly theme?: Theme;
  readonly width?: number;
  /** What an earlier page has kept. */
  readonly state?: unknown;
}

/** The page in a browser with a stand-in for VS Code around it; the session that answers is the extension's own. */
export class TablePage {
  readonly page: Page;
  readonly session: FeatureTableSession;
  guest: GuestProfile | null;
  /** What the page has sent, oldest first. */
  readonly sent: ViewMessage[] = [];
  /** What went wrong in the page, refusals by its security policy among it. */
  readonly errors: string[] = [];
  /** Whether requests are left unanswered. */
  silent = false;

  private constructor(page: Page, session: FeatureTableSession, guest: GuestProfile | null) {
    this.page = page;
    this.session = session;
    this.guest = guest;
  }

  static async open(
    context: BrowserContext,
    files: Files,
    { guest, theme = "Dark Modern", width = 1000, state, ...shown }: TablePageOptions,
  ): Promise<TablePage> {
    const page = await context.newPage();
    await page.setViewportSize({ width, height: 900 });
    const session = new FeatureTableSession(shown);
    const opened = new TablePage(page, session, guest === undefined ? null : guestProfile(guest));
    await opened.#serve(files);
    await opened.#standIn(theme, state);
    await page.goto(`${ORIGIN}/`);
    await page.locator("main:not([hidden])").waitFor();
    return opened;
  }

  /** Sends the page what it is to show now. */
  async answer(): Promise<void> {
    await this.send(this.session.answer(this.guest));
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

  async #serve({ script, style }: Files): Promise<void> {
    const html = featureTableHtml({
      cspSource: ORIGIN,
      nonce: "once",
      script: "/featureTable.js",
      style: "/featureTable.css",
    });
    const contents = new Map([
      ["/", { contentType: "text/html", body: html }],
      ["/featureTable.js", { contentType: "text/javascript", body: script }],
      ["/featureTable.css", { contentType: "text/css", body: style }],
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
  async #standIn(theme: Theme, state: unknown): Promise<void> {
    await this.page.exposeFunction("toHost", (message: unknown) => this.#receive(message));
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

  async #receive(message: unknown): Promise<void> {
    if (!isViewMessage(message)) {
      this.errors.push(`not a message: ${JSON.stringify(message)}`);
      return;
    }
    this.sent.push(message);
    if (this.silent) return;
    switch (message.type) {
      case "copy":
        await this.send({ version: PROTOCOL_VERSION, type: "copied" });
        return;
      case "chooseGuest":
        this.guest = guestProfile(message.text ?? "");
        break;
      default:
        this.session.take(message);
    }
    await this.answer();
  }
}
