import * as vscode from "vscode";
import { DOCUMENTS, PAGE_SCHEMES } from "../editor/documents";

/** The log in the active editor; while a page such as the feature table is active, the only visible log. */
export function shownLog(): vscode.Uri | null {
  const { activeTextEditor: active, visibleTextEditors: visible } = vscode.window;
  const [log, ...others] = (active === undefined ? visible : [active])
    .map(({ document }) => document)
    .filter(isChosenFor);
  return log === undefined || others.length > 0 ? null : log.uri;
}

/** Whether a kernel can be chosen for the document: the extension reads it, and it is not one of its own pages. */
function isChosenFor(document: vscode.TextDocument): boolean {
  const isPage = Object.values<string>(PAGE_SCHEMES).includes(document.uri.scheme);
  return !isPage && vscode.languages.match(DOCUMENTS, document) > 0;
}
