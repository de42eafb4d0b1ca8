import * as vscode from "vscode";
import type { OwnGuests } from "../../decoder/guest/own/ownGuests";
import { ownGuests } from "../../decoder/guest/own/ownGuests";
import type { GuestSource } from "./guestSource";
import { GUESTS_SETTING, guestsSetting } from "../settings";

/** The guests of the setting `sevStatus.guests`, read once and on each change. */
export class OwnGuestSettings implements GuestSource, vscode.Disposable {
  readonly title = "your own guests";
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #read = read();

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration(GUESTS_SETTING)) return;
      this.#read = read();
      this.#changed.fire();
    });
  }

  guests() {
    return this.#read.guests;
  }

  ready() {
    return Promise.resolve();
  }

  problems() {
    return this.#read.problems.map((problem) => `${GUESTS_SETTING}: ${problem}`);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

function read(): OwnGuests {
  return ownGuests(guestsSetting(), GUESTS_SETTING);
}
