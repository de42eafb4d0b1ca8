import type { Phrase } from "../../decoder/report/phrase";
import { element, fill, phraseNodes } from "../shared/dom";
import { linkedText } from "./links";

/** What is assumed, unverified or disputed, and where every statement was read. */
export class SourceList {
  readonly element: HTMLElement;
  readonly #notes = element("ul");
  readonly #noteHead = element("h2", {}, "Notes");
  readonly #sources = element("ul");

  constructor() {
    this.element = element(
      "div",
      { class: "sources" },
      this.#noteHead,
      this.#notes,
      element("h2", {}, "Read in"),
      this.#sources,
    );
  }

  render(notes: readonly Phrase[], sources: readonly string[]): void {
    this.#noteHead.hidden = notes.length === 0;
    fill(this.#notes, notes, (all) => all.map((note) => element("li", {}, phraseNodes(note))));
    fill(this.#sources, sources, (all) =>
      all.map((source) => element("li", {}, linkedText(source))),
    );
  }
}
