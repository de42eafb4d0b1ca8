import type { TableRow } from "../../decoder/report/value/featureTable";
import { element, fill } from "../shared/dom";

/** The row of one bit. It is created once and then updated, so that its checkbox keeps the focus. */
export class BitRow {
  readonly bit: number;
  readonly checkbox = element("input", { type: "checkbox" });
  readonly element: HTMLTableRowElement;
  readonly #name = element("th", { scope: "row" });
  readonly #meaning = element("td", { class: "meaning" });
  readonly #guest = element("td", { class: "guest" });

  constructor(bit: number, toggled: () => void) {
    this.bit = bit;
    this.checkbox.addEventListener("change", toggled);
    this.element = element(
      "tr",
      {},
      element("td", { class: "bit" }, String(bit)),
      element("td", { class: "set" }, this.checkbox),
      this.#name,
      this.#meaning,
      this.#guest,
    );
  }

  /** Updates the row; `label` is the name of the register. */
  render(row: TableRow, label: string): void {
    const { bit, name, named, set, lacking, standing } = row;
    this.checkbox.checked = set;
    this.checkbox.setAttribute("aria-label", `${label} bit ${bit}${named ? `, ${name}` : ""}`);
    this.element.className = [set ? "is-set" : "is-clear", lacking ? "is-lacking" : ""].join(" ");
    fill(this.#name, { name, named, lacking }, nameNodes);
    fill(this.#meaning, row, meaningNodes);
    fill(this.#guest, row, guestNodes);
    this.#guest.dataset["standing"] = standing ?? "none";
  }

  /** Shows or hides the guest's column. */
  showGuest(shown: "shown" | "hidden"): void {
    this.#guest.hidden = shown === "hidden";
  }
}

function nameNodes({ name, named, lacking }: Pick<TableRow, "name" | "named" | "lacking">): Node[] {
  const nodes = [element("span", { class: named ? "name" : "name unnamed" }, name)];
  return lacking ? [...nodes, element("span", { class: "badge lacking" }, "missing")] : nodes;
}

function meaningNodes({ meaning, aliases, doubts }: TableRow): Node[] {
  const nodes: Node[] = [element("div", {}, meaning)];
  for (const { kind, text } of doubts) {
    nodes.push(
      element(
        "div",
        { class: "small" },
        element("span", { class: "tag" }, kind === "disputed" ? "Disputed" : "Unverified"),
        ` ${text}`,
      ),
    );
  }
  if (aliases.length > 0) {
    nodes.push(element("div", { class: "small" }, `Also ${aliases.join(", ")}`));
  }
  return nodes;
}

function guestNodes({ sign, state }: TableRow): Node[] {
  if (state === "") return [];
  const shown = element("span", { class: "sign", "aria-hidden": "true" }, sign);
  return [element("div", { class: "state" }, shown, element("span", {}, state))];
}
