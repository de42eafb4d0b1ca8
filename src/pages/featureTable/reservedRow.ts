import type { TableRow } from "../../decoder/report/value/featureTable";
import { element, fill } from "../shared/dom";

/** The row in place of the reserved bits at the top, until the user shows them. */
export class ReservedRow {
  readonly element: HTMLTableRowElement;
  readonly #button = element("button", { type: "button", class: "link", "aria-expanded": "false" });
  readonly #text = element("span");
  #first = 0;

  constructor(changed: () => void) {
    this.element = element(
      "tr",
      { class: "reserved" },
      element("td", { colspan: "5" }, this.#text, " ", this.#button),
    );
    this.#button.addEventListener("click", () => {
      this.#button.setAttribute("aria-expanded", String(!this.#expanded));
      this.#label();
      changed();
    });
    this.#label();
  }

  get #expanded(): boolean {
    return this.#button.getAttribute("aria-expanded") === "true";
  }

  /** The first of the reserved bits at the top, as of the last `render`. */
  get first(): number {
    return this.#first;
  }

  /** Whether the row at `index` is hidden while its bit is clear. */
  folds(index: number): boolean {
    return !this.#expanded && index >= this.#first;
  }

  render(rows: readonly TableRow[]): void {
    this.#first = 1 + rows.map(isSpokenOf).lastIndexOf(true);
    const last = rows.length - 1;
    const some = rows.slice(this.#first).some(({ set }) => set);
    fill(this.#text, { first: this.#first, last, some }, (shown) => [
      `Bits ${shown.first}–${shown.last} are reserved${shown.some ? "; those that are set stand below." : "."}`,
    ]);
  }

  #label(): void {
    this.#button.textContent = this.#expanded ? "Hide clear ones" : "Show all";
  }
}

function isSpokenOf({ named, aliases, doubts }: TableRow): boolean {
  return named || aliases.length > 0 || doubts.length > 0;
}
