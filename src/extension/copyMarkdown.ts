import * as vscode from "vscode";
import { markdownOf } from "../decoder/report/markdown";
import { isRecord } from "./argument";
import type { Found } from "./found";
import { anyHexAt, foundAt } from "./found";
import type { Services } from "./services";

/** `SEV: Copy Decode as Markdown`: the decode of the value at a hover's place or at the cursor. */
export function registerCopyMarkdown({ guest }: Services): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.copyMarkdown", async (argument: unknown) => {
    const found = argument === undefined ? foundAtCursor() : foundAtPlace(argument);
    if (found === null) {
      await vscode.window.showErrorMessage(
        "There is nothing to copy here: put the cursor on a value such as 0x887 or on a name such as MSR_AMD64_SNP_SECURE_TSC.",
      );
      return;
    }
    await vscode.env.clipboard.writeText(`${markdownOf(found.report(guest.current()))}\n`);
    vscode.window.setStatusBarMessage("Decode copied as Markdown", 3000);
  });
}

function foundAtCursor(): Found | null {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  return foundAt(document, selection.active) ?? anyHexAt(document, selection.active);
}

function foundAtPlace(argument: unknown): Found | null {
  if (!isRecord(argument)) return null;
  const { uri, line, character } = argument;
  if (typeof uri !== "string" || !isPlace(line) || !isPlace(character)) return null;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open === undefined || line >= open.lineCount) return null;
  const position = new vscode.Position(line, character);
  return foundAt(open, position) ?? anyHexAt(open, position);
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === "number" && value >= 0;
}
