import { element } from "./dom";

const COPIED_SHOWN_MS = 4000;

/** The button that copies the decode, and confirms it. */
export class CopyButton {
  readonly element: HTMLElement;
  readonly #copied = element("span", { role: "status" });
  #shown: ReturnType<typeof setTimeout> | undefined;

  constructor(copy: () => void, label = "Copy as Markdown") {
    const button = element("button", { type: "button" }, label);
    button.addEventListener("click", copy);
    this.element = element("div", { class: "copy" }, this.#copied, button);
  }

  /** Says for a moment that the clipboard has the decode. */
  showCopied(): void {
    clearTimeout(this.#shown);
    this.#copied.textContent = "✓ Copied";
    this.#shown = setTimeout(() => {
      this.#copied.textContent = "";
    }, COPIED_SHOWN_MS);
  }
}
