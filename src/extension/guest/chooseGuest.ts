import * as vscode from "vscode";
import { settledStatus } from "../../decoder/boot/assessed";
import { fromBanner } from "../../decoder/report/guest/kernelsLine";
import type { AskedValue } from "../../decoder/report/guest/kernelChoices";
import { isRecord, valueArgument } from "../commands/argument";
import { foundAt } from "../editor/found";
import type { Services } from "../services";
import { activeKernels } from "./activeKernels";
import { askedAbout } from "./askedAbout";
import { pickGuest } from "./pickGuest";
import { shownLog } from "./shownLog";

/** `SEV: Choose Guest Kernel…`: the catalog's releases, each with its missing features, or any release that is typed. */
export function registerChooseGuest(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.chooseGuest", async (argument: unknown) => {
    const log = logOf(argument);
    // A quick fix names the kernel, so no list opens. A link from anywhere can do the same, but only for one log.
    const named = isRecord(argument) ? argument["guest"] : undefined;
    if (typeof named === "string" && log !== null && services.guest.lookUp(named) !== null) {
      await services.guest.chooseForLog(log, named);
      return;
    }
    const value = valueArgument(argument);
    const { own } = await activeKernels(services);
    const picked = await pickGuest(services.guest, {
      asked: value === null ? askedAtCursor(services) : askedAbout(value),
      chosen: services.guest.for(log)?.profile.id,
      own: own === null ? null : { profile: own.profile, from: fromBanner(own) },
      isWhatIf: false,
    });
    if (picked !== null) await choose(services, picked.text, log);
  });
}

/**
 * The log that a choice is for: the one that the argument names, else the one in the active editor. Where a page is in
 * front, such as the feature table, the log beside it.
 */
function logOf(argument: unknown): vscode.Uri | null {
  const uri = isRecord(argument) ? argument["uri"] : undefined;
  if (typeof uri === "string") return vscode.Uri.parse(uri);
  return shownLog();
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<void>;
}

/** Chooses for one log or for the workspace, as the user says; null removes both choices. */
async function choose(
  { guest }: Services,
  text: string | null,
  log: vscode.Uri | null,
): Promise<void> {
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined;
  if (text === null) {
    if (log !== null) await guest.chooseForLog(log, null);
    if (hasWorkspace) await guest.chooseForWorkspace(null);
    const left = guest.for(log);
    if (left !== null)
      void vscode.window.showInformationMessage(
        `The setting sevStatus.guest still chooses ${left.profile.label}: remove it from your user settings too.`,
      );
    return;
  }
  const items: ScopeItem[] = [
    ...(log === null
      ? []
      : [
          {
            label: `$(file) For this log: ${nameOf(log)}`,
            description: "remembered; no file is changed",
            choose: () => guest.chooseForLog(log, text),
          },
        ]),
    ...(hasWorkspace
      ? [
          {
            label: "$(root-folder) For this workspace",
            description: "writes sevStatus.guest into the workspace's settings",
            choose: () => guest.chooseForWorkspace(text),
          },
        ]
      : []),
  ];
  if (items.length === 0) {
    await vscode.window.showInformationMessage(
      "There is no log to choose a guest kernel for: open a log or a folder, or set sevStatus.guest in the settings.",
    );
    return;
  }
  const [only] = items;
  const picked =
    items.length === 1
      ? only
      : await vscode.window.showQuickPick(items, { title: "Where does this guest kernel count?" });
  await picked?.choose();
}

/** The last part of a document's path. */
function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1) || path;
}

/** The value under the cursor of the active editor, else the SEV_STATUS of its boot. */
function askedAtCursor({ logs }: Services): AskedValue {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return null;
  const { document, selection } = editor;
  const log = logs.of(document);
  const found = foundAt(document, selection.active, log);
  if (found !== null && !found.isMask && found.register !== null) return askedAbout(found.register);
  const boot = log?.boots().get(log.bootOf(selection.active.line));
  const status = boot === undefined ? null : settledStatus(boot);
  return status === null ? null : { status };
}
