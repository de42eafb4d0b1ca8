import type * as vscode from "vscode";
import type { NamedGuest } from "../../decoder/guest/lookup";

/** A source of guests besides the catalog. {@link GuestChoice.addSource} adds it. */
export interface GuestSource {
  /** Their heading in the list of guests. */
  readonly title: string;
  /** Its current guests. */
  readonly guests: () => readonly NamedGuest[];
  /** Settles when the current guests are read; never rejects. */
  readonly ready: () => Promise<void>;
  /** Its current problems, one sentence each; shown beside the chosen guest. */
  readonly problems: () => readonly string[];
  /** Fires after its guests or its problems have changed. */
  readonly onDidChange: vscode.Event<void>;
}
