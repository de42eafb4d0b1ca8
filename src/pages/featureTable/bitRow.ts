import type { FeatureDetails } from "../../decoder/report/value/featureDetails";
import type { BitAnswer, TableRow } from "../../decoder/report/value/featureTable";
import { element, fill, phraseNodes } from "../shared/dom";
import { linkedText } from "./links";

interface BitRowWishes {
  readonly toggled: () => void;
  readonly expanded: () => void;
}

/** The row of one bit, and below it what more there is to say. It is created once, so that its checkbox keeps the focus. */
export class BitRow {
  readonly bit: number;
  readonly checkbox = element("input", { type: "checkbox", tabindex: "-1" });
  readonly element: HTMLTableRowElement;
  readonly details: HTMLTableRowElement;
  readonly #name = element("th", { scope: "row", class: "name" });
  readonly #guest = element("td", { class: "guest" });
  readonly #second = element("td", { class: "guest" });
  readonly #meaning = element("td", { class: "meaning" });
  readonly #more = element("button", {
    type: "button",
    class: "more",
    tabindex: "-1",
    "aria-expanded": "false",
  });
  readonly #said = element("td", { colspan: "6" });

  constructor(bit: number, { toggled, expanded }: BitRowWishes) {
    this.bit = bit;
    this.checkbox.addEventListener("change", toggled);
    this.#more.addEventListener("click", expanded);
    this.element = element(
      "tr",
      { class: "bit-row" },
      element("td", { class: "set" }, this.checkbox),
      element("td", { class: "bit" }, String(bit)),
      this.#name,
      this.#guest,
      this.#second,
      this.#meaning,
      element("td", { class: "more" }, this.#more),
    );
    this.details = element("tr", { class: "details" }, element("td"), this.#said);
    this.details.hidden = true;
  }

  get isExpanded(): boolean {
    return this.#more.getAttribute("aria-expanded") === "true";
  }

  set isExpanded(isExpanded: boolean) {
    this.#more.setAttribute("aria-expanded", String(isExpanded));
  }

  /** Updates the row; `label` is the name of the register. */
  render(row: TableRow, label: string, details: FeatureDetails | undefined): void {
    const { bit, name, named, set, lacking, standing, second } = row;
    const words = `${label} bit ${String(bit)}${named ? `, ${name}` : ""}`;
    this.checkbox.checked = set;
    this.checkbox.setAttribute("aria-label", words);
    this.#more.setAttribute("aria-label", `More on ${words}`);
    this.element.className = [
      "bit-row",
      set ? "is-set" : "is-clear",
      lacking ? "is-lacking" : "",
    ].join(" ");
    fill(this.#name, name, (text) => [text]);
    fill(this.#guest, { row, set }, () => answerNodes(row, set));
    this.#guest.dataset["standing"] = standing ?? "none";
    this.#guest.hidden = standing === null && row.state === "";
    this.#second.hidden = second === null;
    fill(this.#second, { second, set }, (shown) =>
      shown.second === null ? [] : answerNodes(shown.second, set),
    );
    this.#second.dataset["standing"] = second?.standing ?? "none";
    fill(this.#meaning, row.meaning, (text) => [text]);
    this.#meaning.title = row.meaning;
    fill(this.#said, { details, meaning: row.meaning }, (shown) =>
      shown.details === undefined ? [element("p", {}, shown.meaning)] : detailNodes(shown.details),
    );
  }
}

/** What a guest does with the bit; of a clear bit nothing is missing. */
function answerNodes({ sign, state }: BitAnswer, set: boolean): Node[] {
  if (state === "") return [];
  return [
    element("span", { class: "sign", "aria-hidden": "true" }, set ? sign : "–"),
    element("span", {}, ` ${state}`),
  ];
}

function detailNodes({ meaning, aliases, macros, doubts, ways, sources }: FeatureDetails): Node[] {
  const line = (label: string, all: readonly string[]) =>
    all.length === 0
      ? []
      : [element("p", { class: "small" }, element("strong", {}, `${label} `), all.join(" · "))];
  return [
    element("p", {}, meaning),
    ...(ways.length === 0
      ? []
      : [
          element(
            "ul",
            {},
            ways.map((way) => element("li", {}, phraseNodes(way))),
          ),
        ]),
    ...line("Also", [...aliases, ...macros]),
    ...line("Not certain", doubts),
    element(
      "ul",
      { class: "small", "aria-label": "Sources" },
      sources.map((source) => element("li", {}, linkedText(source))),
    ),
  ];
}
