import type { Phrase } from "../../decoder/report/phrase";
import type { Advice, Report, Tone } from "../../decoder/report/report";
import { element, phraseNodes } from "./dom";

/** A sign and a word for each tone, so that colour carries no meaning alone. */
const TONES: Readonly<Record<Tone, { readonly sign: string; readonly word: string }>> = {
  good: { sign: "✓", word: "OK" },
  bad: { sign: "✗", word: "Problem" },
  unknown: { sign: "?", word: "Uncertain" },
  neutral: { sign: "i", word: "Decoded" },
};

/** The badge with the tone of an answer, as a sign and a word. */
export function toneBadge(tone: Tone): HTMLElement {
  const { sign, word } = TONES[tone];
  return element("span", { class: "badge tone" }, `${sign} ${word}`);
}

/** The parts of a report after its answer, each under a heading. */
export function partNodes(
  { consequences, advice, notes }: Pick<Report, "consequences" | "advice" | "notes">,
  heading: "h2" | "h3",
): Node[] {
  return [
    ...part(heading, "What happens", phrases(consequences)),
    ...part(heading, "What to do", advice.map(adviceItem)),
    ...part(heading, "Notes", phrases(notes)),
  ];
}

function part(heading: "h2" | "h3", title: string, items: readonly Node[]): Node[] {
  if (items.length === 0) return [];
  return [
    element("section", {}, element(heading, {}, title), element("ul", { class: "items" }, items)),
  ];
}

function phrases(all: readonly Phrase[]): Node[] {
  return all.map((phrase) => element("li", {}, phraseNodes(phrase)));
}

function adviceItem({ feature, ways }: Advice): Node {
  return element("li", {}, element("strong", {}, feature), element("ul", {}, phrases(ways)));
}
