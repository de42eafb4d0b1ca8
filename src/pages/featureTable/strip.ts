import type { FeatureTable, TableRow } from "../../decoder/report/value/featureTable";
import type { FieldCell } from "../../decoder/report/value/fieldCells";
import { hexShort } from "../../decoder/text/u64";
import { element, fill, fragmentOf } from "../shared/dom";

/** Bits from here on are reserved in every source, and folded while they are clear. */
const FIRST_FOLDED = 24;

/** The value as bits, highest first: a grid that is one stop of the Tab key. Or, cut into its fields. */
export class Strip {
  readonly element: HTMLElement;
  readonly #grid = element("div", { role: "grid", class: "strip" });
  readonly #row = element("div", { role: "row", class: "cells" });
  readonly #fold = element("button", {
    type: "button",
    class: "fold",
    title: "Show or fold the upper bits",
  });
  readonly #fields = element("ol", { class: "field-strip", "aria-label": "Fields" });
  readonly #cells: readonly HTMLElement[];
  #isUnfolded = false;
  #current = 0;

  constructor(toggle: (bit: number) => void) {
    this.#cells = Array.from({ length: 64 }, (_, bit) => {
      const cell = element("div", { role: "gridcell", class: "cell", tabindex: "-1" });
      cell.addEventListener("click", () => {
        this.#focus(bit);
        toggle(bit);
      });
      return cell;
    });
    this.#row.append(fragmentOf([[...this.#cells].reverse()]));
    this.#grid.append(this.#row);
    this.#fold.addEventListener("click", () => {
      this.#isUnfolded = !this.#isUnfolded;
      this.#showFolded();
    });
    this.#grid.addEventListener("keydown", (event) => {
      if (event.key === " " || event.key === "Enter") toggle(this.#current);
      else {
        const next = this.#stepTo(event.key);
        if (next === null) return;
        this.#focus(next);
      }
      event.preventDefault();
    });
    this.element = element("div", { class: "strip-line" }, this.#fold, this.#grid, this.#fields);
  }

  render({ rows, fields, register, registers, value }: FeatureTable): void {
    const label = registers.find(({ id }) => id === register)?.label ?? register;
    const isSet = rows.length > 0;
    this.#grid.hidden = !isSet;
    this.#fold.hidden = !isSet;
    this.#fields.hidden = fields.length === 0;
    this.element.hidden = !isSet && fields.length === 0;
    this.#renderFields(fields);
    if (!isSet) return;
    this.#grid.setAttribute("aria-label", `Bits of ${label}`);
    for (const row of rows) this.#renderCell(row, label);
    const above = BigInt(value) >> BigInt(FIRST_FOLDED);
    fill(this.#fold, hexShort(above), (text) => [
      element("span", { class: "number" }, `63–${String(FIRST_FOLDED)}`),
      element("span", { class: "digit" }, text),
    ]);
    if (above !== 0n) this.#isUnfolded = true;
    this.#showFolded();
    const [first] = rows.filter(({ lacking }) => lacking);
    if (!this.#grid.contains(document.activeElement)) this.#setCurrent(first?.bit ?? 0);
  }

  #renderFields(fields: readonly FieldCell[]): void {
    fill(this.#fields, fields, (all) =>
      all.flatMap(({ bits, name, value, meaning }) =>
        bits === null
          ? []
          : [
              element(
                "li",
                {},
                element(
                  "span",
                  { class: "number" },
                  bits.from === bits.to
                    ? `[${String(bits.from)}]`
                    : `[${String(bits.from)}:${String(bits.to)}]`,
                ),
                element("span", { class: "field-value" }, `${name} ${value}`),
                meaning === "" ? [] : element("span", { class: "small" }, meaning),
              ),
            ],
      ),
    );
  }

  #renderCell({ bit, name, named, set, lacking, sign, state }: TableRow, label: string): void {
    const cell = this.#cells[bit];
    if (cell === undefined) return;
    const said = state === "" ? "" : `, ${sign === "✗" ? "missing: " : ""}${state}`;
    const words = `${label} bit ${String(bit)}${named ? `, ${name}` : ""}, ${set ? "set" : "clear"}${set ? said : ""}`;
    cell.className = ["cell", set ? "is-set" : "", lacking ? "is-lacking" : ""].join(" ");
    cell.setAttribute("aria-selected", String(set));
    cell.title = named || set ? `${String(bit)} ${name}${set ? said : ""}` : String(bit);
    fill(cell, { bit, set, lacking, words }, (shown) => [
      element("span", { class: "visually-hidden" }, shown.words),
      element("span", { class: "number", "aria-hidden": "true" }, String(shown.bit)),
      element(
        "span",
        { class: "digit", "aria-hidden": "true" },
        shown.lacking ? "✗" : shown.set ? "1" : "0",
      ),
    ]);
  }

  #showFolded(): void {
    for (const [bit, cell] of this.#cells.entries())
      cell.hidden = bit >= FIRST_FOLDED && !this.#isUnfolded;
    this.#fold.setAttribute("aria-expanded", String(this.#isUnfolded));
  }

  #setCurrent(bit: number): void {
    for (const [index, cell] of this.#cells.entries()) cell.tabIndex = index === bit ? 0 : -1;
    this.#current = bit;
  }

  #focus(bit: number): void {
    this.#setCurrent(bit);
    this.#cells[bit]?.focus();
  }

  /** Left is up: the highest bit stands first. */
  #stepTo(key: string): number | null {
    const last = this.#isUnfolded ? 63 : FIRST_FOLDED - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: this.#current + 1,
      ArrowRight: this.#current - 1,
      Home: last,
      End: 0,
    };
    const next = steps[key];
    return next === undefined ? null : Math.min(last, Math.max(0, next));
  }
}
