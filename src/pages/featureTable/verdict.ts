import type { FeatureTable } from "../../decoder/report/value/featureTable";
import { TONE_SIGNS } from "../../decoder/report/glance";
import { element, fill, phraseNodes } from "../shared/dom";
import { partNodes } from "../shared/reportParts";

/** The verdict in one line, the fix in another, and everything that can be done behind a triangle. */
export class Verdict {
  readonly element: HTMLElement;
  readonly #status = element("div", { role: "status", "aria-atomic": "true" });
  readonly #lines = element("div", { class: "glance-lines" });
  readonly #parts = element("div", { class: "parts" });
  readonly #more = element("details", {}, element("summary", {}, "All ways"), this.#parts);

  constructor() {
    this.element = element(
      "section",
      { class: "verdict", "aria-label": "Verdict" },
      this.#status,
      this.#lines,
      this.#more,
    );
  }

  render({ glance, report, seen }: FeatureTable): void {
    const { verdict, tone, fix, lines } = glance;
    this.element.dataset["tone"] = tone;
    fill(this.#status, { verdict, tone, fix }, (shown) => [
      element(
        "p",
        { class: "sentence" },
        element("span", { class: "sign", "aria-hidden": "true" }, TONE_SIGNS[shown.tone]),
        " ",
        phraseNodes(shown.verdict),
      ),
      ...(shown.fix === null
        ? []
        : [
            element(
              "p",
              { class: "fix" },
              element("strong", {}, "Fix"),
              " ",
              phraseNodes(shown.fix),
            ),
          ]),
    ]);
    const { advice, consequences } = report;
    // Where a guest's boot is told, its consequences have a tab of their own.
    const more = seen.length === 0 ? consequences : [];
    fill(this.#lines, [...lines, ...more], (all) =>
      all.map((line) => element("p", {}, phraseNodes(line))),
    );
    fill(this.#parts, advice, (all) =>
      partNodes({ consequences: [], advice: all, notes: [] }, "h2"),
    );
    this.#more.hidden = advice.length === 0;
  }

  /** Dims the verdict, because it is not of what is typed. */
  dim(isDimmed: boolean): void {
    this.element.classList.toggle("is-stale", isDimmed);
    if (isDimmed) this.element.setAttribute("aria-disabled", "true");
    else this.element.removeAttribute("aria-disabled");
  }
}
