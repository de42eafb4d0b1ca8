import type * as vscode from "vscode";
import { isRecord } from "../commands/argument";

const KEY = "sevStatus.kernelOfLog";
/** The most remembered choices; the oldest are forgotten first. */
const MOST_LOGS = 200;

/** The guest kernels that were chosen for single logs, kept by VS Code for this workspace. */
export class LogChoices {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  /** The text that names the kernel of a log; null where none is chosen. */
  get(log: vscode.Uri): string | null {
    return this.#all().get(log.toString()) ?? null;
  }

  /** Null forgets the log's kernel. */
  async set(log: vscode.Uri, text: string | null): Promise<void> {
    const all = this.#all();
    all.delete(log.toString());
    if (text !== null) all.set(log.toString(), text);
    await this.#memory.update(KEY, Object.fromEntries([...all].slice(-MOST_LOGS)));
  }

  #all(): Map<string, string> {
    const kept: unknown = this.#memory.get(KEY);
    const entries = isRecord(kept) ? Object.entries(kept) : [];
    return new Map(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  }
}
