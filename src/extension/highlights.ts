import * as vscode from "vscode";
import type { GuestProfile } from "../decoder/guest/profile";
import { lackingFeatures, refusedBy } from "../decoder/guest/check";
import { statusFromFeatures } from "../decoder/features";
import type { Reading } from "../decoder/log/reading";
import { recogniseLine } from "../decoder/log/recognise";
import { DOCUMENTS, linesOf } from "./documents";
import type { Services } from "./services";

/** How long typing may rest before the marks follow. */
const DELAY_MS = 100;
/** Lines read at once; between two slices the extension host does other work. */
const SLICE = 2_000;
/** Marks are made for the beginning of a longer document only. */
const MOST_LINES = 200_000;

/** Marks, in each visible editor and its overview ruler, the values that hold features the chosen guest lacks. */
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
  const marks = new WeakMap<vscode.TextEditor, readonly vscode.Range[]>();
  const next = new Map<vscode.TextEditor, ReturnType<typeof setTimeout>>();

  const markFrom = (editor: vscode.TextEditor, first: number, before: vscode.Range[]) => {
    const profile = guest.current();
    const isOurs = vscode.languages.match(DOCUMENTS, editor.document) > 0;
    if (profile === null || !isOurs) {
      marks.delete(editor);
      editor.setDecorations(lacking, []);
      return;
    }
    const last = Math.min(first + SLICE, editor.document.lineCount, MOST_LINES);
    const ranges = [...before, ...rangesIn(editor.document, profile, { first, last })];
    // Below the lines read so far the earlier marks stay, so that a long log does not flicker as it grows.
    const below = (marks.get(editor) ?? []).filter(({ start }) => start.line >= last);
    marks.set(editor, [...ranges, ...below]);
    editor.setDecorations(lacking, [...ranges, ...below]);
    if (last < Math.min(editor.document.lineCount, MOST_LINES)) after(0, editor, last, ranges);
  };
  const after = (
    delay: number,
    editor: vscode.TextEditor,
    first: number,
    ranges: vscode.Range[],
  ) => {
    clearTimeout(next.get(editor));
    next.set(
      editor,
      setTimeout(() => {
        next.delete(editor);
        if (vscode.window.visibleTextEditors.includes(editor)) markFrom(editor, first, ranges);
      }, delay),
    );
  };
  const all = () => {
    for (const editor of vscode.window.visibleTextEditors) after(0, editor, 0, []);
  };
  all();
  return vscode.Disposable.from(
    lacking,
    guest.onDidChange(all),
    vscode.window.onDidChangeVisibleTextEditors(all),
    vscode.workspace.onDidOpenTextDocument(all),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document === document) after(DELAY_MS, editor, 0, []);
      }
    }),
    new vscode.Disposable(() => {
      next.forEach((timer) => {
        clearTimeout(timer);
      });
    }),
  );
}

/** The marked texts of the lines from `first` to before `last`. */
function rangesIn(
  document: vscode.TextDocument,
  guest: GuestProfile,
  { first, last }: { readonly first: number; readonly last: number },
): vscode.Range[] {
  const lines = linesOf(document);
  const ranges: vscode.Range[] = [];
  for (let line = first; line < last; line++) {
    for (const { start, end, reading } of recogniseLine(lines, line)) {
      if (lacks(reading, guest)) ranges.push(new vscode.Range(line, start, line, end));
    }
  }
  return ranges;
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
