import * as vscode from "vscode";
import type { Reading } from "../decoder/log/reading";
import { hex64 } from "../decoder/u64";
import { foundAt } from "./found";
import { parseTyped } from "./decodeValue";

/**
 * `SEV: Decode Selection`: the selected value in the feature table. What the line says of it decides what it
 * is read as; a value of which the line says nothing is read as SEV_STATUS.
 */
export function registerDecodeSelection(): vscode.Disposable {
  return vscode.commands.registerTextEditorCommand("sevStatus.decodeSelection", (editor) => {
    void decodeSelection(editor);
  });
}

async function decodeSelection({ document, selection }: vscode.TextEditor): Promise<void> {
  const text = document.getText(selection).trim();
  const reading = foundAt(document, selection.start)?.reading ?? null;
  const typed = parseTyped(text);
  const argument =
    argumentOf(reading) ??
    (typed.ok ? { register: typed.value.register, value: hex64(typed.value.value) } : null);
  if (argument !== null) {
    await vscode.commands.executeCommand("sevStatus.openFeatureTable", argument);
  } else if (reading !== null) {
    await vscode.commands.executeCommand("editor.action.showHover");
  } else {
    await vscode.window.showErrorMessage(typed.ok ? "" : typed.problem);
  }
}

function argumentOf(reading: Reading | null) {
  return reading?.kind === "register"
    ? { register: reading.register, value: hex64(reading.value) }
    : null;
}
