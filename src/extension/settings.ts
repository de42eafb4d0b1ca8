import * as vscode from "vscode";
import type { ProblemScope } from "../decoder/report/editor/logProblems";

const SECTION = "sevStatus";

/** Which values a hover decodes: those whose line says what they are, any hex value, or none. */
export type HoverScope = "recognized" | "anyHex" | "off";

export const DIAGNOSTICS_SETTING = `${SECTION}.diagnostics`;

export const GUEST_SETTING = `${SECTION}.guest`;

export const GUESTS_SETTING = `${SECTION}.guests`;

/** `sevStatus.guests`, unchecked; an empty list if it is not set. */
export function guestsSetting(): unknown {
  return vscode.workspace.getConfiguration(SECTION).get("guests") ?? [];
}

/** `sevStatus.guest`, unchecked; "" if it is not set. */
export function guestSetting(): string {
  const text: unknown = vscode.workspace.getConfiguration(SECTION).get("guest");
  return typeof text === "string" ? text.trim() : "";
}

/** `sevStatus.hover.scope`; the default for an invalid value. */
export function hoverScope(): HoverScope {
  const scope: unknown = vscode.workspace.getConfiguration(SECTION).get("hover.scope");
  return scope === "anyHex" || scope === "off" ? scope : "recognized";
}

/** `sevStatus.diagnostics`; the default for an invalid value. */
export function diagnosticsScope(): ProblemScope {
  const scope: unknown = vscode.workspace.getConfiguration(SECTION).get("diagnostics");
  return scope === "all" || scope === "off" ? scope : "terminations";
}

/** Writes `sevStatus.guest` of the workspace, or removes it for null. The user's own setting stays as it is. */
export async function setWorkspaceGuest(text: string | null): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  await configuration.update("guest", text ?? undefined, vscode.ConfigurationTarget.Workspace);
}

/** `sevStatus.terminalLinks`; true for an invalid value. */
export function hasTerminalLinks(): boolean {
  const links: unknown = vscode.workspace.getConfiguration(SECTION).get("terminalLinks");
  return links !== false;
}
