import * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import type { Services } from "../services";
import { kernelsFor } from "./placeKernels";
import { shownLog } from "./shownLog";

/** The kernels for the cursor's place in the active editor; without one what is chosen for the log beside the page in front. */
export async function activeKernels(services: Services): Promise<Kernels> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return { choice: services.guest.for(shownLog()), own: null };
  const { document, selection } = editor;
  return kernelsFor(services, { document, line: selection.active.line });
}
