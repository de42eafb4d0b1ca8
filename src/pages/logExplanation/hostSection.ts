import { TONE_SIGNS } from "../../decoder/report/boot/story/signs";
import type {
  EntryDetails,
  HostCause,
  HostNote,
  HostView,
} from "../../decoder/report/boot/story/view";
import { grouped } from "../../decoder/text/grouped";
import { visible } from "../../decoder/text/visible";
import { element, fill, phraseNodes } from "../shared/dom";
import { fixLine } from "./entry";
import { KeyedList } from "./keyedList";
import { Unfolding } from "./unfolding";
import type { Wishes } from "./wishes";
import { placeLink } from "./wishes";

/** A cause: a row of the table, and below it what it unfolds. */
class CauseRow {
  readonly element: HTMLElement;
  readonly unfolding: Unfolding;
  readonly #wishes: Wishes;
  readonly #row = element("tr");

  constructor(id: string, wishes: Wishes) {
    this.#wishes = wishes;
    this.unfolding = new Unfolding(id, "Why", wishes);
    this.element = element(
      "tbody",
      {},
      this.#row,
      element("tr", { class: "below" }, element("td", { colspan: "7" }, this.unfolding.body)),
    );
  }

  readonly render = (cause: HostCause): void => {
    const { count, reason, mask, missing, first, last } = cause;
    const hasMask = mask.startsWith("0x");
    fill(this.#row, cause, () => [
      element("td", { class: "count" }, grouped(count)),
      element("th", { scope: "row" }, visible(reason)),
      element("td", {}, hasMask ? element("code", {}, mask) : mask),
      element("td", {}, hasMask ? element("strong", {}, missing) : missing),
      element("td", {}, placeLink(first, this.#wishes)),
      element("td", {}, last === null ? "" : placeLink(last, this.#wishes)),
      element("td", {}, this.unfolding.button),
    ]);
    this.unfolding.button.setAttribute("aria-label", `Why: ${reason}`);
    this.unfolding.refresh();
  };
}

/** A host's log: one line for all ends of guests, and a table of their causes. */
export class HostSection {
  readonly element = element("section", { class: "host", "aria-label": "Host log" });
  readonly #wishes: Wishes;
  readonly #verdict = element("div", { class: "entry card" });
  readonly #bars = element("div", { class: "bars", "aria-hidden": "true" });
  readonly #table: HTMLElement;
  readonly #causes: KeyedList<HostCause, CauseRow>;
  readonly #others = element("ul", { class: "entries", "aria-label": "Also in this log" });

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
    const heads = ["×", "Reason", "SW_EXITINFO2", "Missing", "First", "Last"].map((head) =>
      element("th", { scope: "col" }, head),
    );
    this.#table = element(
      "table",
      { class: "causes" },
      element("caption", { class: "visually-hidden" }, "Guest terminations by cause"),
      element("thead", {}, element("tr", {}, heads, element("td"))),
    );
    this.#causes = new KeyedList(this.#table, ({ id }) => new CauseRow(id, wishes));
    this.element.append(
      this.#verdict,
      this.#bars,
      element("div", { class: "scroller" }, this.#table),
      this.#others,
    );
  }

  render(view: HostView | null): void {
    this.element.hidden = view === null;
    if (view === null) return;
    const { tone, verdict, fix, notes, causes, bars, others } = view;
    this.#verdict.hidden = verdict === null;
    this.#verdict.dataset["tone"] = tone;
    fill(this.#verdict, { verdict, fix, notes }, () => [
      element("h2", { tabindex: "-1" }, `${TONE_SIGNS[tone]} `, phraseNodes(verdict ?? [])),
      ...(fix === null ? [] : [fixLine(fix)]),
      ...notes.map((note) => element("p", { class: "small" }, phraseNodes(note))),
    ]);
    this.#bars.hidden = bars.length === 0;
    fill(this.#bars, bars, barNodes);
    this.#table.hidden = causes.length === 0;
    this.#causes.render(causes);
    fill(this.#others, others, () => others.map((note) => this.#other(note)));
  }

  get(
    id: string,
  ):
    | { readonly showDetails: (details: EntryDetails) => void; readonly showCopied: () => void }
    | undefined {
    const row = this.#causes.get(id);
    if (row === undefined) return undefined;
    return {
      showDetails: (details) => {
        row.unfolding.render(details);
      },
      showCopied: () => {
        row.unfolding.showCopied();
      },
    };
  }

  #other({ tone, count, text, link }: HostNote): HTMLElement {
    const times = count === 1 ? "" : `${grouped(count)} × `;
    const words = element("span", {}, `${TONE_SIGNS[tone]} ${times}`, phraseNodes(text));
    const places =
      link === null ? [] : [element("span", { class: "links" }, placeLink(link, this.#wishes))];
    return element(
      "li",
      { class: "entry", "data-tone": tone },
      element("div", { class: "line" }, words, places),
    );
  }
}

/** A bar for each part of the log, as high as its ends are many. */
function barNodes(bars: readonly number[]): HTMLElement[] {
  const most = bars.reduce((high, count) => Math.max(high, count), 1);
  return bars.map((count) => {
    const bar = element("span");
    bar.style.blockSize = `${Math.round((100 * count) / most)}%`;
    return bar;
  });
}
