import * as vscode from "vscode";
import type { FindingLine } from "../../../pages/logExplanation/protocol";

/**
 * Shows a place of a log and selects it: in the editor that shows the log, else beside the explanation. The
 * workbench opens it by itself, since an extension gets no document above 50 MB.
 */
export async function reveal(
  address: string,
  { line, start, end }: Pick<FindingLine, "line" | "start" | "end">,
  explanation: vscode.ViewColumn | undefined,
): Promise<void> {
  const uri = vscode.Uri.parse(address);
  const beside =
    explanation === vscode.ViewColumn.One ? vscode.ViewColumn.Two : vscode.ViewColumn.One;
  const options: vscode.TextDocumentShowOptions = {
    viewColumn: columnOf(uri) ?? beside,
    selection: new vscode.Range(line, start, line, end),
  };
  await vscode.commands.executeCommand("vscode.open", uri, options);
}

/** The tab group in which a log is open. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) =>
    tabs.some(
      ({ input }) =>
        input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  )?.viewColumn;
}
