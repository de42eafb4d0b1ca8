import * as vscode from "vscode";
import { closeAll, configure, show } from "./editing";
import { equal, eventually } from "./expect";

const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";
const REFUSED = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
const TWO_BOOTS = [BANNER, STATUS, "x", "x", REFUSED, "x", "x", "x"].join("\n");

async function outline(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    "vscode.executeDocumentSymbolProvider",
    document.uri,
  );
  return symbols ?? [];
}

async function names(document: vscode.TextDocument): Promise<string[]> {
  return (await outline(document)).map(({ name, detail }) => `${name}, ${detail}`);
}

describe("the boots of a log", () => {
  afterEach(async () => {
    await configure("guest", undefined);
    await closeAll();
  });

  it("stand in the outline with what was found in each", async () => {
    const { document } = await show(TWO_BOOTS);
    equal(await names(document), [
      "✓ Boot 1 · 6.12.77, booted – feature check passed",
      "✗ Boot 2 · SecureTSC, refused – missing SecureTSC",
    ]);
    const [first] = await outline(document);
    equal(
      first?.children.map(({ name }) => name),
      ["Kernel 6.12.77", "SEV_STATUS ⊇ 0x7"],
    );
  });

  it("stand in no outline of source code that tells of no boot", async () => {
    const { document } = await show("x = 1;\nguest SEV_STATUS = 0x887\n", "c");
    equal(await names(document), []);
  });

  it("fold", async () => {
    const { document } = await show(TWO_BOOTS);
    // The window learns of the folding a moment after the outline.
    const ranges = await eventually("folding ranges", async () => {
      const given = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        "vscode.executeFoldingRangeProvider",
        document.uri,
      );
      return given.length > 0 ? given : null;
    });
    equal(
      ranges.map(({ start, end }) => `${start}-${end}`),
      ["0-3", "4-7"],
    );
  });

  it("follow a log that grows, and an edit in its middle", async () => {
    const editor = await show(`${BANNER}\n${STATUS}\n`);
    const { document } = editor;
    equal((await outline(document)).length, 1);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(document.lineCount - 1, 0), `${REFUSED}\n`);
    });
    equal((await outline(document)).length, 2);
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), `x\n${REFUSED}\n`);
      edit.replace(document.lineAt(2).range, "gone");
    });
    await eventually("the boots follow", async () => (await outline(document)).length === 2);
    equal(
      (await outline(document)).map(({ name }) => name),
      ["✗ Boot 1 · SecureTSC", "✓ Boot 2 · 6.12.77"],
    );
  });
});

describe("going from finding to finding", () => {
  afterEach(closeAll);

  async function lineAfter(command: string, editor: vscode.TextEditor): Promise<number> {
    await vscode.commands.executeCommand(`sevStatus.${command}`);
    return editor.selection.active.line;
  }

  it("moves the cursor, and goes around at the ends", async () => {
    const editor = await show(`x\n${TWO_BOOTS}`);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    equal(await lineAfter("nextFinding", editor), 1);
    equal(await lineAfter("nextFinding", editor), 2);
    equal(await lineAfter("nextFinding", editor), 5);
    equal(await lineAfter("nextFinding", editor), 1);
    equal(await lineAfter("previousFinding", editor), 5);
    equal(await lineAfter("previousFinding", editor), 2);
  });

  it("stays where it is in a document without one", async () => {
    const editor = await show("x\nx\n");
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    equal(await lineAfter("nextFinding", editor), 1);
    equal(await lineAfter("previousFinding", editor), 1);
  });
});
