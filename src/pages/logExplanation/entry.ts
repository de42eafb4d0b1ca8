import { TONE_SIGNS } from "../../decoder/report/boot/story/signs";
import type { EntryDetails, LogEntry, QuotedLine } from "../../decoder/report/boot/story/view";
import type { Phrase } from "../../decoder/report/phrase";
import { element, fill, phraseNodes } from "../shared/dom";
import { Unfolding } from "./unfolding";
import type { Wishes } from "./wishes";
import { placeLink } from "./wishes";

/** One entry: a card where it is a problem, else a row. */
export class EntryView {
  readonly element: HTMLElement;
  readonly #wishes: Wishes;
  readonly #badge = element("span", { class: "badge" });
  readonly #title = element("h2", { tabindex: "-1" });
  readonly #facts = element("span", { class: "facts" });
  readonly #notes = element("span", { class: "facts small" });
  readonly #links = element("span", { class: "links" });
  readonly #rest = element("div", { class: "rest" });
  readonly #unfolding: Unfolding;
  #shown = "";

  constructor({ id, fix }: LogEntry, wishes: Wishes) {
    this.#wishes = wishes;
    this.#unfolding = new Unfolding(id, fix === null ? "" : "Why", wishes);
    this.element = element(
      "li",
      { class: "entry" },
      element(
        "div",
        { class: "line" },
        this.#badge,
        element("div", { class: "line said" }, this.#title, this.#facts, this.#notes),
        element("span", { class: "actions" }, this.#links, this.#unfolding.button),
      ),
      this.#rest,
      this.#unfolding.body,
    );
  }

  readonly render = (entry: LogEntry): void => {
    const shown = JSON.stringify(entry);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const { tone, word, boots, title, facts, links, kernel, quoted, fix, notes } = entry;
    this.element.dataset["tone"] = tone;
    const isCard = fix !== null || quoted !== null;
    this.element.classList.toggle("card", isCard);
    fill(this.#badge, `${TONE_SIGNS[tone]} ${word}`, (words) => [words]);
    fill(this.#title, { boots, title }, () => [`${boots} – `, ...phraseNodes(title)]);
    fill(this.#facts, facts, phraseNodes);
    fill(this.#links, links, () =>
      links.flatMap((link, at) => [...(at === 0 ? [] : [" … "]), placeLink(link, this.#wishes)]),
    );
    // A row has what it says in one line, where that is wide enough.
    fill(this.#notes, isCard ? [] : notes, (all) =>
      all.flatMap((note, at) => [...(at === 0 ? [] : [" · "]), ...phraseNodes(note)]),
    );
    fill(this.#rest, { kernel, quoted, fix, notes, isCard }, () => [
      ...(kernel === null ? [] : [paragraph("kernel small", kernel)]),
      ...(quoted === null || quoted.text === "" ? [] : [this.#quote(quoted)]),
      ...(fix === null ? [] : [fixLine(fix)]),
      ...(isCard ? notes : []).map((note) => paragraph("small", note)),
    ]);
    const what = fix === null ? "Details" : "Why";
    this.#unfolding.button.setAttribute("aria-label", `${what}: ${boots}`);
    this.#unfolding.refresh();
  };

  /** Goes to the entry. */
  focus(): void {
    this.element.scrollIntoView({ block: "nearest" });
    this.#title.focus({ preventScroll: true });
  }

  showDetails(details: EntryDetails): void {
    this.#unfolding.render(details);
  }

  showCopied(): void {
    this.#unfolding.showCopied();
  }

  /** The line of the log, which leads to its place. */
  #quote({ text, start, end, link: { label, ...place } }: QuotedLine): HTMLElement {
    const made = element(
      "button",
      { type: "button", class: "quote", title: `Go to ${label}` },
      text.slice(0, start),
      element("mark", {}, text.slice(start, end)),
      text.slice(end),
    );
    made.addEventListener("click", () => {
      this.#wishes.reveal(place);
    });
    return made;
  }
}

/** What to do, in one line. */
export function fixLine(fix: Phrase): HTMLElement {
  return element("p", { class: "fix" }, element("strong", {}, "Fix"), " ", phraseNodes(fix));
}

function paragraph(classes: string, phrase: Phrase): HTMLElement {
  return element("p", { class: classes }, phraseNodes(phrase));
}
