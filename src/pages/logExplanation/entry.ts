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
  readonly #links = element("span", { class: "links" });
  readonly #rest = element("div", { class: "rest" });
  readonly #unfolding: Unfolding;
  #shown = "";

  constructor({ id, fix }: LogEntry, wishes: Wishes) {
    this.#wishes = wishes;
    this.#unfolding = new Unfolding(id, fix === null ? "Details" : "Why", wishes);
    this.element = element(
      "li",
      { class: "entry" },
      element(
        "div",
        { class: "line" },
        this.#badge,
        this.#title,
        this.#facts,
        this.#links,
        this.#unfolding.button,
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
    this.element.classList.toggle("card", fix !== null || quoted !== null);
    fill(this.#badge, `${TONE_SIGNS[tone]} ${word}`, (words) => [words]);
    fill(this.#title, { boots, title }, () => [`${boots} – `, ...phraseNodes(title)]);
    fill(this.#facts, facts, phraseNodes);
    fill(this.#links, links, () =>
      links.flatMap((link, at) => [...(at === 0 ? [] : [" … "]), placeLink(link, this.#wishes)]),
    );
    fill(this.#rest, { kernel, quoted, fix, notes }, () => [
      ...(kernel === null ? [] : [paragraph("kernel small", kernel)]),
      ...(quoted === null || quoted.text === "" ? [] : [this.#quote(quoted)]),
      ...(fix === null
        ? []
        : [element("p", { class: "fix" }, element("strong", {}, "Fix"), " ", phraseNodes(fix))]),
      ...notes.map((note) => paragraph("small", note)),
    ]);
    this.#unfolding.button.setAttribute(
      "aria-label",
      `${this.#unfolding.button.textContent}: ${boots}`,
    );
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

function paragraph(classes: string, phrase: Phrase): HTMLElement {
  return element("p", { class: classes }, phraseNodes(phrase));
}
