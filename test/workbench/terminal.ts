import { writeFile } from "node:fs/promises";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Locator, Page } from "playwright-core";
import { middleOf, type Point } from "./middleOf";
import { until } from "./until";
import type { Workbench } from "./workbench";

const PROMPT = "the shell waits: ";
const PRINTED_FILE = "printed.txt";
const EMPTY_SCREEN = "\u001b[H\u001b[2J\u001b[3J";
const ROWS = ".xterm-rows > div";
/** The shell that every machine has, without whatever its user has set up. */
const PLAIN_SHELL = { plain: { path: "/bin/sh", env: { PS1: PROMPT, ENV: null } } };

/** For a terminal whose rows are in the page's DOM, with a plain shell in it. */
export const TERMINAL_SETTINGS = {
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.shellIntegration.enabled": false,
  "terminal.integrated.profiles.linux": PLAIN_SHELL,
  "terminal.integrated.profiles.osx": PLAIN_SHELL,
  "terminal.integrated.defaultProfile.linux": "plain",
  "terminal.integrated.defaultProfile.osx": "plain",
};

/** So many rows of one line may be more than fit. */
const MANY_ROWS = 5;

/** A text without colours and blanks: rows have no blanks at their ends. */
function packed(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\s/gu, "");
}

/** A text on the screen. */
export interface Shown {
  readonly text: string;
  /** What is in its row, and in none before it; by default the text. */
  readonly row?: string;
}

/** A shell in the window's terminal, as it can be seen and pointed at. */
export class Terminal {
  readonly #page: Page;
  readonly #file: string;
  #printed = 0;

  private constructor({ page, folder }: Workbench) {
    this.#page = page;
    this.#file = path.join(folder, PRINTED_FILE);
  }

  static async open(workbench: Workbench): Promise<Terminal> {
    const terminal = new Terminal(workbench);
    await workbench.runCommand("Terminal: Create New Terminal");
    await until("the shell's prompt", async () =>
      (await terminal.#rows())[0] === PROMPT.trimEnd() ? true : undefined,
    );
    return terminal;
  }

  /** Has the shell print a line, alone on the screen, and waits until it stands there. */
  async print(line: string): Promise<void> {
    this.#printed += 1;
    const end = `(end of text ${this.#printed})`;
    await writeFile(this.#file, `${EMPTY_SCREEN}${line}\n${end}\n`);
    await until("the printed line", async () => {
      await this.#page.locator(".xterm-helper-textarea").focus();
      // Ends what an earlier attempt has left of its command: whatever opens late takes the focus, and keys with it.
      await this.#page.keyboard.press("Control+C");
      await this.#page.keyboard.type(`cat ${PRINTED_FILE}\n`);
      return this.#shows(line, end).catch(() => undefined);
    });
  }

  /** How many cells a row has. */
  async columns(): Promise<number> {
    await this.print("=".repeat(1_000));
    const [row = ""] = await this.#rows();
    return row.length;
  }

  /** What is shown, row by row, without the blanks at the ends. */
  async #rows(): Promise<string[]> {
    const rows = await this.#page.locator(ROWS).allTextContents();
    return rows.map((row) => row.replaceAll("\u00a0", " ").trimEnd());
  }

  /** Waits until the screen has a line, from its beginning or for as many rows as fit, then `last`, then the prompt. */
  #shows(line: string, last: string): Promise<true> {
    const whole = packed(line);
    return until(
      `the line, "${last}" and a prompt`,
      async () => {
        const rows = await this.#rows();
        const at = rows.indexOf(last);
        if (at < 1 || rows[at + 1] !== PROMPT.trimEnd()) return undefined;
        const shown = packed(rows.slice(0, at).join(""));
        const isShown = at < MANY_ROWS ? shown === whole : whole.endsWith(shown);
        return isShown ? true : undefined;
      },
      10_000,
    );
  }

  /** The tooltip of a link that is open. */
  tooltip(): Locator {
    return this.#page.locator(".xterm-hover:visible");
  }

