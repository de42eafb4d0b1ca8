import * as vscode from "vscode";
import type { GuestProfile } from "../decoder/guest/profile";
import { lackingFeatures, refusedBy } from "../decoder/guest/check";
import { statusFromFeatures } from "../decoder/features";
import type { Reading } from "../decoder/log/reading";
import { recogniseLine } from "../decoder/log/recognise";
import { DOCUMENTS, linesOf } from "./documents";
import type { Services } from "./services";

/** Lines beyond the visible ones that are marked too, so that scrolling shows no gap. */
const MARGIN = 50;
/** How long typing and scrolling may rest before the marks follow. */
const DELAY_MS = 100;

/** Marks, in the visible part of each editor, the values that hold features the chosen guest lacks. */
export function registerHighlights({ guest }: Services): vscode.Disposable {
  const lacking = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor("sevStatus.lackingBackground"),
    borderColor: new vscode.ThemeColor("sevStatus.lackingBorder"),
    borderStyle: "solid",
    borderWidth: "0 0 2px 0",
    overviewRulerColor: new vscode.ThemeColor("sevStatus.lackingBorder"),
    overviewRulerLane: vscode.OverviewRulerLane.Right,
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const waiting = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();
  const mark = (editor: vscode.TextEditor) => {
    const isOurs = vscode.languages.match(DOCUMENTS, editor.document) > 0;
    editor.setDecorations(lacking, isOurs ? rangesIn(editor, guest.current()) : []);
  };
  const later = (editor: vscode.TextEditor) => {
    clearTimeout(waiting.get(editor));
    waiting.set(
      editor,
      setTimeout(() => {
        waiting.delete(editor);
        mark(editor);
      }, DELAY_MS),
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
    vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
      later(textEditor);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      vscode.window.visibleTextEditors
        .filter((editor) => editor.document === document)
        .forEach(later);
    }),
    new vscode.Disposable(() => {
      waiting.forEach((timer) => {
        clearTimeout(timer);
      });
    }),
  );
}

function rangesIn({ document, visibleRanges }: vscode.TextEditor, guest: GuestProfile | null) {
  if (guest === null) return [];
  const lines = linesOf(document);
  const ranges: vscode.Range[] = [];
  for (const line of linesToMark(visibleRanges, document.lineCount)) {
    for (const { start, end, reading } of recogniseLine(lines, line)) {
      if (lacks(reading, guest)) ranges.push(new vscode.Range(line, start, line, end));
    }
  }
  return ranges;
}

/** The visible lines and a margin, each once and in order. */
function linesToMark(visible: readonly vscode.Range[], lineCount: number): Set<number> {
  const lines = new Set<number>();
  for (const { start, end } of visible) {
    const last = Math.min(lineCount - 1, end.line + MARGIN);
    for (let line = Math.max(0, start.line - MARGIN); line <= last; line++) lines.add(line);
  }
  return lines;
}

/** Whether a value holds features that the guest lacks. */
function lacks(reading: Reading, guest: GuestProfile): boolean {
  if (reading.kind !== "register" || reading.mask === true || reading.synthetic === true)
    return false;
  switch (reading.register) {
    case "sev-status":
      return lackingFeatures(reading.value, guest) !== 0n;
    case "sev-features":
      return lackingFeatures(statusFromFeatures(reading.value), guest) !== 0n;
    case "unsupported-features":
      return refusedBy(reading.value, guest) !== 0n;
    default:
      return false;
  }
}
