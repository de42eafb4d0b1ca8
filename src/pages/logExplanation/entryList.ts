import type { ListPage, LogEntry } from "../../decoder/report/boot/story/view";
import { grouped } from "../../decoder/text/grouped";
import { element } from "../shared/dom";
import { EntryView } from "./entry";
import { KeyedList } from "./keyedList";
import type { Wishes } from "./wishes";
import { pushButton } from "./wishes";

/** A list of entries, a page at a time. */
export class EntryList {
  readonly element: HTMLElement;
  readonly #entries: KeyedList<LogEntry, EntryView>;
  readonly #pages = element("span", { role: "status" });
  readonly #back: HTMLButtonElement;
  readonly #on: HTMLButtonElement;
  readonly #pager: HTMLElement;
  #page: ListPage<LogEntry> = { total: 0, offset: 0, items: [] };

  /** `show`: asks for the part of the list that begins at an index. */
  constructor(label: string, wishes: Wishes, show: (offset: number) => void) {
    const list = element("ul", { class: "entries", "aria-label": label });
    this.#entries = new KeyedList(list, (entry) => new EntryView(entry, wishes));
    this.#back = pushButton("Previous", () => {
      show(Math.max(0, this.#page.offset - this.#size));
    });
    this.#on = pushButton("Next", () => {
      show(this.#page.offset + this.#page.items.length);
    });
    for (const [button, words] of [
      [this.#back, `Previous ${label}`],
      [this.#on, `Next ${label}`],
    ] as const)
      button.setAttribute("aria-label", words);
    this.#pager = element("div", { class: "pager" }, this.#back, this.#pages, this.#on);
    this.element = element("section", {}, list, this.#pager);
  }

  get #size(): number {
    return Math.max(this.#page.items.length, 6);
  }

  get(id: string): EntryView | undefined {
    return this.#entries.get(id);
  }

  render(page: ListPage<LogEntry>): void {
    this.#page = page;
    const { total, offset, items } = page;
    this.#entries.render(items);
    const next = offset + items.length;
    this.#pager.hidden = items.length === total;
    this.#pages.textContent = `${grouped(offset + 1)}–${grouped(next)} of ${grouped(total)}`;
    this.#back.disabled = offset === 0;
    this.#on.disabled = next >= total;
  }
}
