import type { Locator, Page } from "playwright-core";
import { middleOf, type Point } from "./middleOf";
import { until } from "./until";

/** The text editor in front, as it can be seen and pointed at. */
export class Editor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async shown(): Promise<void> {
    await this.#page.locator(".monaco-editor .view-line").first().waitFor();
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
        await contents.first().waitFor({ state: "visible", timeout: 10_000 });
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
    await this.hover().first().waitFor({ state: "hidden" });
  }

  /** Where the middle of the text is, in the first visible line that contains `lineContains`. */
  locate(text: string, lineContains: string): Promise<Point> {
    return until(`the line with ${lineContains}`, async () => {
      const lines = ".monaco-editor .view-line";
      const point = await this.#page.evaluate(middleOf, { lines, text, lineContains });
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
      10_000,
    );
  }
}
