import * as vscode from "vscode";
import type { Reading } from "../decoder/log/reading";
import { reportOnReading } from "../decoder/report/readingReport";
import { textOf } from "../decoder/report/text";
import { hex64 } from "../decoder/u64";
import { PAGE_SCHEMES } from "./documents";
import type { Services } from "./services";
import { hasTerminalLinks } from "./settings";
import type { TerminalValue } from "./terminalValues";
import { valuesIn } from "./terminalValues";

/** Where the decode of a value that is in no feature table is shown. */
const DECODE = vscode.Uri.from({ scheme: PAGE_SCHEMES.decode, path: "/SEV Decode" });

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
  const changed = new vscode.EventEmitter<vscode.Uri>();
  /** The newest link that was followed; null after a window was loaded anew. */
  let followed: Reading | null = null;
  const provider: vscode.TerminalLinkProvider<ValueLink> = {
    provideTerminalLinks: ({ line }) =>
      hasTerminalLinks()
        ? valuesIn(line, guest.current()).map((value) => new ValueLink(value))
        : [],
    handleTerminalLink: async ({ reading }) => {
      if (reading.kind === "register") {
        const { register, value } = reading;
        const argument = { register, value: hex64(value) };
        await vscode.commands.executeCommand("sevStatus.openFeatureTable", argument);
        return;
      }
      followed = reading;
      changed.fire(DECODE);
      await vscode.window.showTextDocument(DECODE, { preview: true });
    },
  };
  return vscode.Disposable.from(
    changed,
    guest.onDidChange(() => {
      changed.fire(DECODE);
    }),
    vscode.workspace.registerTextDocumentContentProvider(DECODE.scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () =>
        followed === null
          ? "Follow the link of a value in the terminal, and its decode is shown here.\n"
          : `${textOf(reportOnReading(followed, guest.current()))}\n`,
    }),
    vscode.window.registerTerminalLinkProvider(provider),
  );
}
