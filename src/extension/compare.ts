import * as vscode from "vscode";
import { plain } from "../decoder/report/phrase";
import { textOf } from "../decoder/report/text";
import { PAGE_SCHEMES } from "./documents";
import type { Services } from "./services";
import { compareTwo } from "./twoThings";

/** Where the newest comparison is shown. */
const COMPARISON = vscode.Uri.from({ scheme: PAGE_SCHEMES.comparison, path: "/SEV Comparison" });

/** `SEV: Compare…`: two values or two guest kernels, told apart while one types; Enter shows the whole as a read-only text. */
export function registerCompare({ guest }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  /** "" after a window was loaded anew. */
  let compared = "";
  const comparison = (text: string) =>
    compareTwo(text, {
      guest: guest.current(),
      lookUp: (name) => guest.lookUp(name),
    });
  return vscode.Disposable.from(
    changed,
    guest.onDidChange(() => {
      changed.fire(COMPARISON);
    }),
    vscode.workspace.registerTextDocumentContentProvider(COMPARISON.scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => {
        const result = comparison(compared);
        return `${result.ok ? textOf(result.report) : result.problem}\n`;
      },
    }),
    vscode.commands.registerCommand("sevStatus.compare", async () => {
      const text = await vscode.window.showInputBox({
        title: "Compare two SEV values or two guest kernels",
        prompt: "Two values or two kernels. Enter shows how they differ.",
        placeHolder: "0x887 0x87, sev-features 0x221 0x1, 6.12.77 6.12.78",
        value: compared,
        ignoreFocusOut: true,
        validateInput: (typed) => validation(typed, comparison(typed)),
      });
      if (text === undefined || !comparison(text).ok) return;
      compared = text;
      changed.fire(COMPARISON);
      await vscode.window.showTextDocument(COMPARISON, { preview: true });
    }),
  );
}

function validation(
  typed: string,
  result: ReturnType<typeof compareTwo>,
): vscode.InputBoxValidationMessage {
  const { Info, Error } = vscode.InputBoxValidationSeverity;
  return result.ok
    ? { message: plain(result.report.answer), severity: Info }
    : { message: result.problem, severity: typed.trim() === "" ? Info : Error };
}
