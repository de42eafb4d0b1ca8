import type { FieldLine } from "../../decoder/report/report";
import { visible } from "../../decoder/text/visible";
import { element, fill } from "./dom";

/** The fields of a register that holds no features. */
export class FieldTable {
  readonly element: HTMLElement;
  readonly #caption = element("caption");
  readonly #body = element("tbody");

  constructor() {
    const heads = ["Field", "Value", "Meaning"].map((head) =>
      element("th", { scope: "col" }, head),
    );
    this.element = element(
      "table",
      { class: "fields" },
      this.#caption,
      element("thead", {}, element("tr", {}, heads)),
      this.#body,
    );
  }

  render(label: string, fields: readonly FieldLine[]): void {
    this.element.hidden = fields.length === 0;
    fill(this.#caption, label, (register) => [`Fields of ${register}`]);
    fill(this.#body, fields, (all) => all.map(fieldRow));
  }
}

function fieldRow({ name, value, meaning }: FieldLine): Node {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", {}, element("code", {}, visible(value))),
    element("td", {}, visible(meaning)),
  );
}
