import * as vscode from "vscode";
import type { Reading } from "../../decoder/log/reading";
import { hex64 } from "../../decoder/text/u64";
import type { ValueArgument } from "./argument";
import { foundAt } from "../editor/found";
import { parseTyped } from "./typedValue";
import { withoutLinks } from "../pages/withoutLinks";

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
  const reading = readingIn(document, selection);
  const typed = parseTyped(document.getText(selection));
  const argument = argumentOf(reading) ?? (typed.ok ? argumentFrom(typed.value) : null);
  if (argument !== null) {
    await vscode.commands.executeCommand("sevStatus.openFeatureTable", argument);
  } else if (reading !== null) {
    await vscode.commands.executeCommand("editor.action.showHover");
  } else if (!typed.ok) {
    await vscode.window.showErrorMessage(withoutLinks(typed.problem));
  }
}

/** What the line says of the selected text: of the value that begins in the selection or holds it, if any. */
function readingIn(document: vscode.TextDocument, selection: vscode.Selection): Reading | null {
  const middle = document.positionAt(
    Math.floor((document.offsetAt(selection.start) + document.offsetAt(selection.end)) / 2),
  );
  return foundAt(document, middle)?.reading ?? null;
}

function argumentFrom({ register, value }: ValueArgument) {
  return { register, value: hex64(value) };
}

function argumentOf(reading: Reading | null) {
  return reading?.kind === "register" ? argumentFrom(reading) : null;
}
