import * as vscode from "vscode";
import type { Found } from "../editor/found";
import { foundAt } from "../editor/found";
import { activeKernels } from "../guest/activeKernels";
import { ownKernelName } from "../guest/placeKernels";
import type { Services } from "../services";
import { argumentFor } from "./argument";
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
  const found = foundIn(services, document, selection);
  const typed = parseTyped(document.getText(selection));
  const value = found?.register ?? (typed.ok ? typed.value : null);
  if (value !== null) {
    const guest = ownKernelName(services, await activeKernels(services));
    await vscode.commands.executeCommand(
      "sevStatus.openFeatureTable",
      argumentFor(value, { uri: document.uri.toString(), guest }),
    );
  } else if (found?.kind === "value") {
    await vscode.commands.executeCommand("editor.action.showHover");
  } else if (!typed.ok) {
    await vscode.window.showErrorMessage(withoutLinks(typed.problem));
  }
}

/** The value or name at the middle of the selection, if any. */
function foundIn(
  { logs }: Services,
  document: vscode.TextDocument,
  selection: vscode.Selection,
): Found | null {
  const middle = document.positionAt(
    Math.floor((document.offsetAt(selection.start) + document.offsetAt(selection.end)) / 2),
  );
  return foundAt(document, middle, logs.of(document));
}
