import * as vscode from "vscode";
import type { GuestProfile } from "../../../decoder/guest/profile";
import { kernelName } from "../../../decoder/report/guest/kernelChoices";
import { hexShort } from "../../../decoder/text/u64";
import type { ValueArgument } from "../../commands/argument";
import { argumentFor, valueArgument } from "../../commands/argument";

/** The path of links that open the feature table. */
const PATH = "/table";

/**
 * A link that opens this table in another window: `vscode://…/table?register=sev-status&value=0x887&kernel=6.12.117`.
 * `extension` is the extension's id.
 */
export function tableLink(
  extension: string,
  { register, value }: ValueArgument,
  guest: GuestProfile | null,
): string {
  const query = new URLSearchParams({ register, value: hexShort(value) });
  if (guest !== null) query.set("kernel", kernelName(guest));
  return `${vscode.env.uriScheme}://${extension}${PATH}?${query.toString()}`;
}

/** Opens the table that a link names. A link can come from anywhere: it shows a value, and changes nothing. */
export function registerTableLinks(): vscode.Disposable {
  return vscode.window.registerUriHandler({
    async handleUri({ path, query }) {
      if (path !== PATH) return;
      const asked = new URLSearchParams(query);
      const value = valueArgument({ register: asked.get("register"), value: asked.get("value") });
      if (value === null) {
        await vscode.window.showWarningMessage(
          "This link names no value. A link to the feature table ends with ?register=sev-status&value=0x887.",
        );
        return;
      }
      await vscode.commands.executeCommand("sevStatus.openFeatureTable", {
        ...argumentFor(value),
        whatIf: asked.get("kernel") ?? undefined,
      });
    },
  });
}
