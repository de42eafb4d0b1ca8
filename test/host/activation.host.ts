import * as vscode from "vscode";
import { closeAll, hoverOver, show } from "./editing";
import { eventually, includes, ok } from "./expect";

describe("a log that VS Code opens", () => {
  after(closeAll);

  it("activates the extension and decodes a value under the mouse", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    const extension = vscode.extensions.getExtension("sev-status.sev-status");
    ok(extension, "the extension under development is known to the host");
    await eventually("the extension becomes active", () => extension.isActive);
    // The window learns of the hover a moment after the extension has announced it.
    const text = await eventually(
      "a hover",
      async () => (await hoverOver(document, "0x887")) || null,
    );
    includes(text, "SecureTSC");
  });
});
