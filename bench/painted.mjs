/* global window, document, addEventListener, getComputedStyle, requestAnimationFrame, MessageChannel -- parts of it run in pages */
// When a webview of a real VS Code has painted, by the browser's own clock.

/** What each webview shows once it has content. */
const CONTENT = {
  featureTable: "#featureTable .bits tbody tr",
  logExplanation: "#logExplanation li.entry",
  markdown: ".markdown-body td",
};

const HANGS_AFTER_MS = 60_000;

/** @typedef {keyof typeof CONTENT} View */

/** Hears of the next painting of a view; times are in ms since the epoch. */
export class Paintings {
  /** @type {((painted: { readonly view: string, readonly time: number }) => void) | null} */
  #heard = null;
  #page;

  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * Webviews that open from now on say when they have painted.
   * @param {import("playwright-core").Page} page
   */
  static async of(page) {
    const paintings = new Paintings(page);
    await page.context().exposeFunction("hasPainted", (view, time) => {
      paintings.#heard?.({ view, time });
    });
    await page.context().addInitScript(watch, CONTENT);
    await page.evaluate(() => {
      const keep = (event) => {
        if (event.key === "Enter") globalThis.entered = performance.timeOrigin + event.timeStamp;
      };
      addEventListener("keydown", keep, { capture: true });
    });
    return paintings;
  }

  /**
   * How long it takes from Enter until a view has painted, in ms.
   * @param {View} view
   */
  async fromEnter(view) {
    const painted = new Promise((resolve, reject) => {
      setTimeout(() => {
        reject(new Error(`${view} did not paint in ${HANGS_AFTER_MS} ms.`));
      }, HANGS_AFTER_MS).unref();
      this.#heard = (heard) => {
        if (heard.view === view) resolve(heard.time);
      };
    });
    await this.#page.keyboard.press("Enter");
    const time = await painted;
    return time - (await this.#page.evaluate(() => globalThis.entered));
  }
}

/** Runs in every frame: looks again and again whether a view has content that can be seen. */
function watch(content) {
  if (window.parent === window) return;
  const isSeen = (selector) => {
    const found = [...document.querySelectorAll(selector)];
    if (!found.some((one) => one.getBoundingClientRect().height > 0)) return false;
    // VS Code fills a hidden frame, and shows it when it is loaded.
    return getComputedStyle(window.frameElement).visibility === "visible";
  };
  // VS Code writes the document anew, which ends a chain of animation frames, but no timer.
  const timer = setInterval(() => {
    const seen = Object.entries(content).find(([, selector]) => isSeen(selector));
    if (seen === undefined) return;
    clearInterval(timer);
    requestAnimationFrame(() => {
      // A message arrives after the frame was painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        globalThis.hasPainted(seen[0], performance.timeOrigin + performance.now());
      };
      port2.postMessage(null);
    });
  }, 2);
}
