import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Locator } from "playwright-core";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

const REFUSED = "SEV: 1 refused · 6.12.117";
const STATUS = "#sev-status\\.sev-status\\.sevStatus\\.log";

function status({ page }: Workbench): Locator {
  return page.locator(STATUS);
}

async function statusSays(workbench: Workbench, text: string): Promise<void> {
  await until(`a status entry “${text}”`, async () =>
    (
      await status(workbench)
        .innerText()
        .catch(() => "")
    ).trim() === text
      ? true
      : undefined,
  );
}

describe("the first minute with a log", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: path.resolve("samples"), file: "refused-guest.log" });
  });
  after(() => workbench.close());

  it("says in the status bar how many guests refused, and which kernel the boot is of", async () => {
    await statusSays(workbench, REFUSED);
    assert.match(
      (await status(workbench).locator("a").first().getAttribute("aria-label")) ?? "",
      /SEV: 1 guest refused to boot; kernel 6\.12\.117 \(banner, line 4\)/u,
    );
    await workbench.screenshot("status-dark");
  });

  it("explains the log from the button in its title", async () => {
    await workbench.page
      .locator(".editor-actions [aria-label^='Explain This Log']")
      .first()
      .click();
    await workbench.webviewFrame((frame) => frame.getByText("2 boots · 1 refused").isVisible());
    await workbench.screenshot("first-minute-dark");
    await workbench.runCommand("View: Close Editor");
  });

  it("offers what can be done from the status bar, by mouse and with the keyboard alone", async () => {
    await workbench.page.locator(".tab", { hasText: "refused-guest.log" }).first().click();
    await status(workbench).click();
    const box = workbench.quickInput();
    await box.getByText("Check Against Another Kernel…").waitFor();
    await workbench.screenshot("log-actions-dark");
    await workbench.page.keyboard.type("next");
    await workbench.page.keyboard.press("Enter");
    await workbench.page.getByText(/SEV finding \d+ of \d+/u).waitFor();
  });

  it("has its commands in one group of the context menu", async () => {
    const { x, y } = await workbench.editor.locate("0x800", "detected: 0x800");
    await workbench.page.mouse.click(x, y, { button: "right" });
    const group = workbench.page.locator(".context-view .action-label", { hasText: /^SEV$/u });
    await group.hover();
    for (const title of ["Open Feature Table", "Explain This Log", "Copy as Text"])
      await workbench.page
        .locator(".context-view .action-label", { hasText: title })
        .first()
        .waitFor();
    await workbench.screenshot("context-menu-dark");
    await workbench.page.keyboard.press("Escape");
    await workbench.page.keyboard.press("Escape");
  });

  it("shows nothing beside a document without findings, or one that is no log", async () => {
    await workbench.runCommand("File: New Untitled Text File");
    await workbench.page.locator(".tab", { hasText: "Untitled" }).first().waitFor();
    await status(workbench).waitFor({ state: "hidden" });
    await workbench.runCommand("View: Close Editor");
    // The cursor is in the boot that was refused, and nothing there names its kernel.
    await statusSays(workbench, "SEV: 1 refused");
  });

  it("opens each sample as a file that nobody has to keep", async () => {
    for (const [name, says] of [
      ["booted-guest.log", "SEV: 1 booted"],
      ["host.log", "SEV: 3 refused"],
      ["azure-guest.log", "SEV: 1 booted"],
    ] as const) {
      await workbench.runCommand("SEV: Open Sample…");
      const box = workbench.quickInput();
      await box.locator(".monaco-list-row", { hasText: name }).click();
      await workbench.page.locator(".tab.active", { hasText: name }).first().waitFor();
      await until(`a status entry ${says}`, async () =>
        (
          await status(workbench)
            .innerText()
            .catch(() => "")
        )
          .trim()
          .startsWith(says)
          ? true
          : undefined,
      );
      await workbench.runCommand("View: Close Editor");
    }
    assert.deepEqual((await readdir(workbench.folder)).sort(), (await readdir("samples")).sort());
  });

  it("has a walkthrough whose steps open what they speak of", async () => {
    await workbench.runCommand("Welcome: Open Walkthrough...");
    const box = workbench.quickInput();
    await box.locator("input[type=text]").first().fill("SEV Status");
    await box.locator(".monaco-list-row", { hasText: "Get started with SEV Status" }).click();
    const steps = workbench.page.locator(".getting-started-step");
    await steps.nth(3).waitFor();
    assert.equal(await steps.count(), 4);
    await workbench.webviewFrame((frame) => frame.locator("svg").first().isVisible());
    await workbench.screenshot("walkthrough-dark");
    await workbench.page.getByText("Open sample log").first().click();
    await workbench.page.locator(".tab", { hasText: "refused-guest.log" }).first().waitFor();
    await statusSays(workbench, REFUSED);
  });
});

