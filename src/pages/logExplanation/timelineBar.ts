import type { TimelinePart } from "../../decoder/report/boot/story/view";
import { grouped } from "../../decoder/text/grouped";
import { element } from "../shared/dom";

/** More parts show their sign alone. */
const MOST_NAMED = 12;

/** The boots side by side, each as wide as its lines are many. One tab stop: the arrow keys move, Enter goes to the boot. */
export class TimelineBar {
  readonly element: HTMLElement;
  readonly #list = element("ol", { class: "timeline", "aria-label": "Boots" });
  readonly #goTo: (boot: number) => void;
  #parts: readonly TimelinePart[] = [];
  #buttons: HTMLButtonElement[] = [];
  #current = 0;

  constructor(goTo: (boot: number) => void) {
    this.#goTo = goTo;
    this.element = this.#list;
    this.#list.addEventListener("keydown", (event) => {
      const next = this.#nextOf(event.key);
      if (next === null) return;
      event.preventDefault();
      this.#moveTo(next);
      this.#buttons[next]?.focus();
    });
  }

  render(parts: readonly TimelinePart[]): void {
    this.#list.hidden = parts.length === 0;
    if (JSON.stringify(parts) === JSON.stringify(this.#parts)) return;
    this.#parts = parts;
    const hadFocus = this.#list.contains(document.activeElement);
    const isNarrow = parts.length > MOST_NAMED;
    this.#buttons = parts.map((part, at) => this.#button(part, at, isNarrow));
    this.#list.replaceChildren();
    for (const [at, button] of this.#buttons.entries()) {
      const part = parts[at];
      if (part === undefined) continue;
      const number = grouped(part.firstLine + 1);
      const below = at === 0 ? `line ${number}` : number;
      const line = element("span", { class: "small", "aria-hidden": "true" }, below);
      const item = element("li", { "data-tone": part.tone }, button, isNarrow ? [] : [line]);
      item.style.flexGrow = String(part.lines);
      this.#list.append(item);
    }
    this.#moveTo(Math.min(this.#current, parts.length - 1));
    if (hadFocus) this.#buttons[this.#current]?.focus();
  }

  #button(
    { sign, label, spoken, boot }: TimelinePart,
    at: number,
    isNarrow: boolean,
  ): HTMLButtonElement {
    const all = `${label}${spoken}`;
    const hidden = element("span", { class: "visually-hidden" }, isNarrow ? ` ${all}` : spoken);
    const made = element("button", { type: "button", title: all }, isNarrow ? sign : label, hidden);
    made.addEventListener("click", () => {
      this.#moveTo(at);
      this.#goTo(boot);
    });
    return made;
  }

  #moveTo(at: number): void {
    this.#current = Math.max(0, at);
    for (const [index, button] of this.#buttons.entries())
      button.tabIndex = index === this.#current ? 0 : -1;
  }

  /** Where a key leads; null for any other key. */
  #nextOf(key: string): number | null {
    const last = this.#buttons.length - 1;
    switch (key) {
      case "ArrowRight":
        return Math.min(last, this.#current + 1);
      case "ArrowLeft":
        return Math.max(0, this.#current - 1);
      case "Home":
        return 0;
      case "End":
        return last;
      default:
        return null;
    }
  }
}
