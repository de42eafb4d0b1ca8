import type * as vscode from "vscode";
import type { NamedGuest } from "../../decoder/guest/lookup";

/** Where guests come from that the catalog does not have. {@link GuestChoice.addSource} takes it in. */
export interface GuestSource {
  /** What the list of guests has above them. */
  readonly title: string;
  /** The guests that it has now. */
  readonly guests: () => readonly NamedGuest[];
  /** Settles once what there is now was read; never fails. */
  readonly ready: () => Promise<void>;
  /** What is wrong with it now, a sentence each; shown beside the chosen guest. */
  readonly problems: () => readonly string[];
  /** Fires after its guests or its problems have changed. */
  readonly onDidChange: vscode.Event<void>;
}
