import * as vscode from "vscode";
import { textOf } from "../../decoder/report/render/text";
import { argumentFor } from "../commands/argument";
import { PAGE_SCHEMES } from "../editor/documents";
import type { Services } from "../services";
import { hasTerminalLinks } from "../settings";
import type { TerminalValue } from "./terminalValues";
import { valuesIn } from "./terminalValues";
import { TextPage } from "../pages/textPage";

class ValueLink extends vscode.TerminalLink {
  readonly value: TerminalValue;

  constructor(value: TerminalValue) {
    super(value.startIndex, value.length, value.tooltip);
    this.value = value;
  }
}

/**
 * Makes links of the values in the integrated terminal, where a serial console often is. A register's value opens
 * the feature table; of anything else the decode is shown as a read-only text.
 */
export function registerTerminalLinks({ guest }: Services): vscode.Disposable {
  /** The link followed last; null after a reload of the window. */
  let followed: TerminalValue | null = null;
  const page = new TextPage(PAGE_SCHEMES.decode, "SEV Decode", {
    guest,
    text: () =>
      followed === null
        ? "Follow the link of a value in the terminal, and its decode is shown here."
        : textOf(followed.report(guest.for(null)?.profile ?? null)),
  });
  const provider: vscode.TerminalLinkProvider<ValueLink> = {
    provideTerminalLinks: ({ line }) =>
      hasTerminalLinks()
        ? valuesIn(line, guest.for(null)?.profile ?? null).map((value) => new ValueLink(value))
        : [],
    handleTerminalLink: async ({ value }) => {
      if (value.register !== null) {
        const argument = argumentFor(value.register);
        await vscode.commands.executeCommand("sevStatus.openFeatureTable", argument);
        return;
      }
      followed = value;
      await page.show();
    },
  };
  return vscode.Disposable.from(page, vscode.window.registerTerminalLinkProvider(provider));
}