  /**
   * Points at a text and gives what the link's tooltip says. The extension may only just be starting: the mouse
   * leaves and comes back until there is a tooltip.
   */
  async hoverText(shown: Shown): Promise<string> {
    return until(`a tooltip over ${shown.text}`, async () => {
      await this.pointAt(shown);
      try {
        await this.tooltip().waitFor({ state: "visible", timeout: 5_000 });
      } catch {
        return undefined;
      }
      const text = await this.tooltip().innerText();
      return text.replaceAll("\u00a0", " ").replaceAll("\u200b", "");
    });
  }

  /** Moves the mouse onto the middle of a text, from the prompt: VS Code asks for links once a row is entered anew. */
  async pointAt(shown: Shown): Promise<void> {
    await this.leave();
    for (const target of [{ text: PROMPT.trimEnd() }, shown]) {
      const { x, y } = await this.#locate(target);
      await this.#page.mouse.move(x, y);
    }
  }

  /** Moves the mouse off the terminal, which ends a tooltip. */
  async leave(): Promise<void> {
    await this.#page.mouse.move(5, 5);
    await this.tooltip().waitFor({ state: "hidden" });
  }

  /** Clicks a link as VS Code wants it, with Control held; it has to be one, with a tooltip. */
  async follow(shown: Shown): Promise<void> {
    await this.hoverText(shown);
    const { x, y } = await this.#locate(shown);
    await this.#holding("Control", () => this.#page.mouse.click(x, y));
    await this.leave();
  }

  /** The text of the link under the mouse, in as many pieces as rows: what is underlined. */
  async underlined(): Promise<string[]> {
    return this.#page.evaluate((rows) => {
      const isUnderlined = (part: Element) =>
        getComputedStyle(part).textDecorationLine.includes("underline");
      return [...document.querySelectorAll(rows)]
        .map((row) => [...row.querySelectorAll("span")].filter(isUnderlined))
        .map((parts) => parts.map((part) => part.textContent).join(""))
        .filter((text) => text !== "");
    }, ROWS);
  }

  /**
   * Whether a word is nothing but a word: VS Code makes a link of any, to search for it, while Control is held and no
   * other link is there; so the answer is known once that has come and gone.
   */
  async isPlain(shown: Shown): Promise<boolean> {
    await this.#holding("Control", () =>
      until(`a link of ${shown.text}`, async () => {
        await this.pointAt(shown);
        return this.#linked(shown).catch(() => undefined);
      }),
    );
    try {
      const gone = async () => ((await this.underlined()).length === 0 ? true : undefined);
      return await until("the word's link to go", gone, 10_000);
    } catch {
      return false;
    }
  }

  #linked(shown: Shown): Promise<true> {
    return until(
      `a link of ${shown.text} under the mouse`,
      async () => {
        // A link may come after the key, and then takes notice of it with the next move.
        await this.#nudge(shown);
        return (await this.underlined())[0] === shown.text ? true : undefined;
      },
      5_000,
    );
  }

  async #nudge(shown: Shown): Promise<void> {
    const { x, y } = await this.#locate(shown);
    await this.#page.mouse.move(x + 1, y);
    await this.#page.mouse.move(x, y);
  }

  async #holding<T>(key: string, task: () => Promise<T>): Promise<T> {
    await this.#page.keyboard.down(key);
    try {
      return await task();
    } finally {
      await this.#page.keyboard.up(key);
    }
  }

  async #locate({ text, row = text }: Shown): Promise<Point> {
    const sought = { lines: ROWS, text, lineContains: row };
    try {
      return await until(
        `the row with ${row}`,
        async () => (await this.#page.evaluate(middleOf, sought)) ?? undefined,
      );
    } catch (error) {
      const rows = (await this.#rows()).filter((one) => one !== "");
      throw new Error(`The terminal shows ${JSON.stringify(rows)}`, { cause: error });
    }
  }
}
