import * as vscode from "vscode";
import type { OutlineItem } from "../../decoder/report/editor/outline";
import { outlineOf } from "../../decoder/report/editor/outline";
import { DOCUMENTS, isLog } from "./documents";
import type { Services } from "../services";

const KINDS: Readonly<Record<OutlineItem["kind"], vscode.SymbolKind>> = {
  boot: vscode.SymbolKind.Namespace,
  kernel: vscode.SymbolKind.Package,
  value: vscode.SymbolKind.Constant,
  end: vscode.SymbolKind.Event,
  notice: vscode.SymbolKind.String,
};

/**
 * Outline and breadcrumbs: the boots of a log, and what was found in each. In source code and other texts that are no
 * logs only where a kernel's banner says that a boot is told of.
 */
export function registerOutline({ guest, logs }: Services): vscode.Disposable {
  return vscode.languages.registerDocumentSymbolProvider(
    DOCUMENTS,
    {
      async provideDocumentSymbols(document, token) {
        const log = await logs.whole(document, token);
        if (log === null) return undefined;
        const tellsOfBoot = [...log.boots().values()].some(({ kernel }) => kernel !== null);
        if (!isLog(document) && !tellsOfBoot) return undefined;
        return outlineOf(log, guest.for(document.uri)).map((item) => symbolOf(item, document));
      },
    },
    { label: "SEV boots" },
  );
}

function symbolOf(item: OutlineItem, document: vscode.TextDocument): vscode.DocumentSymbol {
  const { kind, name, detail, first, last, span, children } = item;
  const firstLine = document.lineAt(first).range;
  const range = new vscode.Range(firstLine.start, document.lineAt(last).range.end);
  const selection =
    span === null ? firstLine : new vscode.Range(first, span.start, first, span.end);
  const symbol = new vscode.DocumentSymbol(name, detail, KINDS[kind], range, selection);
  symbol.children = children.map((child) => symbolOf(child, document));
  return symbol;
}
