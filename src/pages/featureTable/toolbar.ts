import type { FeatureTable } from "../../decoder/report/value/featureTable";
import { ChoiceField } from "./choiceField";
import { element } from "../shared/dom";

/** The requests that the toolbar makes, without those of the value field. */
export interface ToolbarWishes {
  readonly readAs: (register: string) => void;
  /** "" opens the list of guests, null chooses none. */
  readonly chooseGuest: (text: string | null) => void;
}

const NO_GUEST = { id: "", label: "No guest chosen" };

/** The top of the page: value, register and guest kernel. */
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