describe("a sample", () => {
  let workbench: Workbench;
  before(async () => {
    // A file that the window's address names would be opened instead of what was open before a reload.
    workbench = await openWorkbench({ folder: path.resolve("samples") });
  });
  after(() => workbench.close());

  it("is explained, and is there again after a reload", async () => {
    const { page } = workbench;
    const explained = () =>
      workbench.webviewFrame((frame) =>
        frame
          .getByText(/3 guests refused to boot/u)
          .first()
          .isVisible(),
      );
    await workbench.runCommand("SEV: Open Sample…");
    await workbench.quickInput().locator(".monaco-list-row", { hasText: "host.log" }).click();
    await page.locator(".tab.active", { hasText: "host.log" }).first().waitFor();
    await workbench.runCommand("SEV: Explain This Log");
    await explained();
    await workbench.runCommand("Developer: Reload Window");
    await page.locator(".tab", { hasText: "SEV Log Explanation" }).waitFor({ state: "detached" });
    await explained();
    await page.locator(".tab", { hasText: "host.log" }).first().waitFor();
  });
});

describe("the list of guest kernels", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ folder: path.resolve("samples"), file: "refused-guest.log" });
    await statusSays(workbench, REFUSED);
  });
  after(() => workbench.close());

  async function openList(): Promise<Locator> {
    await workbench.runCommand("SEV: Choose Guest Kernel…");
    const box = workbench.quickInput();
    await box
      .locator(".quick-input-title", { hasText: "Check against which guest kernel?" })
      .waitFor();
    return box;
  }

  it("is grouped, and begins with the kernel of the log", async () => {
    const box = await openList();
    await box.locator(".monaco-list-row.focused", { hasText: "Automatic" }).waitFor();
    const groups = await box.locator(".quick-input-list-separator").allInnerTexts();
    for (const group of ["this log", "LTS"])
      assert.ok(groups.includes(group), `${group} in ${groups.join(", ")}`);
    await workbench.screenshot("chooser-dark");
    await workbench.page.keyboard.press("Escape");
  });

  for (const [typed, chosen] of [
    ["rhel9", "RHEL 9.8"],
    ["ubuntu 24.04", "Ubuntu 24.04"],
    ["debian 12", "Debian 12"],
  ] as const)
    it(`takes ${chosen} for “${typed}” on Enter`, async () => {
      const box = await openList();
      await box.locator("input[type=text]").first().fill(typed);
      await box.locator(".monaco-list-row.focused", { hasText: chosen }).waitFor();
      if (typed === "rhel9") await workbench.screenshot("chooser-rhel9-dark");
      await workbench.page.keyboard.press("Enter");
      await box
        .locator(".quick-input-title", { hasText: "Where does this guest kernel count?" })
        .waitFor();
      await workbench.page.keyboard.press("Enter");
      await until(`${chosen} in the status bar`, async () =>
        (await status(workbench).innerText()).includes(chosen) ? true : undefined,
      );
    });

  it("goes back to the log's own kernel for “automatic” on Enter", async () => {
    const box = await openList();
    await box.locator("input[type=text]").first().fill("automatic");
    await box.locator(".monaco-list-row.focused", { hasText: "Automatic" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await statusSays(workbench, REFUSED);
  });

  it("says what to try where nothing fits, and Enter leaves it open", async () => {
    const box = await openList();
    await box.locator("input[type=text]").first().fill("banana");
    await box.locator(".monaco-list-row.focused", { hasText: "No kernel “banana”" }).waitFor();
    await workbench.page.keyboard.press("Enter");
    await box.locator("input[type=text]").first().fill("fedora 41");
    await box
      .locator(".monaco-list-row.focused", { hasText: "Fedora follows upstream's releases" })
      .waitFor();
    await workbench.page.keyboard.press("Escape");
  });
});
