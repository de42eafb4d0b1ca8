import * as vscode from "vscode";
import type { GuestProfile } from "../decoder/guest/profile";
import { guestProfile } from "../decoder/guest/profile";
import { GUEST_SETTING, guestSetting, setGuest } from "./settings";

/** The guest kernel that verdicts are given for: the setting `sevStatus.guest`, read once and on each change. */
export class GuestChoice implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #text = "";
  #profile: GuestProfile | null = null;

  /** Fires after the chosen guest has changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#read();
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(GUEST_SETTING)) return;
      this.#read();
      this.#changed.fire();
    });
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

  #read(): void {
    this.#text = guestSetting();
    this.#profile = this.#text === "" ? null : guestProfile(this.#text);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
