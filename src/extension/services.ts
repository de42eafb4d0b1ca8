import type * as vscode from "vscode";
import type { DocumentLogs } from "./editor/documentLogs";
import type { GuestChoice } from "./guest/guestChoice";
import type { LocalLogs } from "./pages/logExplanation/source";

/** What every feature of the extension may use. */
export interface Services {
  readonly guest: GuestChoice;
  readonly logs: DocumentLogs;
  readonly extensionUri: vscode.Uri;
  /** The extension's id: publisher and name. */
  readonly id: string;
  /** Null in the web-worker host. */
  readonly localLogs: LocalLogs | null;
}
