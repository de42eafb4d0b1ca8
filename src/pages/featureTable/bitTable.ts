import type { FeatureTable, TableRow } from "../../decoder/report/value/featureTable";
import { BitRow } from "./bitRow";
import { element, fill, fragmentOf } from "../shared/dom";
import type { RowFilter } from "./protocol";
import { ReservedRow } from "./reservedRow";

interface BitTableWishes {
  readonly toggle: (bit: number) => void;
  readonly filter: (filter: RowFilter) => void;
}

/** The table of bits, with a checkbox for each of them. */
export class BitTable {
  readonly element: HTMLElement;
  readonly #wishes: BitTableWishes;
  readonly #caption = element("caption");
  readonly #guestHead = element("th", { scope: "col", class: "guest" });
  readonly #body = element("tbody");
  readonly #none = element(
    "tr",
    { class: "none" },
    element("td", { colspan: "5" }, "No bit is set."),
  );
  readonly #onlySet = element("input", { type: "checkbox", id: "only-set" });
  readonly #reserved: ReservedRow;
  #rows: readonly BitRow[] = [];
  /** Bits that the user cleared while only set bits are shown. Their rows stay, so that nothing moves under the pointer. */
  readonly #kept = new Set<number>();
  #shown: readonly TableRow[] = [];

  constructor(wishes: BitTableWishes) {
    this.#wishes = wishes;
    this.#reserved = new ReservedRow(() => {
      this.#hideRows();
    });
    this.#onlySet.addEventListener("change", () => {
      this.forgetKept();
      this.#hideRows();
      wishes.filter(this.filter);
    });
    const heads = ["Bit", "Set", "Name", "Meaning"].map((head) =>
      element("th", { scope: "col", class: head.toLowerCase() }, head),
    );
    const table = element(
      "table",
      { class: "bits" },
      this.#caption,
      element("thead", {}, element("tr", {}, heads, this.#guestHead)),
      this.#body,
    );
    const filter = element(
      "div",
      { class: "filter" },
      element("label", {}, this.#onlySet, "Show only set bits"),
      element("span", { class: "small" }, "↑ ↓ move between bits, Space toggles"),
    );
    this.element = element("div", { class: "bit-table" }, filter, table);
    table.addEventListener("keydown", (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0 && this.#moveFocus(step)) event.preventDefault();
    });
  }

  get filter(): RowFilter {
    return this.#onlySet.checked ? "set" : "all";
  }

  set filter(filter: RowFilter) {
    this.#onlySet.checked = filter === "set";
  }

  /** Lets cleared rows disappear: another value is shown. */
  forgetKept(): void {
    this.#kept.clear();
  }

  render({ rows, guest, register, registers, value }: FeatureTable): void {
    this.element.hidden = rows.length === 0;
    if (rows.length === 0) return;
    const label = registers.find(({ id }) => id === register)?.label ?? register;
    this.#shown = rows;
    this.#makeRows(rows);
    for (const [index, row] of rows.entries()) {
      const line = this.#rows[index];
      line?.render(row, label);
      line?.showGuest(guest === null ? "hidden" : "shown");
    }
    this.#guestHead.hidden = guest === null;
    fill(this.#guestHead, guest?.label ?? "Guest", (text) => [text]);
    fill(this.#caption, { label, value, counts: counts(rows) }, (caption) => [
      element("span", { class: "heading" }, `Bits of ${caption.label}`),
      element("span", { class: "small" }, caption.counts),
    ]);
    this.#reserved.render(rows);
    this.#placeReserved();
    this.#hideRows();
  }

  #makeRows(rows: readonly TableRow[]): void {
    if (this.#rows.length === rows.length) return;
    this.#rows = rows.map(
      ({ bit }) =>
        new BitRow(bit, () => {
          this.#kept.add(bit);
          this.#wishes.toggle(bit);
        }),
    );
    this.#body.replaceChildren(fragmentOf([this.#rows.map((row) => row.element), this.#none]));
  }

  /** Puts the row for the reserved bits before the first of them. Its place depends on the register. */
  #placeReserved(): void {
    const after = this.#rows[this.#reserved.first]?.element ?? this.#none;
    const { element: row } = this.#reserved;
    if (row.nextElementSibling !== after) after.before(row);
  }

  #hideRows(): void {
    const onlySet = this.filter === "set";
    for (const [index, row] of this.#shown.entries()) {
      const folded = this.#reserved.folds(index);
      const kept = row.set || this.#kept.has(row.bit);
      const line = this.#rows[index];
      if (line !== undefined) line.element.hidden = !kept && (onlySet || folded);
    }
    this.#reserved.element.hidden = onlySet;
    this.#none.hidden = this.#rows.some(({ element: { hidden } }) => !hidden);
  }

  #moveFocus(step: 1 | -1): boolean {
    const boxes = this.#rows.filter((row) => !row.element.hidden).map(({ checkbox }) => checkbox);
    const at = boxes.findIndex((box) => box === document.activeElement);
    const next = at === -1 ? undefined : boxes[at + step];
    next?.focus();
    return next !== undefined;
  }
}

function counts(rows: readonly TableRow[]): string {
  const set = rows.filter((row) => row.set).length;
  const lacking = rows.filter((row) => row.lacking).length;
  return `${set} of ${rows.length} set${lacking === 0 ? "" : `, ${lacking} missing in the guest`}`;
}
