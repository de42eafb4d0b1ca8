import type { Phrase } from "../../decoder/report/phrase";
import { element, fill, phraseNodes } from "../shared/dom";

/** What would change if the host enabled the shown value instead of the one that the table was opened with. */
export class Changes {
  readonly element: HTMLElement;
  readonly #items = element("ul");

  constructor() {
    this.element = element(
      "section",
      { class: "changes", "aria-labelledby": "changes-heading" },
      element("h2", { id: "changes-heading" }, "What would change"),
      this.#items,
    );
  }

  render(changes: readonly Phrase[]): void {
    this.element.hidden = changes.length === 0;
    fill(this.#items, changes, (all) =>
      all.map((phrase) => element("li", {}, phraseNodes(phrase))),
    );
  }
}
