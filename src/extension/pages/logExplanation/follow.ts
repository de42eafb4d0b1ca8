import * as vscode from "vscode";
import type { Target } from "../../../pages/logExplanation/protocol";

/** Schemes whose documents are no files. */
const WITHOUT_FILES: ReadonlySet<string> = new Set(["untitled", "output"]);

/** Tells when a log changes: its open document, or its file; also when that is deleted or comes back. */
export function follow({ uri: address }: Target, changed: () => void): vscode.Disposable {
  const uri = vscode.Uri.parse(address);
  const documents = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0 && document.uri.toString() === uri.toString()) changed();
  });
  if (WITHOUT_FILES.has(uri.scheme)) return documents;
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const folder = vscode.Uri.joinPath(uri, "..");
  const watcher = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(folder, name.replaceAll(/[?*[\]{}]/gu, "[$&]")),
  );
  return vscode.Disposable.from(
    documents,
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
  );
}
