import type { SeenLine, SeenStep, SeenWay } from "../../decoder/report/guest/seen";
import { element, fill, phraseNodes } from "../shared/dom";

const STATES: Readonly<
  Record<SeenStep["state"], { readonly sign: string; readonly word: string }>
> = {
  passed: { sign: "✓", word: "passed" },
  stops: { sign: "✗", word: "stops here" },
  unsure: { sign: "?", word: "goes on without a check" },
  "not-reached": { sign: "·", word: "not reached" },
};

/** Each way to start the guest: where it stops, and what every log then prints, to copy. */
export class SeenList {
  readonly element = element("div", { class: "seen" });

  constructor(copy: (text: string) => void) {
    this.element.addEventListener("click", ({ target }) => {
      const line =
        target instanceof Element ? target.closest("button")?.dataset["line"] : undefined;
      if (line !== undefined) copy(line);
    });
  }

  render(ways: readonly SeenWay[]): void {
    fill(this.element, ways, (all) => all.map(wayNode));
  }
}

function wayNode({ title, steps, lines }: SeenWay): Node {
  return element(
    "section",
    {},
    element("h2", {}, title),
    element("ol", { class: "steps", "aria-label": `Steps: ${title}` }, steps.map(stepNode)),
    element("dl", {}, lines.flatMap(lineNodes)),
  );
}

function stepNode({ name, state }: SeenStep): Node {
  const { sign, word } = STATES[state];
  return element(
    "li",
    { class: `step ${state}` },
    element("span", { class: "sign", "aria-hidden": "true" }, sign),
    ` ${name}`,
    element("span", { class: "visually-hidden" }, `, ${word}`),
  );
}

function lineNodes({ where, line, note }: SeenLine): Node[] {
  const copy =
    line === null
      ? []
      : [
          element("code", {}, line),
          " ",
          element(
            "button",
            { type: "button", class: "link", "data-line": line, "aria-label": `Copy: ${line}` },
            "Copy",
          ),
          " ",
        ];
  return [
    element("dt", {}, where),
    element("dd", {}, copy, element("span", { class: "small" }, phraseNodes(note))),
  ];
}
