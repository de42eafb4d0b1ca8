import * as vscode from "vscode";
import type { Reading } from "../../decoder/log/reading";
import { hex64 } from "../../decoder/text/u64";
import { activeKernels } from "../guest/activeKernels";
import type { Services } from "../services";
import type { ValueArgument } from "./argument";
import { foundAt } from "../editor/found";
import { parseTyped } from "./typedValue";
import { withoutLinks } from "../pages/withoutLinks";

/**
 * `SEV: Decode Selection`: the selected value in the feature table. What the line says of it decides what it
 * is read as; a value of which the line says nothing is read as SEV_STATUS.
 */
export function registerDecodeSelection(services: Services): vscode.Disposable {
  return vscode.commands.registerTextEditorCommand("sevStatus.decodeSelection", (editor) => {
    void decodeSelection(services, editor);
  });
}

async function decodeSelection(
  services: Services,
  { document, selection }: vscode.TextEditor,
): Promise<void> {
  const reading = readingIn(services, document, selection);
  const typed = parseTyped(document.getText(selection));
  const argument = argumentOf(reading) ?? (typed.ok ? argumentFrom(typed.value) : null);
  if (argument !== null) {
    const { own } = await activeKernels(services);
    await vscode.commands.executeCommand("sevStatus.openFeatureTable", {
      ...argument,
      uri: document.uri.toString(),
      ...(own === null ? {} : { guest: own.profile.id }),
    });
  } else if (reading !== null) {
    await vscode.commands.executeCommand("editor.action.showHover");
  } else if (!typed.ok) {
    await vscode.window.showErrorMessage(withoutLinks(typed.problem));
  }
}

/** What the line says of the selected text: of the value that begins in the selection or holds it, if any. */
function readingIn(
  { logs }: Services,
  document: vscode.TextDocument,
  selection: vscode.Selection,
): Reading | null {
  const middle = document.positionAt(
    Math.floor((document.offsetAt(selection.start) + document.offsetAt(selection.end)) / 2),
  );
  return foundAt(document, middle, logs.of(document))?.reading ?? null;
}

function argumentFrom({ register, value }: ValueArgument) {
  return { register, value: hex64(value) };
}

function argumentOf(reading: Reading | null) {
  return reading?.kind === "register" ? argumentFrom(reading) : null;
}
