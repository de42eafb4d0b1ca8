import * as vscode from "vscode";
import { DocumentBoots } from "../../decoder/boot/document";
import type { LineEdit } from "../../decoder/log/document/unreadLines";
import { DOCUMENTS, linesOf } from "./documents";

/** Changed text is read after this pause in typing. */
const DELAY_MS = 100;
/** The length of a slice of reading; between two slices the extension host does other work. */
const SLICE_MS = 8;
/** Lines between two looks at the clock: few, because a line may be very long. */
const LINES_AT_ONCE = 50;
/** The pause between two change events while a long document is read. */
const TOLD_EVERY_MS = 300;

/** A caller that waits until the boot of a line is read. */
interface Waiting {
  readonly line: number;
  readonly done: () => void;
}

/** A document that was shown or asked for. */
interface Kept {
  readonly log: DocumentBoots;
  readonly waiting: Set<Waiting>;
  timer: ReturnType<typeof setTimeout> | undefined;
  toldAt: number;
}

/**
 * The findings and boots of the open documents, each read in slices while an editor shows it or somebody waits for
 * it, and no other.
 */
export class DocumentLogs implements vscode.Disposable {
  readonly #kept = new Map<vscode.TextDocument, Kept>();
  readonly #changed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #closed = new vscode.EventEmitter<vscode.TextDocument>();
  readonly #subscription: vscode.Disposable;

  /** Fires when the findings of a document may have changed: during the reading and at its end. */
  readonly onDidChange = this.#changed.event;
  /** Fires when a document that was read is closed. */
  readonly onDidClose = this.#closed.event;

  constructor() {
    const look = () => {
      for (const { document } of vscode.window.visibleTextEditors) this.of(document);
    };
    this.#subscription = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(look),
      // A change of language closes and reopens a document: it may match DOCUMENTS now, or no longer.
      vscode.workspace.onDidOpenTextDocument((document) => {
        look();
        this.#changed.fire(document);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        this.#edit(event);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.#close(document);
      }),
    );
    look();
  }

  /** What was read so far of a document; starts reading it. Null if the extension does not read such documents. */
  of(document: vscode.TextDocument): DocumentBoots | null {
    const kept = this.#keptOf(document);
    if (kept === null) return null;
    if (!kept.log.isRead && kept.timer === undefined) this.#later(document, kept, 0);
    return kept.log;
  }

  /**
   * The same once the boot of a line was read to its end. Null where that takes longer than `withinMs` (null: no limit), where it is
   * cancelled, or where the document is closed before.
   */
  async ready(
    document: vscode.TextDocument,
    { line, withinMs }: { readonly line: number; readonly withinMs: number | null },
    token: vscode.CancellationToken,
  ): Promise<DocumentBoots | null> {
    const kept = this.#keptOf(document);
    if (kept === null || kept.log.isBootRead(line)) return kept?.log ?? null;
    await new Promise<void>((resolve) => {
      const waiting: Waiting = {
        line,
        done: () => {
          kept.waiting.delete(waiting);
          clearTimeout(deadline);
          cancelled.dispose();
          resolve();
        },
      };
      const deadline = withinMs === null ? undefined : setTimeout(waiting.done, withinMs);
      const cancelled = token.onCancellationRequested(waiting.done);
      kept.waiting.add(waiting);
      this.#later(document, kept, 0);
    });
    const isThere = this.#kept.get(document) === kept && !token.isCancellationRequested;
    return isThere && kept.log.isBootRead(line) ? kept.log : null;
  }

  /** The same once the whole document was read, without a time limit. */
  whole(
    document: vscode.TextDocument,
    token: vscode.CancellationToken,
  ): Promise<DocumentBoots | null> {
    return this.ready(document, { line: document.lineCount - 1, withinMs: null }, token);
  }

  #keptOf(document: vscode.TextDocument): Kept | null {
    const known = this.#kept.get(document);
    if (known !== undefined) return known;
    if (document.isClosed || vscode.languages.match(DOCUMENTS, document) === 0) return null;
    const log = new DocumentBoots(document.lineCount);
    const kept: Kept = { log, waiting: new Set(), timer: undefined, toldAt: Date.now() };
    this.#kept.set(document, kept);
    return kept;
  }

  #later(document: vscode.TextDocument, kept: Kept, delay: number): void {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => {
      kept.timer = undefined;
      this.#slice(document, kept);
    }, delay);
  }

  #slice(document: vscode.TextDocument, kept: Kept): void {
    const isShown = vscode.window.visibleTextEditors.some((editor) => editor.document === document);
    if (!isShown && kept.waiting.size === 0) return;
    const { log } = kept;
    const lines = linesOf(document);
    const end = Date.now() + SLICE_MS;
    while (!log.isRead && Date.now() < end) log.read(lines, LINES_AT_ONCE);
    for (const waiting of kept.waiting) if (log.isBootRead(waiting.line)) waiting.done();
    if (!log.isRead) this.#later(document, kept, 0);
    if (log.isRead || Date.now() - kept.toldAt > TOLD_EVERY_MS) {
      this.#changed.fire(document);
      kept.toldAt = Date.now();
    }
  }

  #edit({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const kept = this.#kept.get(document);
    if (kept === undefined || contentChanges.length === 0) return;
    for (const change of contentChanges) kept.log.edit(editOf(change));
    this.#later(document, kept, kept.waiting.size > 0 ? 0 : DELAY_MS);
  }

  #close(document: vscode.TextDocument): void {
    const kept = this.#kept.get(document);
    if (kept === undefined) return;
    this.#kept.delete(document);
    clearTimeout(kept.timer);
    for (const waiting of kept.waiting) waiting.done();
    this.#closed.fire(document);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const document of [...this.#kept.keys()]) this.#close(document);
    this.#changed.dispose();
    this.#closed.dispose();
  }
}

/** A change of a document, in whole lines. */
function editOf({ range, text }: vscode.TextDocumentContentChangeEvent): LineEdit {
  return {
    first: range.start.line,
    removed: range.end.line - range.start.line + 1,
    inserted: text.split(/\r\n|\r|\n/u).length,
  };
}
