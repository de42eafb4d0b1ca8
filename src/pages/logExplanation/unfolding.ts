import type { EntryDetails, FindingLine } from "../../decoder/report/boot/story/view";
import { CopyButton } from "../shared/copyButton";
import { element, fill, phraseNodes } from "../shared/dom";
import { FieldTable } from "../shared/fieldTable";
import { partNodes } from "../shared/reportParts";
import { grouped } from "../../decoder/text/grouped";
import type { Wishes } from "./wishes";
import { linkButton, placeLink } from "./wishes";

/** What an entry unfolds: it is asked for then, and again when the entry changes. */
export class Unfolding {
  readonly button: HTMLButtonElement;
  readonly body: HTMLElement;
  readonly #id: string;
  readonly #wishes: Wishes;
  readonly #fields = new FieldTable();
  readonly #parts = element("div", { class: "parts" });
  readonly #heading = element("h3");
  readonly #findings = element("ul", { class: "findings" });
  readonly #copy: CopyButton;
  #isOpen = false;

  /** `label`: what the button says; `of`: the entry that it unfolds, for screen readers. */
  constructor(id: string, label: string, wishes: Wishes) {
    this.#id = id;
    this.#wishes = wishes;
    this.#copy = new CopyButton(() => {
      wishes.copy(id);
    });
    this.body = element(
      "div",
      { class: "unfolded", id: `unfolded ${id}`.replaceAll(" ", "-") },
      this.#fields.element,
      this.#parts,
      this.#heading,
      this.#findings,
      this.#copy.element,
    );
    this.body.hidden = true;
    this.button = linkButton(label, () => {
      this.#unfold(!this.#isOpen);
    });
    this.button.classList.add("unfold");
    this.button.setAttribute("aria-expanded", "false");
    this.button.setAttribute("aria-controls", this.body.id);
  }

  /** The entry has changed. */
  refresh(): void {
    if (this.#isOpen) this.#wishes.details(this.#id);
  }

  render({ report, findings, more }: EntryDetails): void {
    const { fields, consequences, advice, notes } = report;
    this.#fields.render("this entry", fields);
    fill(this.#parts, { consequences, advice, notes }, (all) => partNodes(all, "h3"));
    const count = findings.length + more;
    this.#heading.hidden = count === 0;
    this.#heading.textContent = `Findings (${grouped(count)})`;
    fill(this.#findings, { findings, more }, () => [
      ...findings.map((one) => this.#finding(one)),
      ...(more === 0 ? [] : [element("li", { class: "small" }, `${grouped(more)} more`)]),
    ]);
  }

  /** Says for a moment that the clipboard has the entry. */
  showCopied(): void {
    this.#copy.showCopied();
  }

  #unfold(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.body.hidden = !isOpen;
    this.button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.#wishes.details(this.#id);
  }

  #finding({ label, ...place }: FindingLine): HTMLElement {
    const link = placeLink({ ...place, label: `line ${grouped(place.line + 1)}` }, this.#wishes);
    return element("li", {}, link, " ", phraseNodes(label));
  }
}
