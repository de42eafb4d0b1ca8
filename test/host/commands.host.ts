import * as vscode from "vscode";
import { closeAll, configure, featureTables, hoverOver, positionOf, show } from "./editing";
import { equal, eventually, excludes, includes, ok } from "./expect";

/** What the manifest says, as far as these tests ask. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe("the commands", () => {
  afterEach(async () => {
    await configure("guest", undefined);
    await closeAll();
  });

  it("are all there that the manifest names, and no other", async () => {
    const extension = vscode.extensions.getExtension<unknown>("sev-status.sev-status");
    ok(extension, "the extension is known");
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    const declared = contributes.commands.map(({ command }) => command).sort();
    const registered = await vscode.commands.getCommands(true);
    equal(
      registered
        .filter(
          (command) =>
            command.startsWith("sevStatus.") &&
            !/\.(?:focus|open|resetViewLocation)$/u.test(command),
        )
        .sort(),
      declared,
    );
  });

  it("open one feature table and use it again", async () => {
    await vscode.commands.executeCommand("sevStatus.openFeatureTable");
    await eventually("the feature table is open", () => featureTables().length === 1);
    await vscode.commands.executeCommand("sevStatus.openFeatureTable", {
      register: "sev-status",
      value: "0x887",
    });
    await eventually("there is still one", () => featureTables().length === 1);
  });

  it("decode the selection into the feature table", async () => {
    const editor = await show("guest SEV_STATUS = 0x887\n");
    const start = positionOf(editor.document, "0x887", 0);
    editor.selection = new vscode.Selection(start, start.translate(0, 5));
    await vscode.commands.executeCommand("sevStatus.decodeSelection");
    await eventually("the feature table is open", () => featureTables().length === 1);
  });

  it("copy the decode at the cursor as Markdown, with its sources", async () => {
    const editor = await show("guest SEV_STATUS = 0x887\n");
    const at = positionOf(editor.document, "0x887");
    editor.selection = new vscode.Selection(at, at);
    await configure("guest", "6.6");
    await vscode.commands.executeCommand("sevStatus.copyMarkdown");
    const copied = await vscode.env.clipboard.readText();
    includes(copied, "**Linux 6.6 refuses to boot** – missing SecureTSC");
    includes(copied, "Sources:");
    includes(copied, "```text\nguest SEV_STATUS = 0x887\n```");
  });

  it("copy the answer as text first: the line, where it stands, verdict, bits and fix", async () => {
    const refusal = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
    const editor = await show(`nothing\n${refusal}\n`);
    const at = positionOf(editor.document, "0x800");
    editor.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand("sevStatus.copyText");
    const copied = await vscode.env.clipboard.readText();
    includes(copied, refusal);
    includes(copied, /:2:\n/u);
    includes(copied, "✗ Guest refused to boot – missing SecureTSC");
    includes(copied, ".... .... .... X... .... ....");
    includes(copied, "Fix: guest ≥ 6.14 (LTS 6.18.y)");
    excludes(copied, "\\");
  });

  it("show all that is known of a value as a text", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    await vscode.commands.executeCommand("sevStatus.showDetails", {
      uri: document.uri.toString(),
      line: 0,
      character: 20,
    });
    const text = vscode.window.activeTextEditor?.document.getText() ?? "";
    includes(text, "guest SEV_STATUS = 0x887");
    includes(text, "Sources:");
  });

  it("survive arguments of any kind", async () => {
    const wishes: readonly unknown[] = [
      null,
      7,
      "x",
      [],
      { register: "rax", value: "0x7" },
      { register: "sev-status", value: "0x1_0000_0000_0000_0000" },
    ];
    for (const wish of wishes) {
      await vscode.commands.executeCommand("sevStatus.openFeatureTable", wish);
    }
    await eventually("the feature table is open", () => featureTables().length === 1);
  });
});

describe("guests of one's own, in the settings", () => {
  afterEach(async () => {
    await configure("guest", undefined);
    await configure("guests", undefined);
    await closeAll();
  });

  it("are asked by their names, as the settings have them now", async () => {
    const copied = async () => {
      await vscode.commands.executeCommand("sevStatus.copyMarkdown");
      return vscode.env.clipboard.readText();
    };
    const editor = await show("guest SEV_STATUS = 0x887\n");
    const at = positionOf(editor.document, "0x887");
    editor.selection = new vscode.Selection(at, at);
    await configure("guests", [{ name: "lab", base: "6.12.80", add: ["SecureTSC"] }, 7]);
    await configure("guest", "Lab");
    await eventually("lab boots", async () =>
      (await copied()).includes("**lab boots** – supports every enabled feature"),
    );
    await configure("guests", [{ name: "lab", base: "6.12.80" }]);
    await eventually("lab refuses", async () =>
      (await copied()).includes("**lab refuses to boot** – missing SecureTSC"),
    );
  });
});

describe("choosing a guest kernel", () => {
  it("leaves the setting as it is when the list is closed without a choice", async () => {
    await configure("guest", "6.6");
    const done = vscode.commands.executeCommand("sevStatus.chooseGuest");
    let open = true;
    void done.then(() => {
      open = false;
    });
    await eventually("the list is closed", async () => {
      await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
      return !open;
    });
    equal(vscode.workspace.getConfiguration("sevStatus").get<string>("guest"), "6.6");
    await configure("guest", undefined);
  });

  it("for one log changes neither the user's settings nor the workspace's, and no other log", async () => {
    const line = "guest SEV_STATUS = 0x887\n";
    const other = await show(line);
    const { document } = await show(line);
    await vscode.commands.executeCommand("sevStatus.chooseGuest", {
      guest: "6.6",
      uri: document.uri.toString(),
    });
    const text = await hoverOver(document, "0x887");
    includes(text, "**Linux 6.6 refuses to boot**");
    includes(text, "chosen for this log");
    excludes(await hoverOver(other.document, "0x887"), "Linux 6.6");
    const inspected = vscode.workspace.getConfiguration("sevStatus").inspect("guest");
    equal(inspected?.globalValue, undefined);
    equal(inspected?.workspaceValue, undefined);
    equal(inspected?.workspaceFolderValue, undefined);
    const folder = vscode.workspace.workspaceFolders?.[0];
    ok(folder, "the window shows a folder");
    const names = (await vscode.workspace.fs.readDirectory(folder.uri)).map(([name]) => name);
    equal(names.includes(".vscode"), false);
    await closeAll();
  });
});
