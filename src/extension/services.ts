import type * as vscode from "vscode";
import type { DocumentLogs } from "./documentLogs";
import type { GuestChoice } from "./guestChoice";

/** What every feature of the extension may use. */
export interface Services {
  readonly guest: GuestChoice;
  readonly logs: DocumentLogs;
  readonly extensionUri: vscode.Uri;
}
