import * as vscode from "vscode";
import { foundAt } from "../../editor/found";
import { kernelsFor, ownKernelName } from "../../guest/placeKernels";
import type { ValueArgument } from "../../commands/argument";
import { parseTyped } from "../../commands/typedValue";
import type { Services } from "../../services";

/** A value in the active editor, its document, and the kernel of its boot. */
interface InSight {
  readonly value: ValueArgument;
  readonly uri: string;
  readonly guest: string | null;
}

/** The value that is selected in the active editor, or under its cursor; null without one. */
export async function valueInSight(services: Services): Promise<InSight | null> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const value =
    foundAt(document, selection.active, services.logs.of(document))?.register ??
    selected(document.getText(selection));
  if (value === null) return null;
  const kernels = await kernelsFor(services, { document, line: selection.active.line });
  return { value, uri: document.uri.toString(), guest: ownKernelName(services, kernels) };
}

function selected(text: string): ValueArgument | null {
  const typed = text.trim() === "" ? null : parseTyped(text);
  return typed?.ok === true ? typed.value : null;
}
