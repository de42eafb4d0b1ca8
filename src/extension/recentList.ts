import type * as vscode from "vscode";

/** How a list is kept. */
interface Keeping<Item> {
  readonly key: string;
  /** So many are remembered. */
  readonly most: number;
  /** An item as VS Code keeps it. Two items that are kept alike are one. */
  readonly write: (item: Item) => unknown;
  /** Null for what is no such item: another version may have kept it. */
  readonly read: (kept: unknown) => Item | null;
}

/** What was used last in this workspace, each once, the newest first. VS Code remembers it. */
export class RecentList<Item> {
  readonly #memory: vscode.Memento;
  readonly #keeping: Keeping<Item>;

  constructor(memory: vscode.Memento, keeping: Keeping<Item>) {
    this.#memory = memory;
    this.#keeping = keeping;
  }

  all(): Item[] {
    const { key, most, read } = this.#keeping;
    const kept: unknown = this.#memory.get(key);
    return Array.isArray(kept)
      ? kept.flatMap((one: unknown) => read(one) ?? []).slice(0, most)
      : [];
  }

  last(): Item | null {
    return this.all()[0] ?? null;
  }

  /** Puts an item first. */
  async add(item: Item): Promise<void> {
    const { key, most, write } = this.#keeping;
    const first = write(item);
    const others = this.all()
      .map(write)
      .filter((one) => JSON.stringify(one) !== JSON.stringify(first));
    await this.#memory.update(key, [first, ...others].slice(0, most));
  }
}
