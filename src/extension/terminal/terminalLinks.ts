import * as vscode from "vscode";
import type { Reading } from "../../decoder/log/reading";
import { reportOnReading } from "../../decoder/report/value/readingReport";
import { textOf } from "../../decoder/report/render/text";
import { hex64 } from "../../decoder/text/u64";
import { PAGE_SCHEMES } from "../editor/documents";
import type { Services } from "../services";
import { hasTerminalLinks } from "../settings";
import type { TerminalValue } from "./terminalValues";
import { valuesIn } from "./terminalValues";
import { TextPage } from "../pages/textPage";

class ValueLink extends vscode.TerminalLink {
  readonly reading: Reading;

  constructor({ startIndex, length, tooltip, reading }: TerminalValue) {
    super(startIndex, length, tooltip);
    this.reading = reading;
  }
}

/**
 * Makes links of the values in the integrated terminal, where a serial console often is. A register's value opens
 * the feature table; of anything else the decode is shown as a read-only text.
 */
export function registerTerminalLinks({ guest }: Services): vscode.Disposable {
  /** The newest link that was followed; null after a window was loaded anew. */
  let followed: Reading | null = null;
  const page = new TextPage(PAGE_SCHEMES.decode, "SEV Decode", {
    guest,
    text: () =>
      followed === null
        ? "Follow the link of a value in the terminal, and its decode is shown here."
        : textOf(reportOnReading(followed, guest.for(null)?.profile ?? null)),
  });
  const provider: vscode.TerminalLinkProvider<ValueLink> = {
    provideTerminalLinks: ({ line }) =>
      hasTerminalLinks()
        ? valuesIn(line, guest.for(null)?.profile ?? null).map((value) => new ValueLink(value))
        : [],
    handleTerminalLink: async ({ reading }) => {
      if (reading.kind === "register") {
        const { register, value } = reading;
        const argument = { register, value: hex64(value) };
        await vscode.commands.executeCommand("sevStatus.openFeatureTable", argument);
        return;
      }
      followed = reading;
      await page.show();
    },
  };
  return vscode.Disposable.from(page, vscode.window.registerTerminalLinkProvider(provider));
}
