import * as vscode from "vscode";
import type { GuestProfile } from "../decoder/guest/profile";
import { lackingFeatures, refusedBy } from "../decoder/guest/check";
import { statusFromFeatures } from "../decoder/features";
import type { Reading } from "../decoder/log/reading";
import type { Finding } from "../decoder/log/finding";
import { LogScanner } from "../decoder/log/scanner";
import { DOCUMENTS } from "./documents";
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

  const mark = (editor: vscode.TextEditor, pass: Pass) => {
    const profile = guest.current();
    const { document } = editor;
    if (profile === null || vscode.languages.match(DOCUMENTS, document) === 0) {
      marks.delete(editor);
      editor.setDecorations(lacking, []);
      return;
    }
    const end = Math.min(document.lineCount, MOST_LINES);
    const last = Math.min(pass.scanner.lines + SLICE, end);
    pass.ranges.push(...rangesIn(document, profile, { scanner: pass.scanner, last, end }));
    // Below the lines read so far the earlier marks stay, so that a long log does not flicker as it grows.
    const below = (marks.get(editor) ?? []).filter(({ start }) => start.line >= last);
    const ranges = [...pass.ranges, ...below];
    marks.set(editor, ranges);
    editor.setDecorations(lacking, ranges);
    if (last < end) later(0, editor, pass);
  };
  const later = (delay: number, editor: vscode.TextEditor, pass: Pass) => {
    clearTimeout(next.get(editor));
    next.set(
      editor,
      setTimeout(() => {
        next.delete(editor);
        if (vscode.window.visibleTextEditors.includes(editor)) mark(editor, pass);
      }, delay),
    );
  };
  const all = () => {
    for (const editor of vscode.window.visibleTextEditors) later(0, editor, newPass());
  };
  all();
  return vscode.Disposable.from(
    lacking,
    guest.onDidChange(all),
    vscode.window.onDidChangeVisibleTextEditors(all),
    vscode.workspace.onDidOpenTextDocument(all),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document === document) later(DELAY_MS, editor, newPass());
      }
    }),
    new vscode.Disposable(() => {
      next.forEach((timer) => {
        clearTimeout(timer);
      });
    }),
  );
}

/** One reading of a document from its beginning: each line once, in slices. */
interface Pass {
  readonly scanner: LogScanner;
  readonly ranges: vscode.Range[];
}

function newPass(): Pass {
  return { scanner: new LogScanner(), ranges: [] };
}

/** The marked texts that the scanner finds from where it stands to before line `last`; `end` is the last there is. */
function rangesIn(
  document: vscode.TextDocument,
  guest: GuestProfile,
  slice: { readonly scanner: LogScanner; readonly last: number; readonly end: number },
): vscode.Range[] {
  const { scanner, last, end } = slice;
  const ranges: vscode.Range[] = [];
  const add = (findings: readonly Finding[]) => {
    for (const { parts } of findings) {
      for (const part of parts) {
        if (!lacks(part.reading, guest)) continue;
        ranges.push(new vscode.Range(part.line, part.start, part.line, part.end));
      }
    }
  };
  while (scanner.lines < last) add(scanner.line(document.lineAt(scanner.lines).text));
  if (last === end) add(scanner.end());
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
