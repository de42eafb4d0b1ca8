import * as vscode from "vscode";
import { LOGS, isLog } from "./documents";
import type { Services } from "../services";

/** Lines of the shortest boot that folds. */
const FEWEST_LINES = 4;

/** Folds a log by its boots. A log without boots keeps VS Code's own folding. */
export function registerFolding({ logs }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    logs.onDidChange((document) => {
      if (isLog(document)) changed.fire();
    }),
    vscode.languages.registerFoldingRangeProvider(LOGS, {
      onDidChangeFoldingRanges: changed.event,
      async provideFoldingRanges(document, _context, token) {
        const log = await logs.whole(document, token);
        const boots = [...(log?.boots().keys() ?? [])];
        const ranges = boots.flatMap((boot) => {
          const lines = log?.linesOf(boot);
          return lines === undefined || lines.last - lines.first + 1 < FEWEST_LINES
            ? []
            : [new vscode.FoldingRange(lines.first, lines.last, vscode.FoldingRangeKind.Region)];
        });
        return ranges.length === 0 ? undefined : ranges;
      },
    }),
  );
}
