import type * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import { kernelsAt } from "../../decoder/boot/kernels";
import type { Services } from "../services";

/** A place of a document, and how long its boot may take to be read. */
export interface KernelPlace {
  readonly document: vscode.TextDocument;
  /** From 0. */
  readonly line: number;
  /** Null: however long it takes. */
  readonly withinMs: number | null;
}

/**
 * The kernels for a place: every surface that shows a verdict asks here. Without the boot's own kernel where the document
 * was not read so far in time.
 */
export async function kernelsFor(
  { guest, logs }: Services,
  { document, line, withinMs }: KernelPlace,
  token: vscode.CancellationToken,
): Promise<Kernels> {
  const choice = guest.for(document.uri);
  const log = await logs.ready(document, { line, withinMs }, token);
  return log === null ? { choice, own: null } : kernelsAt(log, line, choice);
}

/** The name that leads a command to the boot's own kernel; null where a name cannot say all that its banner did. */
export function ownKernelName({ guest }: Services, { own }: Kernels): string | null {
  if (own === null) return null;
  const { id, row } = own.profile;
  return guest.lookUp(id)?.row === row ? id : null;
}
