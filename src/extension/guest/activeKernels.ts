import * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import type { Services } from "../services";
import { kernelsFor } from "./placeKernels";
import { shownLog } from "./shownLog";

/** The kernels at the cursor of the active editor; without an editor, the choice for the only visible log. */
export async function activeKernels(services: Services): Promise<Kernels> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return { choice: services.guest.for(shownLog()), own: null };
  const { document, selection } = editor;
  return kernelsFor(services, { document, line: selection.active.line });
}
