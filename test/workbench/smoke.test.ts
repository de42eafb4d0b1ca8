import assert from "node:assert/strict";
import { openWorkbench, type Workbench } from "./workbench";

for (const version of ["newest", "floor"] as const) {
  describe(`a serial log in VS Code, ${version}`, () => {
    let workbench: Workbench;
    before(async () => {
      workbench = await openWorkbench({ version, file: "serial.log" });
    });
    after(() => workbench.close());

    it("decodes the value under the mouse", async () => {
      const text = await workbench.hoverText("0x887", "guest SEV_STATUS = 0x887");
      assert.match(text, /SecureTSC/);
      await workbench.screenshot(`smoke-hover-${version}`);
    });

    it("opens the feature table by its command", async () => {
      await workbench.runCommand("SEV: Open Feature Table");
      const frame = await workbench.webviewFrame(
        async (candidate) => (await candidate.locator("table").count()) > 0,
      );
      await frame.getByText("SecureTSC").first().waitFor();
      await workbench.screenshot(`smoke-table-${version}`);
    });

    it("changes to the light theme while it is open", async () => {
      await workbench.setTheme("light");
      await workbench.screenshot(`smoke-light-${version}`);
    });
  });
}
