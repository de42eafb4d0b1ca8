import type * as vscode from "vscode";
import type { DocumentLogs } from "./documentLogs";
import type { GuestChoice } from "./guestChoice";
import type { LocalLogs } from "./logExplanation/source";

/** What every feature of the extension may use. */
export interface Services {
  readonly guest: GuestChoice;
  readonly logs: DocumentLogs;
  readonly extensionUri: vscode.Uri;
  /** Null where the extension runs in no Node. */
  readonly localLogs: LocalLogs | null;
}
