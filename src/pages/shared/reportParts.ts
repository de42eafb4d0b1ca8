import type { Phrase } from "../../decoder/report/phrase";
import type { Advice, Report } from "../../decoder/report/report";
import { element, phraseNodes } from "./dom";

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
