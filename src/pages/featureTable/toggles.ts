import { element, fill } from "../shared/dom";

interface Toggle<Id> {
  readonly id: Id;
  readonly label: string;
}

/** A row of buttons of which one is pressed. */
export class Toggles<Id extends string> {
  readonly element: HTMLElement;
  readonly #buttons: ReadonlyMap<Id, HTMLElement>;
  #chosen: Id;

  constructor(label: string, toggles: readonly Toggle<Id>[], chosen: Id, changed: () => void) {
    this.#chosen = chosen;
    this.#buttons = new Map(
      toggles.map((toggle) => {
        const button = element("button", { type: "button", class: "toggle" }, toggle.label);
        button.addEventListener("click", () => {
          this.#chosen = toggle.id;
          this.#show();
          changed();
        });
        return [toggle.id, button];
      }),
    );
    this.element = element("div", { class: "pair", role: "group", "aria-label": label }, [
      ...this.#buttons.values(),
    ]);
    this.#show();
  }

  get chosen(): Id {
    return this.#chosen;
  }

  /** Changes what a button says. */
  say(id: Id, label: string): void {
    const button = this.#buttons.get(id);
    if (button !== undefined) fill(button, label, (text) => [text]);
  }

  #show(): void {
    for (const [id, button] of this.#buttons)
      button.setAttribute("aria-pressed", String(id === this.#chosen));
  }
}
