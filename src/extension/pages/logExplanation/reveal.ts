import * as vscode from "vscode";
import type { LogPlace } from "../../../decoder/report/boot/story/view";

/**
 * Shows a place of a log and selects it: in the editor that shows the log, else beside the explanation. The
 * workbench opens it by itself, since an extension gets no document above 50 MB.
 */
export async function reveal(
  address: string,
  { line, start, end }: LogPlace,
  explanation: vscode.ViewColumn | undefined,
): Promise<void> {
  const uri = vscode.Uri.parse(address);
  const beside =
    explanation === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  const options: vscode.TextDocumentShowOptions = {
    viewColumn: groupOf(uri)?.viewColumn ?? beside,
    selection: new vscode.Range(line, start, line, end),
  };
  await vscode.commands.executeCommand("vscode.open", uri, options);
}

/**
 * Where the explanation of a log is shown: `open` is the group in which it is open already. Null: where it is. Never in front
 * of the log.
 */
export function columnFor(
  address: string,
  open: vscode.ViewColumn | undefined,
): vscode.ViewColumn | null {
  const uri = vscode.Uri.parse(address);
  const inFront = vscode.window.tabGroups.all
    .filter(({ activeTab }) => activeTab !== undefined && shows(activeTab, uri))
    .map(({ viewColumn }) => viewColumn);
  const { viewColumn, activeTab } = vscode.window.tabGroups.activeTabGroup;
  if (open !== undefined) {
    if (!inFront.includes(open)) return null;
    return viewColumn === open ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  }
  if (activeTab === undefined) return vscode.ViewColumn.Active;
  const isElsewhere = inFront.length > 0 && !inFront.includes(viewColumn);
  return isElsewhere ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}

/** The tab group in which a log is open. */
function groupOf(uri: vscode.Uri): vscode.TabGroup | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some((tab) => shows(tab, uri)));
}

function shows({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  return input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
}
