import * as vscode from "vscode";
import type { DocumentBoots } from "../../decoder/boot/document";
import type { Kernels } from "../../decoder/boot/kernels";
import { guestIn } from "../../decoder/boot/kernels";
import { kernelInBrief, shortLabel } from "../../decoder/report/guest/kernelsLine";
import type { LogBrief } from "../../decoder/report/editor/logBrief";
import { logBrief } from "../../decoder/report/editor/logBrief";
import type { Tone } from "../../decoder/report/report";
import { visible } from "../../decoder/text/visible";
import { activeKernels } from "../guest/activeKernels";
import type { Services } from "../services";
import { isLog } from "./documents";

/**
 * The paths of the shown logs with findings: menus ask for `resourcePath in` this list. A window and an extension host on
 * another machine have different URIs for one file, but the same path.
 */
const LOGS_KEY = "sevStatus.logsWithFindings";
const ACTIONS = "sevStatus.logActions";

const ICONS: Readonly<Record<Tone, string>> = {
  bad: "error",
  unknown: "warning",
  good: "pass",
  neutral: "info",
};

/**
 * What the log in the active editor comes to, in the status bar: `SEV: 1 refused · 6.12.117`. Hidden where a log has no
 * findings, and beside other documents. Also tells menus which of the shown documents are logs with findings.
 */
export function registerLogStatus(services: Services): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    "sevStatus.log",
    vscode.StatusBarAlignment.Left,
    // To the right of what VS Code shows of its own.
    -10,
  );
  item.name = "SEV findings of the log";
  item.command = ACTIONS;
  const keys = new LogKeys();
  let newest = 0;
  const update = async () => {
    newest += 1;
    const own = newest;
    keys.set(shownLogs(services));
    const brief = activeBrief(services);
    if (brief === null) {
      item.hide();
      return;
    }
    const kernels = await activeKernels(services);
    if (own === newest) show(item, brief, kernels);
  };
  const updateNow = () => void update();
  updateNow();
  return vscode.Disposable.from(
    item,
    vscode.commands.registerCommand(ACTIONS, () => chooseAction()),
    services.guest.onDidChange(updateNow),
    services.logs.onDidChange(updateNow),
    vscode.window.onDidChangeActiveTextEditor(updateNow),
    vscode.window.onDidChangeVisibleTextEditors(updateNow),
    vscode.window.onDidChangeTextEditorSelection(updateNow),
  );
}

/** `kernels`: those at the cursor. */
function show(item: vscode.StatusBarItem, { tone, text, spoken }: LogBrief, kernels: Kernels) {
  const profile = guestIn(kernels);
  const kernel = kernelInBrief(kernels);
  const release = profile === null ? "" : ` · ${visible(shortLabel(profile))}`;
  item.text = `$(${ICONS[tone]}) SEV: ${text}${release}`;
  const whose = kernel === null ? "" : `; kernel ${visible(kernel)}`;
  item.tooltip = `${spoken}${whose}`;
  item.accessibilityInformation = { label: `SEV: ${spoken}${whose}` };
  item.show();
}

/** What was made of a document's boots last; they are put together anew only where the document changed. */
const BRIEFS = new WeakMap<
  object,
  { readonly choice: string | null; readonly brief: LogBrief | null }
>();

function activeBrief({ guest, logs }: Services): LogBrief | null {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !isLog(document)) return null;
  const log = logs.of(document);
  return log === null ? null : briefOf(log, guest.for(document.uri));
}

function briefOf(
  log: DocumentBoots,
  choice: ReturnType<Services["guest"]["for"]>,
): LogBrief | null {
  const boots = log.boots();
  const chosen = choice?.profile.id ?? null;
  const known = BRIEFS.get(boots);
  if (known?.choice === chosen) return known.brief;
  const brief = logBrief(log, choice);
  BRIEFS.set(boots, { choice: chosen, brief });
  return brief;
}

function shownLogs({ logs }: Services): string[] {
  return vscode.window.visibleTextEditors
    .map(({ document }) => document)
    .filter((document) => isLog(document) && (logs.of(document)?.findings().length ?? 0) > 0)
    .flatMap(({ uri }) => [uri.path, uri.fsPath]);
}

/** Tells VS Code the list only where it has changed. */
class LogKeys {
  #told = "";

  set(paths: readonly string[]): void {
    const unique = [...new Set(paths)].sort();
    const key = JSON.stringify(unique);
    if (key === this.#told) return;
    this.#told = key;
    void vscode.commands.executeCommand("setContext", LOGS_KEY, unique);
  }
}

interface Action extends vscode.QuickPickItem {
  readonly command: string;
  readonly argument?: string;
}

const ACTION_ITEMS: readonly Action[] = [
  { label: "$(list-tree) Explain This Log", command: "sevStatus.explainLog" },
  { label: "$(arrow-down) Next Finding", command: "sevStatus.nextFinding" },
  { label: "$(server) Check Against Another Kernel…", command: "sevStatus.chooseGuest" },
  { label: "$(table) Open Feature Table", command: "sevStatus.openFeatureTable" },
  {
    label: "$(gear) Settings of SEV Status",
    command: "workbench.action.openSettings",
    argument: "@ext:sev-status.sev-status",
  },
];

async function chooseAction(): Promise<void> {
  const picked = await vscode.window.showQuickPick(ACTION_ITEMS, {
    title: "SEV",
    placeHolder: "What to do with the findings of this log",
  });
  if (picked === undefined) return;
  const { command, argument } = picked;
  await (argument === undefined
    ? vscode.commands.executeCommand(command)
    : vscode.commands.executeCommand(command, argument));
}
