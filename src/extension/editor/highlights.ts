import * as vscode from "vscode";
import type { Choice } from "../../decoder/boot/assessed";
import type { DocumentBoots } from "../../decoder/boot/document";
import { guestIn, kernelsAt } from "../../decoder/boot/kernels";
import { lackingIn } from "../../decoder/report/guest/lacking";
import { rangeOf } from "./documents";
import type { Services } from "../services";

/** The most marks in one document. */
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
    editor.setDecorations(
      lacking,
      log === null ? [] : rangesIn(log, guest.for(editor.document.uri)),
    );
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

/**
 * The texts to mark, by the findings so far: for the chosen kernel, else for the one of their boot. What a kernel boots
 * with that visibly runs is not marked for that kernel.
 */
function rangesIn(log: DocumentBoots, choice: Choice | null): vscode.Range[] {
  const ranges: vscode.Range[] = [];
  for (const finding of log.findings()) {
    const own = log.isBootRead(finding.line) ? kernelsAt(log, finding.line, choice).own : null;
    const guest = guestIn({ choice, own });
    if (guest === null || (choice === null && own?.isRunning === true)) continue;
    for (const token of finding.tokens) {
      if (ranges.length === MOST_MARKS) return ranges;
      if (lackingIn(finding.fact, token.field, guest) !== 0n) ranges.push(rangeOf(token));
    }
  }
  return ranges;
}
