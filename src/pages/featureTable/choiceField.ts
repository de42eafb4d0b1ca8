import type { Choice } from "../../decoder/report/value/featureTable";
import { element, fill } from "../shared/dom";

interface ChoiceFieldOptions {
  readonly id: string;
  readonly label: string;
  readonly chosen: (id: string) => void;
  /** An element next to the list. */
  readonly beside?: HTMLElement;
}

/** A group of choices, with an optional label. */
export interface ChoiceGroup {
  readonly label?: string;
  readonly choices: readonly Choice[];
}

function groupNodes({ label, choices }: ChoiceGroup): HTMLElement[] {
  const options = choices.map(({ id, label: text }) => element("option", { value: id }, text));
  return label === undefined ? options : [element("optgroup", { label }, options)];
}

/** A labelled list. It shows a choice only after the host confirms it. */
export class ChoiceField {
  readonly element: HTMLElement;
  readonly #select: HTMLSelectElement;

  constructor({ id, label, chosen, beside }: ChoiceFieldOptions) {
    this.#select = element("select", { id });
    this.#select.addEventListener("change", () => {
      chosen(this.#select.value);
    });
    this.element = element(
      "div",
      { class: "field" },
      element("label", { for: id }, label),
      element("div", { class: "pair" }, this.#select, beside === undefined ? [] : [beside]),
    );
  }

  render(groups: readonly ChoiceGroup[], chosen: string): void {
    fill(this.#select, groups, (all) => all.flatMap(groupNodes));
    this.#select.value = chosen;
  }
}
