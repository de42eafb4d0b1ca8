import * as vscode from "vscode";
import { closeAll, positionOf, show } from "./editing";
import { equal, eventually, ok } from "./expect";

/** The tabs that show an explanation. */
function explanations(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview &&
        input.viewType.includes("sevStatus.logExplanation"),
    );
}

/** A file of the folder that the window shows, whatever the file system is. */
function inFolder(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  ok(folder, "the window shows a folder");
  return vscode.Uri.joinPath(folder.uri, name);
}

describe("explaining a log", () => {
  afterEach(closeAll);

  it("opens one explanation and uses it again", async () => {
    await show("guest SEV_STATUS = 0x887\n");
    await vscode.commands.executeCommand("sevStatus.explainLog");
    await eventually("the explanation is open", () => explanations().length === 1);
    await vscode.commands.executeCommand("sevStatus.explainLog", inFolder("host.log"));
    equal(explanations().length, 1);
  });

  it("opens beside the log, and explains it again with its own panel in front", async () => {
    await show("guest SEV_STATUS = 0x887\n");
    const log = vscode.window.tabGroups.activeTabGroup.viewColumn;
    await vscode.commands.executeCommand("sevStatus.explainLog");
    await eventually("the explanation is open", () => explanations().length === 1);
    ok(explanations()[0]?.group.viewColumn !== log, "the explanation is in another group");
    await eventually("the explanation is in front", () => explanations()[0]?.isActive === true);
    await vscode.commands.executeCommand("sevStatus.explainLog");
    equal(explanations().length, 1);
    ok(explanations()[0]?.group.viewColumn !== log, "the explanation stays where it is");
  });

  it("moves away from a log that it would cover", async () => {
    await show("guest SEV_STATUS = 0x887\n");
    await vscode.commands.executeCommand("sevStatus.explainLog");
    await eventually("the explanation is open", () => explanations().length === 1);
    const page = explanations()[0]?.group.viewColumn;
    ok(page, "the explanation is in a group");
    await vscode.window.showTextDocument(inFolder("serial.log"), { viewColumn: page });
    await vscode.commands.executeCommand("sevStatus.explainLog");
    await eventually(
      "the explanation is beside the log",
      () => explanations()[0]?.group.viewColumn !== page,
    );
    equal(explanations().length, 1);
  });

  it("reads a file that no editor shows, in every host", async () => {
    await vscode.commands.executeCommand("sevStatus.explainLog", inFolder("serial.log"));
    await eventually("the explanation is open", () => explanations().length === 1);
  });

  it("takes a selection of a document that was never saved", async () => {
    // The only untitled document of the suites: a second one could get the name of the first while that is closed.
    const content = "nothing\nguest SEV_STATUS = 0x887\nnothing\n";
    const document = await vscode.workspace.openTextDocument({ language: "log", content });
    const editor = await vscode.window.showTextDocument(document);
    const start = positionOf(editor.document, "guest", 0);
    editor.selection = new vscode.Selection(start, start.translate(1, 3));
    await vscode.commands.executeCommand("sevStatus.explainLog");
    await eventually("the explanation is open", () => explanations().length === 1);
  });

  it("opens nothing for a file that is not there, or for a folder", async () => {
    const folder = vscode.Uri.joinPath(inFolder("host.log"), "..");
    for (const uri of [inFolder("missing.log"), folder]) {
      await vscode.commands.executeCommand("sevStatus.explainLog", uri);
      equal(explanations().length, 0);
    }
    await vscode.commands.executeCommand("notifications.clearAll");
    await vscode.commands.executeCommand("sevStatus.explainLog", inFolder("host.log"));
    await eventually("the explanation of the next log is open", () => explanations().length === 1);
  });
});
