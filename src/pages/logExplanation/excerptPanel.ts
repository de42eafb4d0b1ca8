import { visible } from "../../decoder/text/visible";
import { grouped } from "../../decoder/text/grouped";
import { element } from "../shared/dom";
import type { Excerpt } from "./protocol";
import { pushButton } from "./wishes";

/** Lines of the log around a place, where no editor shows them. Escape closes it. */
export class ExcerptPanel {
  readonly element = element("section", { class: "excerpt", tabindex: "-1" });
  readonly #openAnyway: (excerpt: Excerpt) => void;
  #before: Element | null = null;

  constructor(openAnyway: (excerpt: Excerpt) => void) {
    this.#openAnyway = openAnyway;
    this.element.hidden = true;
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  render(excerpt: Excerpt | null): void {
    if (excerpt === null) {
      this.element.hidden = true;
      return;
    }
    if (this.element.hidden) this.#before = document.activeElement;
    const { place, first, lines, canOpen } = excerpt;
    const words = `Lines around line ${grouped(place.line + 1)}`;
    this.element.setAttribute("aria-label", words);
    const open = canOpen
      ? [
          pushButton("Open Anyway", () => {
            this.#openAnyway(excerpt);
          }),
        ]
      : [];
    const close = pushButton("Close", () => {
      this.#close();
    });
    const rows = lines.map((line, at) => rowOf(line, first + at, first + at === place.line));
    this.element.replaceChildren(
      element(
        "div",
        { class: "line" },
        element("h2", {}, words),
        element("span", { class: "links" }, open, close),
      ),
      element("ol", { class: "lines", tabindex: "0", "aria-label": words }, rows),
    );
    this.element.hidden = false;
    this.element.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
    this.element.focus({ preventScroll: true });
  }

  #close(): void {
    this.element.hidden = true;
    if (this.#before instanceof HTMLElement) this.#before.focus();
  }
}

function rowOf(line: string, number: number, isCurrent: boolean): HTMLElement {
  return element(
    "li",
    isCurrent ? { "aria-current": "true" } : {},
    element("span", { class: "number" }, grouped(number + 1)),
    element("code", {}, visible(line)),
  );
}
