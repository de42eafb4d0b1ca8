import type * as vscode from "vscode";
import type { GuestChoice } from "./guestChoice";

/** What every feature of the extension may use. */
export interface Services {
  readonly guest: GuestChoice;
  readonly extensionUri: vscode.Uri;
}
