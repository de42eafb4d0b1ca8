import assert from "node:assert/strict";
import { cp, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "../../build/workbench/cleanUp.mjs";
import type { Miniature } from "../unit/decoder/guest/sourceTree/miniatures";
import { LIKE_6_12 } from "../unit/decoder/guest/sourceTree/miniatures";
import { someMarked } from "./marks";
import { openWorkbench, type Workbench } from "./workbench";

const LABEL = "Linux 6.12.117 (this source tree)";

async function writeTree(folder: string, tree: Miniature): Promise<void> {
  for (const [name, text] of Object.entries(tree)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

describe("a kernel's source, open as the workspace", () => {
  let workbench: Workbench;
  before(async () => {
    const { folder, remove } = await temporaryFolder("tree");
    try {
      await writeTree(folder, LIKE_6_12);
      await cp("test/logs/host.log", path.join(folder, "host.log"));
      workbench = await openWorkbench({ folder, file: "host.log" });
    } finally {
      await remove();
    }
  });
  after(() => workbench.close());

  it("is on the list of guests, and is asked once it is chosen", async () => {
    await workbench.runCommand("SEV: Choose Guest Kernel…");
    const box = workbench.quickInput();
    await box.locator(".monaco-list-row", { hasText: LABEL }).waitFor();
    await workbench.screenshot("source-tree-dark");
    await box.locator(".monaco-list-row", { hasText: LABEL }).click();
    await box.locator(".monaco-list-row.focused", { hasText: "For this log: host.log" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    // The host's log has features that this kernel lacks.
    await someMarked(workbench);
    const asking = await workbench.runAsking("SEV: Decode Value…", "Decode a SEV value");
    const input = asking.locator("input[type=text]").first();
    await input.fill("0x887");
    await asking.getByText(`${LABEL} refuses to boot – missing SecureTSC`).waitFor();
    await input.fill("0x87");
    const said = asking.getByText(`${LABEL} boots`);
    await said.waitFor();
    assert.equal(await said.count(), 1);
    await workbench.page.keyboard.press("Escape");
  });
});
