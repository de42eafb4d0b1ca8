import * as vscode from "vscode";
import type { LogProblem } from "../../decoder/report/editor/logProblems";
import { problemsOf } from "../../decoder/report/editor/logProblems";
import type { SourceProblem } from "../../decoder/report/editor/sourceProblems";
import { sourceProblemsOf } from "../../decoder/report/editor/sourceProblems";
import { isLog, isSourceCode, linesIn, rangeOf } from "./documents";
import { quickFixesFor } from "./quickFixes";
import type { Services } from "../services";
import { DIAGNOSTICS_SETTING, diagnosticsScope } from "../settings";
import { whatToDoUri } from "../pages/whatToDo";

const SEVERITIES: Readonly<Record<LogProblem["kind"], vscode.DiagnosticSeverity>> = {
  refused: vscode.DiagnosticSeverity.Error,
  ended: vscode.DiagnosticSeverity.Information,
  expected: vscode.DiagnosticSeverity.Warning,
  notice: vscode.DiagnosticSeverity.Information,
};

/** Problems and their quick fixes, for each document from its first display until it is closed. */
export function registerDiagnostics({ guest, logs }: Services): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection("sevStatus");
  const shown = new Map<vscode.TextDocument, readonly LogProblem[]>();
  const forget = (document: vscode.TextDocument) => {
    shown.delete(document);
    collection.delete(document.uri);
  };
  const update = (document: vscode.TextDocument) => {
    const log = logs.of(document);
    if (log === null) forget(document);
    // More lines of a boot may change what it is: wait until it is read.
    if (log?.isRead !== true) return;
    const problems = isShownIn(document)
      ? problemsOf(log, guest.for(document.uri), diagnosticsScope())
      : [];
    shown.set(document, problems);
    collection.set(document.uri, [
      ...problems.map((problem) => diagnosticOf(problem, document)),
      ...hintsIn(document).map(hintOf),
    ]);
  };
  const all = () => {
    [...shown.keys()].forEach(update);
  };
  return vscode.Disposable.from(
    collection,
    logs.onDidChange(update),
    logs.onDidClose(forget),
    guest.onDidChange(all),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(DIAGNOSTICS_SETTING)) all();
    }),
    quickFixesFor({ guest, problemsIn: (document) => shown.get(document) ?? [] }),
  );
}

/** Texts that only quote a log have no problems unless the setting is "all"; old versions of a file never have any. */
function isShownIn(document: vscode.TextDocument): boolean {
  return document.uri.scheme !== "git" && (isLog(document) || diagnosticsScope() === "all");
}

/** What is likely wrong in source code: only where all is wanted, because it is not about a log. */
function hintsIn(document: vscode.TextDocument): readonly SourceProblem[] {
  const isWanted = diagnosticsScope() === "all" && isShownIn(document) && isSourceCode(document);
  return isWanted ? sourceProblemsOf(linesIn(document)) : [];
}

function hintOf(problem: SourceProblem): vscode.Diagnostic {
  const { Information } = vscode.DiagnosticSeverity;
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), problem.message, Information);
  diagnostic.source = "SEV";
  return diagnostic;
}

function diagnosticOf(problem: LogProblem, { uri }: vscode.TextDocument): vscode.Diagnostic {
  const { kind, message, lacking, related } = problem;
  const diagnostic = new vscode.Diagnostic(rangeOf(problem), message, SEVERITIES[kind]);
  diagnostic.source = "SEV";
  const guest = problem.kernel?.text ?? problem.guest?.id ?? null;
  if (lacking !== 0n)
    diagnostic.code = { value: "what to do", target: whatToDoUri(lacking, guest) };
  diagnostic.relatedInformation = related.map(
    (place) =>
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(uri, rangeOf(place)),
        place.message,
      ),
  );
  return diagnostic;
}
