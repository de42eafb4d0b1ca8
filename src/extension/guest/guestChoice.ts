import * as vscode from "vscode";
import type { GuestLookup } from "../../decoder/guest/lookup";
import { guestLookup } from "../../decoder/guest/lookup";
import type { GuestProfile } from "../../decoder/guest/profile";
import type { GuestSource } from "./guestSource";
import { GUEST_SETTING, guestSetting, setGuest } from "../settings";

/** The guest kernel that verdicts are given for: the setting `sevStatus.guest`, read once and on each change. */
export class GuestChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly #sources = new Set<GuestSource>();
  #lookup: GuestLookup = guestLookup([]);
  #text = "";
  #profile: GuestProfile | null = null;

  /** Fires after the chosen guest, or what there is to choose from, has changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#read();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(GUEST_SETTING)) this.#update();
    });
  }

  /** Takes in guests that the catalog does not have; disposing of the result takes them out again. */
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

  /** Where there are guests besides those of the catalog, in the order in which they were added. */
  sources(): readonly GuestSource[] {
    return [...this.#sources];
  }

  /** The guest that a text names, of any source or of the catalog; null where it names none. */
  lookUp(text: string): GuestProfile | null {
    return this.#lookup(text);
  }

  /** The chosen guest; null where none is chosen, or the setting names none. */
  current(): GuestProfile | null {
    return this.#profile;
  }

  /** The setting's text where it names no guest kernel; null where there is nothing wrong with it. */
  problem(): string | null {
    return this.#text !== "" && this.#profile === null ? this.#text : null;
  }

  /**
   * Chooses a guest by any text that names one. "" asks the user; null chooses none.
   * Settles when the setting is written.
   */
  async choose(text: string | null): Promise<void> {
    if (text === "") await vscode.commands.executeCommand("sevStatus.chooseGuest");
    else await setGuest(text);
  }

  #update(): void {
    this.#read();
    this.#changed.fire();
  }

  #read(): void {
    this.#lookup = guestLookup(this.sources().flatMap((source) => source.guests()));
    this.#text = guestSetting();
    this.#profile = this.#text === "" ? null : this.#lookup(this.#text);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
