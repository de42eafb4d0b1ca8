import { element, fill, fragmentOf } from "../shared/dom";
import type { Tab } from "./protocol";

/** One part of the page. */
export interface TabPart {
  readonly id: Tab;
  readonly panel: HTMLElement;
  /** Makes the panel show the newest content. */
  readonly draw: () => void;
}

/** A part with its tab, and what stands beside its title. */
interface Part extends TabPart {
  readonly tab: HTMLElement;
  readonly note: HTMLElement;
  readonly name: HTMLElement;
}

/** What a tab says: its title and, smaller, what its panel has. */
export interface TabWords {
  readonly title: string;
  readonly note: string;
}

/** Tabs: one stop of the Tab key; arrows, Home and End move between them. */
export class Tabs {
  readonly element: HTMLElement;
  readonly #list = element("div", { role: "tablist", "aria-label": "Parts of the table" });
  readonly #parts: readonly Part[];
  readonly #changed: () => void;
  #chosen: Tab;
  /** Panels that do not show the newest content. */
  #stale = new Set<Part>();

  constructor(parts: readonly TabPart[], chosen: Tab, changed: () => void) {
    this.#changed = changed;
    this.#chosen = chosen;
    this.#parts = parts.map((part) => {
      const name = element("span");
      const note = element("span", { class: "small" });
      const tab = element(
        "button",
        { type: "button", role: "tab", id: `tab-${part.id}`, "aria-controls": `panel-${part.id}` },
        name,
        " ",
        note,
      );
      tab.addEventListener("click", () => {
        this.#choose(part.id);
      });
      part.panel.id = `panel-${part.id}`;
      part.panel.setAttribute("role", "tabpanel");
      part.panel.setAttribute("aria-labelledby", tab.id);
      return { ...part, tab, name, note };
    });
    this.#list.append(fragmentOf([this.#parts.map(({ tab }) => tab)]));
    this.#list.addEventListener("keydown", (event) => {
      const next = this.#stepTo(event.key);
      if (next === undefined) return;
      event.preventDefault();
      this.#choose(next.id);
      next.tab.focus();
    });
    this.element = element(
      "div",
      {},
      this.#list,
      this.#parts.map(({ panel }) => panel),
    );
    this.#show();
  }

  get chosen(): Tab {
    return this.#chosen;
  }

  /** Writes the tabs, and the panel in sight; the others when they are shown. Null hides a tab and its panel. */
  render(words: Readonly<Record<Tab, TabWords | null>>): void {
    for (const { id, tab, name, note } of this.#parts) {
      const said = words[id];
      tab.hidden = said === null;
      fill(name, said?.title ?? "", (text) => [text]);
      fill(note, said?.note ?? "", (text) => [text]);
    }
    this.#stale = new Set(this.#parts);
    this.#show();
  }

  get #open(): readonly Part[] {
    return this.#parts.filter(({ tab }) => !tab.hidden);
  }

  /** The chosen part, or the first one where that has nothing to show. */
  #show(): void {
    const open = this.#open;
    const shown = open.find(({ id }) => id === this.#chosen) ?? open[0];
    for (const part of this.#parts) {
      const isShown = part === shown;
      part.tab.setAttribute("aria-selected", String(isShown));
      part.tab.tabIndex = isShown ? 0 : -1;
      part.panel.hidden = !isShown;
    }
    if (shown !== undefined && this.#stale.delete(shown)) shown.draw();
  }

  #choose(id: Tab): void {
    this.#chosen = id;
    this.#show();
    this.#changed();
  }

  #stepTo(key: string): Part | undefined {
    const open = this.#open;
    const at = open.findIndex(({ tab }) => tab === document.activeElement);
    if (at === -1) return undefined;
    switch (key) {
      case "ArrowRight":
        return open[(at + 1) % open.length];
      case "ArrowLeft":
        return open.at(at - 1);
      case "Home":
        return open[0];
      case "End":
        return open.at(-1);
      default:
        return undefined;
    }
  }
}
