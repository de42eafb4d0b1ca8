import * as vscode from "vscode";
import { HOST_SWITCHES } from "../../decoder/guest/advice/hostSwitches";
import { isRecord } from "./argument";

/** Copies a host switch of the catalog, named by a quick fix, to the clipboard. Never runs it. */
export function registerCopyHostSwitch(): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.copyHostSwitch", async (argument: unknown) => {
    const text = isRecord(argument) ? argument["text"] : undefined;
    const known = HOST_SWITCHES.find((one) => one.kind === "setting" && one.text === text);
    if (known === undefined) return;
    await vscode.env.clipboard.writeText(known.text);
    vscode.window.setStatusBarMessage(`Copied for ${known.software}: ${known.text}`, 5000);
  });
}
