import * as vscode from "vscode";
import type { GuestProfile } from "../../decoder/guest/profile";
import type { Boot } from "../../decoder/boot/boots";
import type { DocumentLog } from "../../decoder/log/document/documentLog";
import { lackingIn } from "../../decoder/report/guest/lacking";
import { rangeOf } from "./documents";
import { guestOfBoot } from "../guest/placeGuest";
import type { Services } from "../services";

/** No more marks than these are made in one document. */
const MOST_MARKS = 20_000;

/**
 * Marks, in each visible editor and its overview ruler, the values that hold features which the chosen guest lacks,
 * or, where none is chosen, the guest of the boot that they stand in.
 */
export function registerHighlights({ guest, logs }: Services): vscode.Disposable {
  const lacking = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("sevStatus.lackingBackground"),
    borderColor: new vscode.ThemeColor("sevStatus.lackingBorder"),
    borderStyle: "solid",
    borderWidth: "0 0 2px 0",
    overviewRulerColor: new vscode.ThemeColor("sevStatus.lackingBorder"),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const mark = (editor: vscode.TextEditor) => {
    const log = logs.of(editor.document);
    editor.setDecorations(lacking, log === null ? [] : rangesIn(log, guest.current()));
  };
  const all = () => {
    vscode.window.visibleTextEditors.forEach(mark);
  };
  all();
  return vscode.Disposable.from(
    lacking,
    guest.onDidChange(all),
    vscode.window.onDidChangeVisibleTextEditors(all),
    logs.onDidChange((document) => {
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document === document) mark(editor);
      }
    }),
  );
}

/** The texts to mark, by the findings so far. */
function rangesIn(log: DocumentLog, chosen: GuestProfile | null): vscode.Range[] {
  const ranges: vscode.Range[] = [];
  let boot: Boot | undefined;
  let guest = chosen;
  for (const finding of log.findings()) {
    if (chosen === null && finding.boot !== boot?.number) {
      boot = log.isBootRead(finding.line) ? log.boots().get(finding.boot) : undefined;
      guest = boot === undefined ? null : (guestOfBoot(boot)?.profile ?? null);
    }
    if (guest === null || boot?.linesOfOthers.has(finding.line) === true) continue;
    for (const token of finding.tokens) {
      if (ranges.length === MOST_MARKS) return ranges;
      if (lackingIn(finding.fact, token.field, guest) !== 0n) ranges.push(rangeOf(token));
    }
  }
  return ranges;
}
