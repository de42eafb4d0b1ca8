import * as vscode from "vscode";
import type { Target } from "../../../pages/logExplanation/protocol";

/**
 * The log that is meant: what a menu hands over, the selected lines of the active editor or all of it, the log that the
 * explanation in front explains, or the file of the active tab, since VS Code keeps documents above 50 MB from extensions;
 * else one is asked for. Null where none is chosen. `inFront`: of the explanation that has the focus.
 */
export async function targetOf(argument: unknown, inFront: Target | null): Promise<Target | null> {
  if (argument instanceof vscode.Uri) return whole(argument);
  if (inFront !== null) return inFront;
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined)
    return { uri: editor.document.uri.toString(), lines: selectedLines(editor.selection) };
  const uri = shownBy(vscode.window.tabGroups.activeTabGroup.activeTab);
  return uri === null ? await askedTarget() : whole(uri);
}

/** A file that the user is asked for; null where none is chosen. */
export async function askedTarget(): Promise<Target | null> {
  const uri = await asked();
  return uri === null ? null : whole(uri);
}

function whole(uri: vscode.Uri): Target {
  return { uri: uri.toString(), lines: null };
}

/**
 * The lines that something is selected of; null where that ends on the line on which it begins: problems and findings
 * select their value when one follows them, and nobody means to have that one line explained.
 */
function selectedLines({ start, end, isSingleLine }: vscode.Selection): Target["lines"] {
  if (isSingleLine) return null;
  // A selection of whole lines ends before the first character of the next one.
  const isBefore = end.character === 0 && end.line > start.line;
  return { first: start.line, last: isBefore ? end.line - 1 : end.line };
}

function shownBy(tab: vscode.Tab | undefined): vscode.Uri | null {
  return tab?.input instanceof vscode.TabInputText || tab?.input instanceof vscode.TabInputCustom
    ? tab.input.uri
    : null;
}

async function asked(): Promise<vscode.Uri | null> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: "Log to explain",
      openLabel: "Explain",
      canSelectMany: false,
    })) ?? [];
  return chosen ?? null;
}
