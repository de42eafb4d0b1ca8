import type * as vscode from "vscode";
import { hex64 } from "../../../decoder/text/u64";
import type { ValueArgument } from "../../commands/argument";
import { valueArgument } from "../../commands/argument";

const KEY = "sevStatus.featureTable.values";
/** So many values are remembered. */
const MOST = 20;

/** The values that the feature table has shown in this workspace, the newest first. */
export class TableMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  all(): ValueArgument[] {
    const kept: unknown = this.#state.get(KEY);
    return Array.isArray(kept)
      ? kept.flatMap((one: unknown) => valueArgument(one) ?? []).slice(0, MOST)
      : [];
  }

  last(): ValueArgument | null {
    return this.all()[0] ?? null;
  }

  /** Puts a value first. */
  add(shown: ValueArgument): void {
    const others = this.all().filter(
      ({ register, value }) => register !== shown.register || value !== shown.value,
    );
    const all = [shown, ...others].slice(0, MOST);
    void this.#state.update(
      KEY,
      all.map(({ register, value }) => ({ register, value: hex64(value) })),
    );
  }
}
