import * as vscode from "vscode";
import type { Finding } from "../../decoder/log/finding";
import { findingLabel } from "../../decoder/report/boot/findingLabel";
import { plain } from "../../decoder/report/phrase";
import { visible } from "../../decoder/text/visible";
import type { Services } from "../services";

/** `SEV: Next Finding` and `SEV: Previous Finding`: the cursor goes from finding to finding, and around at the ends. */
export function registerFindingJumps(services: Services): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand("sevStatus.nextFinding", () => jump(services, nextOf)),
    vscode.commands.registerCommand("sevStatus.previousFinding", () => jump(services, previousOf)),
  );
}

/** The index of the finding to go to; negative ones count from the end. */
type Choice = (findings: readonly Finding[], from: vscode.Position) => number;

const nextOf: Choice = (findings, from) =>
  Math.max(
    0,
    findings.findIndex((finding) => startOf(finding).isAfter(from)),
  );

const previousOf: Choice = (findings, from) =>
  findings.filter((finding) => startOf(finding).isBefore(from)).length - 1;

async function jump({ logs }: Services, choose: Choice): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const findings = editor === undefined ? null : await findingsOf(logs, editor.document);
  if (editor === undefined || findings === null) {
    vscode.window.setStatusBarMessage(
      "No SEV values are looked for here: expected a log or source file of at most 50 MB in the active editor",
      5000,
    );
    return;
  }
  const finding = findings.at(choose(findings, editor.selection.active));
  if (finding === undefined) {
    vscode.window.setStatusBarMessage("No SEV finding in this document", 5000);
    return;
  }
  const start = startOf(finding);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(
    new vscode.Range(start, start),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
  vscode.window.setStatusBarMessage(
    `SEV finding ${findings.indexOf(finding) + 1} of ${findings.length}: ${visible(plain(findingLabel(finding)))}`,
    5000,
  );
}

function findingsOf(
  logs: Services["logs"],
  document: vscode.TextDocument,
): Thenable<readonly Finding[] | null> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: "Looking for SEV values" },
    async (_progress, token) => (await logs.whole(document, token))?.findings() ?? null,
  );
}

function startOf({ line, start }: Finding): vscode.Position {
  return new vscode.Position(line, start);
}
