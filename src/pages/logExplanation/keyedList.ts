/** A part of the page that shows one item of a list. */
export interface ItemView<Item> {
  readonly element: HTMLElement;
  readonly render: (item: Item) => void;
}

/**
 * The items of a list as children of an element. An item that stays keeps its element, and with it focus, selection and what
 * is unfolded.
 */
export class KeyedList<Item extends { readonly id: string }, View extends ItemView<Item>> {
  readonly #parent: HTMLElement;
  readonly #make: (item: Item) => View;
  #views = new Map<string, View>();

  constructor(parent: HTMLElement, make: (item: Item) => View) {
    this.#parent = parent;
    this.#make = make;
  }

  /** The view of an item; undefined where none is shown. */
  get(id: string): View | undefined {
    return this.#views.get(id);
  }

  render(items: readonly Item[]): void {
    const before = this.#views;
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, view] of before) if (!ids.has(id)) view.element.remove();
    const own = new Set<Element>([...before.values()].map((view) => view.element));
    let at: Element | null = [...this.#parent.children].find((one) => own.has(one)) ?? null;
    this.#views = new Map();
    for (const item of items) {
      const view = before.get(item.id) ?? this.#make(item);
      this.#views.set(item.id, view);
      view.render(item);
      // Moving an element takes the focus from it.
      if (view.element === at) at = at.nextElementSibling;
      else this.#parent.insertBefore(view.element, at);
    }
  }
}
