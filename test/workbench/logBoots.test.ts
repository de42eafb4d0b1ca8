import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { openWorkbench, type Workbench } from "./workbench";

/** The line of test/logs/boots.log with which the second boot ends. */
const REFUSAL = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";

describe("a log of three boots", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: "boots.log" });
  });
  after(() => workbench.close());

  it("has its boots in the outline", async () => {
    await workbench.runCommand("Explorer: Focus on Outline View");
    const outline = workbench.page.locator(".outline-tree");
    await outline.getByText("✓ Boot 1 · 6.12.77").waitFor();
    await outline.getByText("✗ Boot 2 · SecureTSC").waitFor();
    await workbench.screenshot("outline-dark");
  });

  it("has its refusal among the problems, which lead to what to do", async () => {
    await workbench.runCommand("Problems: Focus on Problems View");
    const problems = workbench.page.locator(".markers-panel");
    await problems.getByText("Guest refused to boot – missing SecureTSC").waitFor();
    await workbench.screenshot("problems-dark");
  });

  it("finds what is appended to the file while it is open", async () => {
    await appendFile(path.join(workbench.folder, "boots.log"), `${REFUSAL}\n`);
    const problems = workbench.page.locator(".markers-panel");
    const refused = problems.getByText("Guest refused to boot – missing SecureTSC");
    await refused.nth(1).waitFor();
    assert.equal(await refused.count(), 2);
    await workbench.screenshot("problems-live-dark");
  });

  it("goes to the next finding", async () => {
    await workbench.runCommand("SEV: Next Finding");
    await workbench.page.getByText(/SEV finding \d+ of \d+/u).waitFor();
  });
});
