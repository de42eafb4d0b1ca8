import * as vscode from "vscode";
import { plain } from "../../decoder/report/phrase";
import { textOf } from "../../decoder/report/render/text";
import { PAGE_SCHEMES } from "../editor/documents";
import type { Services } from "../services";
import { TextPage } from "../pages/textPage";
import { compareTwo } from "./twoThings";

/** `SEV: Compare…`: compares two values or two guest kernels as you type; Enter opens the report as a read-only text. */
export function registerCompare({ guest }: Services): vscode.Disposable {
  /** The text compared last; "" after a reload of the window. */
  let compared = "";
  const comparison = (text: string) =>
    compareTwo(text, {
      guest: guest.for(null)?.profile ?? null,
      lookUp: (name) => guest.lookUp(name),
    });
  const page = new TextPage(PAGE_SCHEMES.comparison, "SEV Comparison", {
    guest,
    text: () => {
      const result = comparison(compared);
      return result.ok ? textOf(result.report) : result.problem;
    },
  });
  return vscode.Disposable.from(
    page,
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
      await page.show();
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
