import type { Report } from "../../decoder/report/report";
import { element, fill, phraseNodes } from "../shared/dom";
import { partNodes, toneBadge } from "../shared/reportParts";

/** The whole report on the value. `beside` is an element next to its answer. */
export class Verdict {
  readonly element: HTMLElement;
  readonly #status = element("div", { class: "answer", role: "status", "aria-atomic": "true" });
  readonly #parts = element("div", { class: "parts" });
  readonly #sources = element("ul");
  readonly #sourcesSummary = element("summary");
  readonly #details = element("details", {}, this.#sourcesSummary, this.#sources);

  constructor(beside: HTMLElement) {
    this.element = element(
      "section",
      { class: "verdict", "aria-label": "Verdict" },
      element("div", { class: "head" }, this.#status, beside),
      this.#parts,
      this.#details,
    );
  }

  render(report: Report): void {
    const { title, answer, tone, consequences, advice, notes, sources } = report;
    this.element.dataset["tone"] = tone;
    fill(this.#status, { title, answer, tone }, answerNodes);
    fill(this.#parts, { consequences, advice, notes }, (all) => partNodes(all, "h2"));
    this.#parts.hidden = this.#parts.childElementCount === 0;
    fill(this.#sources, sources, (all) => all.map((source) => element("li", {}, source)));
    fill(this.#sourcesSummary, sources.length, (count) => [`Sources (${count})`]);
    this.#details.hidden = sources.length === 0;
  }
}

function answerNodes({ title, answer, tone }: Pick<Report, "title" | "answer" | "tone">): Node[] {
  return [
    element("p", { class: "title" }, toneBadge(tone), " ", phraseNodes(title)),
    element("p", { class: "sentence" }, phraseNodes(answer)),
  ];
}
