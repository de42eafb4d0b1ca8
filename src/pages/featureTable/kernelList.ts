import type { Choice } from "../../decoder/report/value/featureTable";
import type { KernelGroup, KernelLine } from "../../decoder/report/guest/kernels";
import { element, fill } from "../shared/dom";

/** The releases by outcome: boot, refuse, undefined; a folded table for each. Pressing a release chooses it as guest. */
export class KernelList {
  readonly element: HTMLElement;
  readonly #choose: (id: string) => void;
  readonly #groups = element("div");
  /** The unfolded groups; they stay open when the value changes. */
  readonly #open = new Set<string>();

  constructor(choose: (id: string) => void) {
    this.#choose = choose;
    this.element = element(
      "section",
      { class: "kernels", "aria-labelledby": "kernels-heading" },
      element("h2", { id: "kernels-heading" }, "Which releases boot"),
      this.#groups,
    );
  }

  render(groups: readonly KernelGroup[], guest: Choice | null): void {
    this.element.hidden = groups.length === 0;
    const focused = document.activeElement?.getAttribute("data-kernel") ?? null;
    fill(this.#groups, { groups, chosen: guest?.id ?? null }, ({ groups: all, chosen }) =>
      all.map((group) => this.#group(group, chosen)),
    );
    this.#refocus(focused);
  }

  #group({ outcome, heading, kernels }: KernelGroup, chosen: string | null): HTMLElement {
    const heads = ["Releases", "Missing", "Known"].map((head) =>
      element("th", { scope: "col" }, head),
    );
    const table = element(
      "table",
      {},
      element("caption", { class: "visually-hidden" }, heading),
      element("thead", {}, element("tr", {}, heads)),
      element(
        "tbody",
        {},
        kernels.map((kernel) => this.#row(kernel, chosen)),
      ),
    );
    const details = element("details", {}, element("summary", {}, heading), table);
    details.open = this.#open.has(outcome);
    details.addEventListener("toggle", () => {
      if (details.open) this.#open.add(outcome);
      else this.#open.delete(outcome);
    });
    return details;
  }

  #row({ id, releases, lacks, known }: KernelLine, chosen: string | null): HTMLElement {
    const isChosen = id === chosen;
    const button = element(
      "button",
      { type: "button", class: "link", "data-kernel": id, "aria-pressed": String(isChosen) },
      releases,
    );
    button.addEventListener("click", () => {
      this.#choose(id);
    });
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, button, isChosen ? " (chosen guest)" : ""),
      element("td", {}, lacks.length === 0 ? "nothing" : lacks.join(", ")),
      element("td", {}, known),
    );
  }

  /** Focuses the pressed button again: each answer replaces the buttons. */
  #refocus(kernel: string | null): void {
    if (kernel === null || document.activeElement?.getAttribute("data-kernel") === kernel) return;
    const same = [...this.#groups.querySelectorAll("button")].find(
      (button) => button.dataset["kernel"] === kernel,
    );
    same?.focus();
  }
}
