import * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import type { Services } from "../services";
import { kernelsFor } from "./placeKernels";
import { shownLog } from "./shownLog";

/** How long the boot at the cursor is waited for. */
const PATIENCE_MS = 2_000;

/** The kernels for the cursor's place in the active editor; without one what is chosen for the log beside the page in front. */
export async function activeKernels(services: Services): Promise<Kernels> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return { choice: services.guest.for(shownLog()), own: null };
  const { document, selection } = editor;
  const cancelling = new vscode.CancellationTokenSource();
  try {
    const place = { document, line: selection.active.line, withinMs: PATIENCE_MS };
    return await kernelsFor(services, place, cancelling.token);
  } finally {
    cancelling.dispose();
  }
}
