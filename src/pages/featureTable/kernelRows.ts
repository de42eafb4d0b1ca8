import type { FeatureStanding, Verdict } from "../../decoder/guest/check";
import type { KernelRow, KernelTable } from "../../decoder/report/guest/kernelTable";
import { element, fill } from "../shared/dom";
import { Toggles } from "./toggles";

type Outcome = Verdict["outcome"];

const OUTCOMES: readonly { readonly id: Outcome; readonly label: string }[] = [
  { id: "boots", label: "✓ Boots" },
  { id: "refuses", label: "✗ Refuses" },
  { id: "undefined", label: "? Undefined" },
];

const CELLS: Readonly<Record<FeatureStanding, { readonly sign: string; readonly word: string }>> = {
  implements: { sign: "✓", word: "supported" },
  "needs-no-code": { sign: "✓", word: "needs no code" },
  lacks: { sign: "✗", word: "missing" },
  unchecked: { sign: "–", word: "not checked" },
};

/** What every kernel does with the value, by group; pressing a kernel chooses it as a what-if. */
export class KernelRows {
  readonly element: HTMLElement;
  readonly #table = element("table", { class: "kernels" });
  readonly #none = element("p", { class: "small" }, "No kernel matches.");
  readonly #toggles: Toggles<Outcome | "all">;
  readonly #search = element("input", {
    type: "search",
    class: "value-input",
    placeholder: "Filter: 6.12, ubuntu",
    "aria-label": "Filter kernels",
    spellcheck: "false",
  });
  #shown: KernelTable | null = null;

  constructor(choose: (id: string) => void) {
    const all = [{ id: "all" as const, label: "All" }, ...OUTCOMES];
    this.#toggles = new Toggles("Kernels", all, "all", () => {
      this.#show();
    });
    this.#search.addEventListener("input", () => {
      this.#show();
    });
    this.#table.addEventListener("click", ({ target }) => {
      const id =
        target instanceof Element ? target.closest("button")?.dataset["kernel"] : undefined;
      if (id !== undefined) choose(id);
    });
    this.element = element(
      "div",
      {},
      element("div", { class: "line filters" }, this.#toggles.element, this.#search),
      element(
        "div",
        { class: "wide", tabindex: "0", role: "group", "aria-label": "Table of kernels" },
        this.#table,
      ),
      this.#none,
    );
  }

  render(kernels: KernelTable | null): void {
    this.#shown = kernels;
    this.#show();
  }

  #show(): void {
    const kernels = this.#shown;
    if (kernels === null) return;
    const outcome = this.#toggles.chosen;
    const wanted = this.#search.value.trim().toLowerCase();
    const groups = kernels.groups.flatMap(({ title, rows }) => {
      const kept = rows.filter(
        (row) =>
          (outcome === "all" || row.outcome === outcome) && row.name.toLowerCase().includes(wanted),
      );
      return kept.length === 0 ? [] : [{ title, rows: kept }];
    });
    this.#none.hidden = groups.length > 0;
    this.#table.hidden = groups.length === 0;
    const focused = document.activeElement;
    const id = focused instanceof HTMLElement ? focused.dataset["kernel"] : undefined;
    fill(this.#table, { features: kernels.features, groups }, (shown) => [
      element("caption", { class: "visually-hidden" }, "What each kernel does with the value"),
      headNode(shown.features),
      ...shown.groups.map(({ title, rows }) =>
        element(
          "tbody",
          {},
          element(
            "tr",
            { class: "group" },
            element("th", { scope: "colgroup", colspan: String(3 + shown.features.length) }, title),
          ),
          rows.map((row) => rowNode(row, shown.features)),
        ),
      ),
    ]);
    if (id === undefined) return;
    for (const button of this.#table.querySelectorAll("button"))
      if (button.dataset["kernel"] === id) button.focus();
  }
}

function headNode(features: readonly string[]): Node {
  const heads = ["Kernel", "Boots", ...features, "Known from"];
  return element(
    "thead",
    {},
    element(
      "tr",
      {},
      heads.map((head) => element("th", { scope: "col" }, head)),
    ),
  );
}

function rowNode(row: KernelRow, features: readonly string[]): Node {
  const { id, name, outcome, verdict, standings, known, isChosen, isOwn } = row;
  const marks = [...(isOwn ? ["this log"] : []), ...(isChosen && !isOwn ? ["chosen"] : [])].map(
    (mark) => element("span", { class: "badge" }, mark),
  );
  return element(
    "tr",
    { class: isOwn || isChosen ? "is-marked" : "" },
    element(
      "th",
      { scope: "row" },
      element("button", { type: "button", class: "link", "data-kernel": id }, name),
      marks.flatMap((mark) => [" ", mark]),
    ),
    element(
      "td",
      { class: `outcome ${outcome}` },
      element("span", { class: "sign", "aria-hidden": "true" }, verdict.slice(0, 1)),
      verdict.slice(1),
    ),
    features.map((feature, index) => {
      const { sign, word } = CELLS[standings[index] ?? "unchecked"];
      return element(
        "td",
        { class: `cell-${standings[index] ?? "unchecked"}`, title: `${feature}: ${word}` },
        element("span", { class: "sign", "aria-hidden": "true" }, sign),
        element("span", { class: "visually-hidden" }, word),
      );
    }),
    element("td", { class: "small" }, known),
  );
}
