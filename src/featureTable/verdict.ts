import type { Phrase } from "../decoder/report/phrase";
import type { Advice, Report, Tone } from "../decoder/report/report";
import { element, fill, phraseNodes } from "./dom";

/** A sign and a word for each tone: colour only repeats them. */
const TONES: Readonly<Record<Tone, { readonly sign: string; readonly word: string }>> = {
  good: { sign: "✓", word: "OK" },
  bad: { sign: "✗", word: "Problem" },
  unknown: { sign: "?", word: "Uncertain" },
  neutral: { sign: "i", word: "Decoded" },
};

/** The answer for the value, and all that is to be said about it. `beside` stands at its head. */
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
    fill(this.#parts, { consequences, advice, notes }, partNodes);
    this.#parts.hidden = this.#parts.childElementCount === 0;
    fill(this.#sources, sources, (all) => all.map((source) => element("li", {}, source)));
    fill(this.#sourcesSummary, sources.length, (count) => [`Sources (${count})`]);
    this.#details.hidden = sources.length === 0;
  }
}

function answerNodes({ title, answer, tone }: Pick<Report, "title" | "answer" | "tone">): Node[] {
  const { sign, word } = TONES[tone];
  const badge = element("span", { class: "badge tone" }, `${sign} ${word}`);
  return [
    element("p", { class: "title" }, badge, " ", ...phraseNodes(title)),
    element("p", { class: "sentence" }, ...phraseNodes(answer)),
  ];
}

function partNodes({
  consequences,
  advice,
  notes,
}: Pick<Report, "consequences" | "advice" | "notes">): Node[] {
  return [
    ...part("What happens", phrases(consequences)),
    ...part("What to do", advice.map(adviceItem)),
    ...part("Notes", phrases(notes)),
  ];
}

function part(heading: string, items: readonly Node[]): Node[] {
  if (items.length === 0) return [];
  return [
    element("section", {}, element("h2", {}, heading), element("ul", { class: "items" }, ...items)),
  ];
}

function phrases(all: readonly Phrase[]): Node[] {
  return all.map((phrase) => element("li", {}, ...phraseNodes(phrase)));
}

function adviceItem({ feature, ways }: Advice): Node {
  return element("li", {}, element("strong", {}, feature), element("ul", {}, ...phrases(ways)));
}
