import assert from "node:assert/strict";
import { access } from "node:fs/promises";
import path from "node:path";
import { chooseGuest, pickGuest } from "./chooseGuest";
import { featureTable } from "./featureTable";
import { languageStatus } from "./languageStatus";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

/** The line of test/logs/serial.log with the value; the banner of its boot is that of Linux 6.12.117. */
const LINE = "guest SEV_STATUS = 0x887";
const OWN = /Linux 6\.12\.117 refuses to boot(?:: | – )missing SecureTSC/u;

/** The settings of the workspace; null where it has none. */
async function workspaceSettings({ folder }: Workbench): Promise<string | null> {
  const file = path.join(folder, ".vscode", "settings.json");
  return access(file).then(
    () => file,
    () => null,
  );
}

/** The problems of the file in the editor, as the panel lists them. */
async function problems(workbench: Workbench): Promise<string[]> {
  await workbench.runCommand("Problems: Focus on Problems View");
  const rows = workbench.page.locator(".markers-panel .monaco-list-row");
  await rows.first().waitFor();
  return rows.allInnerTexts();
}

describe("the guest kernel of a log", () => {
  let workbench: Workbench;
  before(async () => {
    const settings = { "sevStatus.diagnostics": "all" };
    workbench = await openWorkbench({ file: "serial.log", settings });
  });
  after(() => workbench.close());

  /** By a click and a key: on a busy machine the two clicks of a double click may be too far apart. */
  async function selectValue(): Promise<void> {
    const { page } = workbench;
    const { x, y } = await workbench.editor.locate("0x887", LINE);
    await page.mouse.click(x, y);
    await page.keyboard.press("Control+d");
    await page.locator(".statusbar-item", { hasText: "5 selected" }).waitFor();
  }

  /** By its tab: a hover that closes gives the focus back to the log, and the table is then not the active editor. */
  async function closeTable(): Promise<void> {
    const tab = workbench.page.locator(".tab", { hasText: "SEV Feature Table" });
    await tab.locator(".tab-actions .action-label").click();
    await tab.waitFor({ state: "detached" });
  }

  it("is the same in the hover, the language status, Decode Value and Decode Selection", async () => {
    const { page } = workbench;
    assert.match(await workbench.hoverText("0x887", LINE), OWN);
    await workbench.editor.leave();
    await selectValue();
    assert.match(await languageStatus(workbench), /SEV guest: Linux 6\.12\.117\b/u);
    const box = await workbench.runAsking("SEV: Decode Value…", "Decode a SEV value");
    await box.getByText(`SEV_STATUS 0x887: ✗ Linux 6.12.117 refuses to boot`).waitFor();
    await page.keyboard.press("Enter");
    await (await featureTable(workbench)).getByText(OWN).first().waitFor();
    await closeTable();
    await selectValue();
    await workbench.runCommand("SEV: Decode Selection");
    await (await featureTable(workbench)).getByText(OWN).first().waitFor();
    await closeTable();
  });

  it("is the feature table's where the cursor is on a value, and the last value's elsewhere", async () => {
    for (const isOnValue of [true, false]) {
      await selectValue();
      if (!isOnValue) await workbench.page.keyboard.press("Control+Home");
      await workbench.runCommand("SEV: Open Feature Table");
      const table = await featureTable(workbench);
      await until("the value in the table", async () =>
        (await table.getByLabel("Value", { exact: true }).inputValue()) === "0x887"
          ? true
          : undefined,
      );
      if (isOnValue) await table.getByText(OWN).first().waitFor();
      await closeTable();
    }
  });

  it("stays as it is when the feature table asks what another kernel would do", async () => {
    const { page } = workbench;
    await selectValue();
    const before = await languageStatus(workbench);
    const listed = await problems(workbench);
    await workbench.hoverText("0x887", LINE);
    await workbench.editor.hover().getByText("Feature table").click();
    await workbench.editor.leave();
    const table = await featureTable(workbench);
    await table.getByLabel("Kernel", { exact: true }).selectOption("linux-6.14");
    await table.getByText("Linux 6.14 boots").waitFor();
    await closeTable();
    await selectValue();
    assert.equal(await languageStatus(workbench), before);
    assert.deepEqual(await problems(workbench), listed);
    const text = await workbench.hoverText("0x887", LINE);
    assert.match(text, OWN);
    assert.doesNotMatch(text, /Kernel: 6\.14/u);
    assert.equal(await workspaceSettings(workbench), null);
    await workbench.editor.leave();
    await page.keyboard.press("Control+1");
  });

  it("is chosen for the log alone, and no settings file is written", async () => {
    const scopes = await pickGuest(workbench, "6.6");
    await workbench.screenshot("choose-scope-dark");
    await scopes.locator(".monaco-list-row", { hasText: "For this log: serial.log" }).click();
    await scopes.waitFor({ state: "hidden" });
    await until("the language status to follow", async () =>
      /Linux 6\.6\b/u.test(await languageStatus(workbench)) ? true : undefined,
    );
    const text = await workbench.hoverText("0x887", LINE);
    assert.match(
      text,
      /Linux 6\.6 \(chosen for this log\).* · .*Linux 6\.12\.117 \(banner, line 1\)/u,
    );
    assert.equal(await workspaceSettings(workbench), null);
    await workbench.editor.leave();
  });

  it("is chosen for the workspace in its settings, which the choice for the log goes before", async () => {
    const scopes = await pickGuest(workbench, "6.8");
    await scopes.locator(".monaco-list-row", { hasText: "For this workspace" }).click();
    await scopes.waitFor({ state: "hidden" });
    await until("the settings of the workspace", async () =>
      (await workspaceSettings(workbench)) === null ? undefined : true,
    );
    assert.match(await languageStatus(workbench), /Linux 6\.6\b/u);
  });

  it("is the boot's own again by Automatic, which gives up both choices", async () => {
    await workbench.runCommand("SEV: Choose Guest Kernel…");
    const box = workbench.quickInput();
    // The list has gone to the kernel that is chosen; what is typed brings the first rows back.
    await box.locator("input[type=text]").first().fill("Automatic");
    await box.locator(".monaco-list-row.focused", { hasText: "Automatic" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await box.waitFor({ state: "hidden" });
    await selectValue();
    await until("the boot's own kernel", async () =>
      /Linux 6\.12\.117\b/u.test(await languageStatus(workbench)) ? true : undefined,
    );
    await chooseGuest(workbench, "6.14");
    await until("the next choice", async () =>
      /Linux 6\.14\b/u.test(await languageStatus(workbench)) ? true : undefined,
    );
  });
});
