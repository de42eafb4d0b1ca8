import type * as vscode from "vscode";

const KEY = "sevStatus.recentKernels";
const MOST = 5;

/** The names of the kernels that were picked last in this workspace, the newest first. */
export class RecentKernels {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  all(): string[] {
    const kept: unknown = this.#memory.get(KEY);
    return Array.isArray(kept)
      ? kept.filter((one): one is string => typeof one === "string").slice(0, MOST)
      : [];
  }

  async add(name: string): Promise<void> {
    const others = this.all().filter((one) => one !== name);
    await this.#memory.update(KEY, [name, ...others].slice(0, MOST));
  }
}
