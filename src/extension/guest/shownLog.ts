import * as vscode from "vscode";
import { DOCUMENTS, PAGE_SCHEMES } from "../editor/documents";

/** The log in the active editor; where a page is in front, such as the feature table, the one log beside it. */
export function shownLog(): vscode.Uri | null {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  const [log, ...others] = (active === undefined ? visible : [active])
    .map(({ document }) => document)
    .filter(isChosenFor);
  return log === undefined || others.length > 0 ? null : log.uri;
}

/** Values are looked for in it, and it is no page of the extension's own. */
function isChosenFor(document: vscode.TextDocument): boolean {
  const isPage = Object.values<string>(PAGE_SCHEMES).includes(document.uri.scheme);
  return !isPage && vscode.languages.match(DOCUMENTS, document) > 0;
}
