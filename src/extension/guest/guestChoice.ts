import * as vscode from "vscode";
import type { Choice } from "../../decoder/boot/assessed";
import type { GuestLookup } from "../../decoder/guest/lookup";
import { guestLookup } from "../../decoder/guest/lookup";
import type { GuestProfile } from "../../decoder/guest/profile";
import { GUEST_SETTING, guestSetting, setWorkspaceGuest } from "../settings";
import type { GuestSource } from "./guestSource";
import type { LogChoices } from "./logChoices";
import type { RecentList } from "../recentList";

/** The guest kernels that the user chose: one for each log, and `sevStatus.guest`, read once and on each change. */
export class GuestChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #sources = new Set<GuestSource>();
  readonly #logs: LogChoices;
  /** The names of the kernels that were picked last. */
  readonly recent: RecentList<string>;
  #lookup: GuestLookup = guestLookup([]);
  #text = "";
  #workspace: Choice | null = null;

  /** Fires after a choice, or the list to choose from, has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(logs: LogChoices, recent: RecentList<string>) {
    this.#logs = logs;
    this.recent = recent;
    this.#read();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(GUEST_SETTING)) this.#update();
    });
  }

  /** Adds guests besides the catalog's; disposing of the result removes them. */
  addSource(source: GuestSource): vscode.Disposable {
    this.#sources.add(source);
    const subscription = source.onDidChange(() => {
      this.#update();
    });
    this.#update();
    return new vscode.Disposable(() => {
      subscription.dispose();
      this.#sources.delete(source);
      this.#update();
    });
  }

  /** The sources of guests besides the catalog, in the order of their addition. */
  sources(): readonly GuestSource[] {
    return [...this.#sources];
  }

  /** The guest that a text names, from the sources or the catalog; null for an unknown name. */
  lookUp(text: string): GuestProfile | null {
    return this.#lookup(text);
  }

  /** The kernel chosen for a log, else for the workspace; null without a choice, or if its text names no kernel. */
  for(log: vscode.Uri | null): Choice | null {
    const text = log === null ? null : this.#logs.get(log);
    const profile = text === null ? null : this.lookUp(text);
    return profile === null ? this.#workspace : { profile, by: "log" };
  }

  /** The setting's text if it names no guest kernel, else null. */
  problem(): string | null {
    return this.#text !== "" && this.#workspace === null ? this.#text : null;
  }

  /** Remembers a kernel for one log, by any text that names it; null forgets it. Changes no file. */
  async chooseForLog(log: vscode.Uri, text: string | null): Promise<void> {
    await this.#logs.set(log, text);
    this.#changed.fire();
  }

  /** Writes `sevStatus.guest` of the workspace; null removes it. */
  async chooseForWorkspace(text: string | null): Promise<void> {
    await setWorkspaceGuest(text);
  }

  #update(): void {
    this.#read();
    this.#changed.fire();
  }

  #read(): void {
    this.#lookup = guestLookup(this.sources().flatMap((source) => source.guests()));
    this.#text = guestSetting();
    const profile = this.#text === "" ? null : this.#lookup(this.#text);
    this.#workspace = profile === null ? null : { profile, by: "workspace" };
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
