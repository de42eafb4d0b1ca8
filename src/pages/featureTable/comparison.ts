import { element, fill, phraseNodes } from "../shared/dom";
import type { TableMessage } from "./protocol";

interface ComparisonWishes {
  readonly compare: (text: string) => void;
  readonly undo: () => void;
  readonly rebase: () => void;
}

/** The line under the verdict: what is other than in a second value or kernel, and the way back. */
export class Comparison {
  readonly element: HTMLElement;
  readonly #line = element("p", { class: "changes", role: "status" });
  readonly #form: HTMLElement;
  readonly #input = element("input", {
    type: "text",
    class: "value-input",
    placeholder: "0x87 or 6.14",
    spellcheck: "false",
    autocomplete: "off",
    "aria-label": "Compare with",
  });
  readonly #problem = element("span", { class: "problem", role: "status" });
  readonly #undo = element("button", { type: "button", class: "link" }, "Undo");
  readonly #rebase = element("button", { type: "button", class: "link" }, "Make this the start");

  constructor(wishes: ComparisonWishes) {
    const close = element("button", { type: "button", class: "link" }, "Close");
    this.#form = element(
      "div",
      { class: "compare" },
      element("span", {}, "Compare with"),
      this.#input,
      close,
      this.#problem,
    );
    this.#form.hidden = true;
    const read = () => {
      wishes.compare(this.#input.value);
    };
    this.#input.addEventListener("change", read);
    close.addEventListener("click", () => {
      this.#input.value = "";
      this.#form.hidden = true;
      read();
    });
    this.#undo.addEventListener("click", wishes.undo);
    this.#rebase.addEventListener("click", wishes.rebase);
    this.element = element(
      "section",
      { class: "comparison", "aria-label": "Comparison" },
      this.#form,
      element("div", { class: "line" }, this.#line, this.#undo, this.#rebase),
    );
  }

  /** Opens the field for what to compare with. */
  open(): void {
    this.element.hidden = false;
    this.#form.hidden = false;
    this.#input.focus();
  }

  render({
    table: { compared },
    compareText,
    compareProblem,
    canUndo,
    isEdited,
  }: TableMessage): void {
    if (compareText !== "") this.#form.hidden = false;
    if (document.activeElement !== this.#input) this.#input.value = compareText;
    this.#problem.textContent = compareProblem;
    fill(this.#line, compared, (shown) =>
      shown === null || shown.changes.length === 0
        ? []
        : [
            `vs ${shown.label}: `,
            ...shown.changes.flatMap((change, index) => [
              ...(index === 0 ? [] : [" · "]),
              ...phraseNodes(change),
            ]),
          ],
    );
    this.#undo.hidden = !canUndo;
    this.#rebase.hidden = !isEdited || compareText !== "";
    this.element.hidden =
      this.#form.hidden && !canUndo && (compared === null || compared.changes.length === 0);
  }
}
