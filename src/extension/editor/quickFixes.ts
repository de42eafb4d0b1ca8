import * as vscode from "vscode";
import { hostSwitchesFor } from "../../decoder/guest/advice/hostSwitches";
import type { LogProblem } from "../../decoder/report/editor/logProblems";
import { setBits } from "../../decoder/text/u64";
import { argumentFor } from "../commands/argument";
import { DOCUMENTS, rangeOf } from "./documents";
import type { Services } from "../services";

/** What the quick fixes need. */
interface Shown extends Pick<Services, "guest"> {
  readonly problemsIn: (document: vscode.TextDocument) => readonly LogProblem[];
}

/** Quick fixes of the problems. None changes the document. */
export function quickFixesFor({ guest, problemsIn }: Shown): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    DOCUMENTS,
    {
      provideCodeActions(document, range, context) {
        return problemsIn(document)
          .filter(({ line }) => range.start.line <= line && line <= range.end.line)
          .flatMap((problem) => {
            const diagnostic = context.diagnostics.find(
              (one) => one.source === "SEV" && one.range.isEqual(rangeOf(problem)),
            );
            if (diagnostic === undefined) return [];
            return commandsFor(problem, document.uri, guest.for(document.uri)?.profile.id).map(
              (command) => {
                const action = new vscode.CodeAction(command.title, vscode.CodeActionKind.QuickFix);
                action.command = command;
                action.diagnostics = [diagnostic];
                return action;
              },
            );
          });
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

function commandsFor(
  { kernel, lacking }: LogProblem,
  log: vscode.Uri,
  chosen: string | undefined,
): vscode.Command[] {
  const commands: vscode.Command[] = [];
  if (kernel !== null && kernel.profile.id !== chosen)
    commands.push({
      title: `Choose the guest kernel of this boot for this log, ${kernel.profile.label}`,
      command: "sevStatus.chooseGuest",
      arguments: [{ guest: kernel.text, uri: log.toString() }],
    });
  if (lacking === 0n) return commands;
  commands.push({
    title: "Open the missing features in the feature table",
    command: "sevStatus.openFeatureTable",
    arguments: [argumentFor({ register: "unsupported-features", value: lacking })],
  });
  for (const { software, text, kind } of setBits(lacking).flatMap(hostSwitchesFor)) {
    if (kind === "setting")
      commands.push({
        title: `Copy host option: ${text} (${software})`,
        command: "sevStatus.copyHostSwitch",
        arguments: [{ text }],
      });
  }
  return commands;
}
