import type { FeatureTable } from "../../decoder/report/value/featureTable";
import { ChoiceField } from "./choiceField";
import { element } from "../shared/dom";

/** What the user can ask for in the toolbar, the value field apart. */
export interface ToolbarWishes {
  readonly readAs: (register: string) => void;
  /** "" to be asked for a guest, null for none. */
  readonly chooseGuest: (text: string | null) => void;
}

const NO_GUEST = { id: "", label: "No guest chosen" };

/** The head of the page: the value, what it is read as, the guest it is checked against. */
export class Toolbar {
  readonly element: HTMLElement;
  readonly #register: ChoiceField;
  readonly #guest: ChoiceField;

  constructor(value: HTMLElement, wishes: ToolbarWishes) {
    this.#register = new ChoiceField({ id: "register", label: "Register", chosen: wishes.readAs });
    const other = element(
      "button",
      { type: "button", title: "Type any release or a “Linux version” banner" },
      "Other…",
    );
    other.addEventListener("click", () => {
      wishes.chooseGuest("");
    });
    this.#guest = new ChoiceField({
      id: "guest",
      label: "Guest kernel",
      chosen: (id) => {
        wishes.chooseGuest(id === NO_GUEST.id ? null : id);
      },
      beside: other,
    });
    this.element = element(
      "header",
      { class: "toolbar" },
      value,
      this.#register.element,
      this.#guest.element,
    );
  }

  render({ register, registers, guest, guests, distributions }: FeatureTable): void {
    this.#register.render([{ choices: registers }], register);
    this.#guest.render(
      [
        { choices: [NO_GUEST] },
        { label: "Upstream", choices: guests },
        { label: "Distributions", choices: distributions },
      ],
      guest?.id ?? NO_GUEST.id,
    );
  }
}
