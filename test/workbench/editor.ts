import type { Locator, Page } from "playwright-core";
import { until } from "./until";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The text editor in front, as it can be seen and pointed at. */
export class Editor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async shown(): Promise<void> {
    await this.#page.locator(".monaco-editor .view-line").first().waitFor({ timeout: 60_000 });
  }

  /** The hover that is open. */
  hover(): Locator {
    return this.#page.locator(".monaco-hover:visible", { has: this.#page.locator(".hover-row") });
  }

  /**
   * Points at the text and gives what the hover says. The extension may only just be starting, and an editor does
   * not ask again by itself: the mouse leaves and comes back until the hover speaks.
   */
  async hoverText(text: string, lineContains: string): Promise<string> {
    return until(`a hover over ${text}`, async () => {
      await this.leave();
      await this.pointAt(text, lineContains);
      const contents = this.hover().locator(".hover-contents");
      try {
        await contents.first().waitFor({ state: "visible", timeout: 2_000 });
        await this.#loaded(contents);
      } catch {
        return undefined;
      }
      return (await contents.allInnerTexts()).join("\n").replaceAll("\u00a0", " ");
    });
  }

  /** Moves the mouse onto the middle of the text. */
  async pointAt(text: string, lineContains: string = text): Promise<void> {
    const { x, y } = await this.locate(text, lineContains);
    await this.#page.mouse.move(x - 3, y);
    await this.#page.mouse.move(x, y, { steps: 3 });
  }

  /** Moves the mouse off the text, which ends a hover. */
  async leave(): Promise<void> {
    await this.#page.mouse.move(5, 5);
    await this.hover().first().waitFor({ state: "hidden", timeout: 5_000 });
  }

  /** Where the middle of the text is, in the first visible line that contains `lineContains`. */
  locate(text: string, lineContains: string): Promise<Point> {
    return until(`the line with ${lineContains}`, async () => {
      const point = await this.#page.evaluate(middleOf, { text, lineContains });
      return point ?? undefined;
    });
  }

  async #loaded(contents: Locator): Promise<void> {
    await until(
      "the hover's answer",
      async () => {
        const texts = await contents.allInnerTexts();
        const waiting =
          texts.length === 0 || texts.every((text) => /^Loading\.\.\.$|^$/.test(text.trim()));
        return waiting ? undefined : true;
      },
      3_000,
    );
  }
}

/** Runs in the page. A line is a row of spans, one for each token, and its blanks are no-break spaces. */
function middleOf({ text, lineContains }: { text: string; lineContains: string }): Point | null {
  const plain = (shown: string) => shown.replaceAll("\u00a0", " ");
  for (const line of document.querySelectorAll(".monaco-editor .view-line")) {
    const whole = plain(line.textContent);
    const inLine = whole.indexOf(lineContains);
    if (inLine < 0) continue;
    // The text inside the part that was asked for, or else anywhere in the line.
    const within = lineContains.indexOf(text);
    const start = within < 0 ? whole.indexOf(text) : inLine + within;
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    let open = false;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { length } = node.textContent ?? "";
      const end = start + text.length;
      if (!open && start < before + length) {
        range.setStart(node, start - before);
        open = true;
      }
      if (open && end <= before + length) {
        range.setEnd(node, end - before);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { x: (left + right) / 2, y: (top + bottom) / 2 };
      }
      before += length;
    }
  }
  return null;
}
