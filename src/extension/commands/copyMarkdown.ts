import * as vscode from "vscode";
import { markdownOf } from "../../decoder/report/render/markdown";
import { isRecord } from "./argument";
import { anyHexAt, foundAt } from "../editor/found";
import { guestIn } from "../../decoder/boot/kernels";
import { kernelsPhrase } from "../../decoder/report/guest/kernelsLine";
import { kernelsFor } from "../guest/placeKernels";
import type { Services } from "../services";

/** `SEV: Copy Decode as Markdown`: the decode of the value at a hover's place or at the cursor. */
export function registerCopyMarkdown(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.copyMarkdown", async (argument: unknown) => {
    const place = argument === undefined ? placeOfCursor() : placeOf(argument);
    const found =
      place === null
        ? null
        : (foundAt(place.document, place.position, services.logs.of(place.document)) ??
          anyHexAt(place.document, place.position));
    if (place === null || found === null) {
      await vscode.window.showErrorMessage(
        "There is nothing to copy here: put the cursor on a value such as 0x887 or on a name such as MSR_AMD64_SNP_SECURE_TSC.",
      );
      return;
    }
    const { document, position } = place;
    const kernels = await kernelsFor(services, { document, line: position.line });
    const report = found.report(guestIn(kernels));
    const whose = kernelsPhrase(kernels, found.status);
    const notes = whose === null ? report.notes : [whose, ...report.notes];
    await vscode.env.clipboard.writeText(`${markdownOf({ ...report, notes })}\n`);
    vscode.window.setStatusBarMessage("Decode copied as Markdown", 3000);
  });
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

function placeOfCursor(): Place | null {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined
    ? null
    : { document: editor.document, position: editor.selection.active };
}

function placeOf(argument: unknown): Place | null {
  if (!isRecord(argument)) return null;
  const { uri, line, character } = argument;
  if (typeof uri !== "string" || !isPlace(line) || !isPlace(character)) return null;
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  return document === undefined || line >= document.lineCount
    ? null
    : { document, position: new vscode.Position(line, character) };
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === "number" && value >= 0;
}
