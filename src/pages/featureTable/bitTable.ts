import type { FeatureDetails } from "../../decoder/report/value/featureDetails";
import type { FeatureTable, TableRow } from "../../decoder/report/value/featureTable";
import { element, fill, fragmentOf } from "../shared/dom";
import { BitRow } from "./bitRow";
import type { RowFilter } from "./protocol";
import { Toggles } from "./toggles";

interface BitTableWishes {
  readonly toggle: (bit: number) => void;
  readonly filter: () => void;
}

const FILTERS: readonly { readonly id: RowFilter; readonly label: string }[] = [
  { id: "set", label: "Set" },
  { id: "named", label: "Named" },
  { id: "all", label: "All" },
];

/** The rows of the bits: missing ones first, then set ones. One stop of the Tab key; ↑ and ↓ move, Space toggles, → expands. */
export class BitTable {
  readonly element: HTMLElement;
  readonly #wishes: BitTableWishes;
  readonly #table: HTMLElement;
  readonly #firstHead = element("th", { scope: "col", class: "guest" });
  readonly #secondHead = element("th", { scope: "col", class: "guest" });
  readonly #body = element("tbody");
  readonly #clear = element("p", { class: "small clear-bits" });
  readonly #toggles: Toggles<RowFilter>;
  readonly #search = element("input", {
    type: "search",
    class: "value-input",
    placeholder: "Filter names",
    "aria-label": "Filter names",
    spellcheck: "false",
  });
  #rows: readonly BitRow[] = [];
  #shown: readonly TableRow[] = [];
  #details: ReadonlyMap<number, FeatureDetails> = new Map();
  /** The order of the rows, and bits that were cleared since: rows do not move under the pointer. */
  #order: readonly number[] = [];
  readonly #kept = new Set<number>();
  #isOrdered = false;
  #current = 0;
  #label = "";

  constructor(filter: RowFilter, wishes: BitTableWishes) {
    this.#wishes = wishes;
    this.#toggles = new Toggles("Rows", FILTERS, filter, () => {
      this.reorder();
      this.#show();
      wishes.filter();
    });
    this.#search.addEventListener("input", () => {
      this.#show();
    });
    this.#table = element(
      "table",
      { class: "bits" },
      element("caption", { class: "visually-hidden" }, "Bits"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "Set")),
          element("th", { scope: "col", class: "bit" }, "Bit"),
          element("th", { scope: "col" }, "Feature"),
          this.#firstHead,
          this.#secondHead,
          element("th", { scope: "col", class: "meaning" }, "Meaning"),
          element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, "More")),
        ),
      ),
      this.#body,
    );
    this.element = element(
      "div",
      {},
      element("div", { class: "line filters" }, this.#toggles.element, this.#search),
      this.#table,
      this.#clear,
    );
    this.#table.addEventListener("keydown", (event) => {
      if (this.#keyed(event.key)) event.preventDefault();
    });
  }

  get filter(): RowFilter {
    return this.#toggles.chosen;
  }

  /** Orders the rows anew at the next render: another value is shown. */
  reorder(): void {
    this.#kept.clear();
    this.#isOrdered = false;
  }

  /** Learns what more there is to say about each bit. */
  learn(details: readonly FeatureDetails[]): void {
    this.#details = new Map(details.map((one) => [one.statusBit, one]));
    this.#show();
  }

  render({ rows, guest, compared, register, registers }: FeatureTable): void {
    if (rows.length === 0) return;
    this.#label = registers.find(({ id }) => id === register)?.label ?? register;
    this.#shown = rows;
    if (this.#rows.length !== rows.length) this.#makeRows(rows);
    this.#firstHead.hidden = guest === null;
    fill(this.#firstHead, guest?.label ?? "", (text) => [text.replace(/^Linux /u, "")]);
    const hasSecond = rows[0]?.second != null;
    this.#secondHead.hidden = !hasSecond;
    this.#table.classList.toggle("with-second", hasSecond);
    fill(this.#secondHead, compared?.label ?? "", (text) => [text.replace(/^Linux /u, "")]);
    this.#show();
  }

  #makeRows(rows: readonly TableRow[]): void {
    this.#rows = rows.map(
      ({ bit }) =>
        new BitRow(bit, {
          toggled: () => {
            this.#kept.add(bit);
            this.#current = bit;
            this.#wishes.toggle(bit);
          },
          expanded: () => {
            this.#expand(bit);
          },
        }),
    );
  }

  #show(): void {
    const rows = this.#shown;
    if (rows.length === 0) return;
    if (!this.#isOrdered) this.#order = orderOf(rows);
    const isMoved = !this.#isOrdered || this.#body.childElementCount === 0;
    this.#isOrdered = true;
    const counts = { set: 0, named: 0, all: rows.length };
    for (const { set, named } of rows) {
      if (set) counts.set += 1;
      if (named) counts.named += 1;
    }
    for (const { id, label } of FILTERS) this.#toggles.say(id, `${label} ${String(counts[id])}`);
    for (const [index, row] of rows.entries()) {
      const line = this.#rows[index];
      if (line === undefined) continue;
      line.render(row, this.#label, this.#details.get(row.statusBit ?? -1));
      line.element.hidden = !this.#isShown(row);
      line.details.hidden = line.element.hidden || !line.isExpanded;
    }
    if (isMoved) {
      const parts = this.#order.flatMap((index) => {
        const line = this.#rows[index];
        return line === undefined ? [] : [line.element, line.details];
      });
      this.#body.replaceChildren(fragmentOf([parts]));
    }
    this.#setCurrent();
    this.#sayClear(rows);
  }

  #isShown({ set, named, name, bit, lacking }: TableRow): boolean {
    const wanted = this.#search.value.trim().toLowerCase();
    if (wanted !== "")
      return (
        name.toLowerCase().includes(wanted) ||
        String(bit) === wanted ||
        (this.#details.get(this.#shown[bit]?.statusBit ?? -1)?.aliases ?? []).some((alias) =>
          alias.toLowerCase().includes(wanted),
        )
      );
    if (set || lacking || this.#kept.has(bit)) return true;
    return this.filter === "all" || (this.filter === "named" && named);
  }

  #sayClear(rows: readonly TableRow[]): void {
    const hidden = rows.filter((row) => !this.#isShown(row));
    const named = hidden.filter((row) => row.named).length;
    const parts = [
      ...(named === 0 ? [] : [`${String(named)} named`]),
      ...(hidden.length === named ? [] : [`${String(hidden.length - named)} reserved`]),
    ];
    this.#clear.hidden = hidden.length === 0 || this.#search.value.trim() !== "";
    fill(this.#clear, parts, (all) => [`${all.join(" and ")} bits clear`]);
  }

  /** The rows in sight, in their order. */
  get #visible(): readonly BitRow[] {
    return this.#order.flatMap((index) => {
      const line = this.#rows[index];
      return line === undefined || line.element.hidden ? [] : [line];
    });
  }

  /** Makes the current row the one stop of the Tab key. */
  #setCurrent(): void {
    const visible = this.#visible;
    const current = visible.find(({ bit }) => bit === this.#current) ?? visible[0];
    for (const row of this.#rows) row.checkbox.tabIndex = row === current ? 0 : -1;
  }

  #expand(bit: number): void {
    const row = this.#rows.find((one) => one.bit === bit);
    if (row === undefined) return;
    row.isExpanded = !row.isExpanded;
    row.details.hidden = !row.isExpanded;
  }

  #keyed(key: string): boolean {
    const visible = this.#visible;
    const at = visible.findIndex(({ checkbox }) => checkbox === document.activeElement);
    const row = visible[at];
    if (row === undefined) return false;
    if (
      key === "Enter" ||
      (key === "ArrowRight" && !row.isExpanded) ||
      (key === "ArrowLeft" && row.isExpanded)
    ) {
      this.#expand(row.bit);
      return true;
    }
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    const next = step === 0 ? undefined : visible[at + step];
    if (next === undefined) return false;
    this.#current = next.bit;
    this.#setCurrent();
    next.checkbox.focus();
    return true;
  }
}

/** Missing bits first, then those where two kernels differ, then set ones, then clear ones; the highest first in each. */
function orderOf(rows: readonly TableRow[]): number[] {
  const rank = ({ lacking, set, second, standing }: TableRow) =>
    (lacking ? 0 : 4) +
    (second !== null && second.standing !== standing && set ? 0 : 2) +
    (set ? 0 : 1);
  return rows
    .map((row, index) => ({ rank: rank(row), index }))
    .sort((a, b) => a.rank - b.rank || b.index - a.index)
    .map(({ index }) => index);
}
