import * as vscode from "vscode";
import { eventually, ok } from "./expect";
import { newFile } from "./memoryFiles";

/** Opens a text as a file of a language, in an editor. No other document ever has its address. */
export async function show(content: string, language = "log"): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(newFile(content, language));
  ok(document.languageId === language, `${language} is the file's language`);
  return await vscode.window.showTextDocument(document);
}

/** Where a text begins in a document, `inside` characters further on. */
export function positionOf(
  document: vscode.TextDocument,
  text: string,
  inside = 1,
): vscode.Position {
  const offset = document.getText().indexOf(text);
  ok(offset >= 0, `${text} stands in the document`);
  return document.positionAt(offset + inside);
}

/** The extension's hover over a text: all its Markdown, or "" where there is none. */
export async function hoverOver(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    "vscode.executeHoverProvider",
    document.uri,
    positionOf(document, text),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ""))
    .join("\n\n");
}

/** Sets one of the extension's settings for the user, and waits until the extension can have seen it. */
export async function configure(
  key: "guest" | "guests" | "hover.scope" | "diagnostics",
  value: unknown,
): Promise<void> {
  await vscode.workspace
    .getConfiguration("sevStatus")
    .update(key, value, vscode.ConfigurationTarget.Global);
}

/** The open feature tables. */
export function featureTables(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.includes("sevStatus.featureTable"),
    );
}

/** Closes every editor, so that one test does not see another's. Nobody is asked whether to save what a test made. */
export async function closeAll(): Promise<void> {
  await eventually("all editors are closed", async () => {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    return vscode.window.tabGroups.all.every(({ tabs }) => tabs.length === 0);
  });
}
