import * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import { kernelsAt } from "../../decoder/boot/kernels";
import type { Services } from "../services";

/** How long to wait until the boot of a place is read. */
const PATIENCE_MS = 2_000;

/** A zero-based line of a document. */
interface Place {
  readonly document: vscode.TextDocument;
  readonly line: number;
}

/**
 * The kernels for a place: every surface that shows a verdict asks here. Without the boot's own kernel where the document
 * was not read so far in time, or `token` cancels.
 */
export async function kernelsFor(
  { guest, logs }: Services,
  { document, line }: Place,
  token?: vscode.CancellationToken,
): Promise<Kernels> {
  const choice = guest.for(document.uri);
  const never = new vscode.CancellationTokenSource();
  try {
    const log = await logs.ready(document, { line, withinMs: PATIENCE_MS }, token ?? never.token);
    return log === null ? { choice, own: null } : kernelsAt(log, line, choice);
  } finally {
    never.dispose();
  }
}

/** A name with which a command finds the boot's own kernel; null if the name alone would find another one. */
export function ownKernelName({ guest }: Services, { own }: Kernels): string | null {
  if (own === null) return null;
  const { id, row } = own.profile;
  return guest.lookUp(id)?.row === row ? id : null;
}
