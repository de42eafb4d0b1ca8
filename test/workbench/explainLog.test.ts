import assert from "node:assert/strict";
import { appendFile, cp, open, readdir, readlink, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Frame } from "playwright-core";
import { temporaryFolder } from "../../build/workbench/cleanUp.mjs";
import type { ExtensionKind } from "../../build/workbench/window.mjs";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

const REFUSED = "[  512.1] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n";
/** The line of test/logs/boots.log with which the second boot ends. */
const REFUSAL = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
const TITLE = "SEV Log Explanation";
const MIB = 1_048_576;
/** Lines of 64 bytes: more than the 50 MB that VS Code gives to extensions. */
const LONG_LINES = 900_000;

/** The page of the explanation, once it shows what `text` says. */
function explanation(workbench: Workbench, text: string): Promise<Frame> {
  return workbench.webviewFrame(
    async (frame) => (await frame.locator("#logExplanation").getByText(text).count()) > 0,
  );
}

/** Waits until the cursor is on a line, as the status bar says. */
async function onLine(workbench: Workbench, line: number): Promise<void> {
  await workbench.page.locator(".statusbar-item", { hasText: `Ln ${line}, Col` }).waitFor();
}

async function explainInExplorer(workbench: Workbench, file: string): Promise<void> {
  const { page } = workbench;
  await page
    .locator(".explorer-folders-view .monaco-list-row", { hasText: file })
    .click({ button: "right" });
  // A menu takes no click in its first moments, lest the one that opened it choose something.
  await page.locator(".monaco-menu .action-label", { hasText: "Explain This Log" }).hover();
  await page.keyboard.press("Enter");
  await page.locator(".monaco-menu").waitFor({ state: "detached" });
}

/** A log of so many bytes in which no value stands, but words that values stand with; `first` and `last` come around it. */
async function writeLog(
  file: string,
  bytes: number,
  {
    first = "",
    line,
    last = "",
  }: { first?: string; line: (index: number) => string; last?: string },
): Promise<void> {
  const lines = Array.from({ length: 1000 }, (_, index) => `${line(index)}\n`);
  const block = Buffer.from(lines.join(""));
  const handle = await open(file, "w");
  await handle.write(first);
  for (let written = 0; written < bytes; written += block.length) await handle.write(block);
  await handle.write(last);
  await handle.close();
}

/** A window on host.log, in a folder that has these logs too: a window learns late of files that are written beside it. */
async function openWith(
  write: (folder: string) => Promise<void>,
  extensionKind: ExtensionKind = "node",
): Promise<Workbench> {
  const { folder, remove } = await temporaryFolder("logs");
  try {
    await cp("test/logs", folder, { recursive: true });
    await write(folder);
    const settings = { "workbench.editorLargeFileConfirmation": 1024 };
    return await openWorkbench({ folder, file: "host.log", settings, extensionKind });
  } finally {
    await remove();
  }
}

/** Which processes have a file open. Linux tells; elsewhere nobody is asked. */
async function readersOf(file: string): Promise<string[]> {
  const readers: string[] = [];
  for (const id of await readdir("/proc").catch(() => [])) {
    const folder = `/proc/${id}/fd`;
    for (const descriptor of await readdir(folder).catch(() => [])) {
      const target = await readlink(`${folder}/${descriptor}`).catch(() => "");
      if (target === file) readers.push(id);
    }
  }
  return readers;
}

/** Guests that are refused and others that boot, one after the other, in a log of some 60 MB. */
async function writeBoots(file: string): Promise<void> {
  const firmware = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)\n";
  const refused = `${firmware}EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800\n`;
  const booted = `${firmware}[    0.000000] Linux version 6.14.2 (builder@host) (gcc 14.2.0) #1 SMP\n[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP SecureTSC \n`;
  const filler = `${"x".repeat(63)}\n`.repeat(35_000);
  const handle = await open(file, "w");
  for (let boot = 0; boot < 28; boot++) await handle.write(`${refused}${booted}${filler}`);
  await handle.close();
}

describe("SEV: Explain This Log", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWith(async (folder) => {
      await writeLog(path.join(folder, "large.log"), 200 * MIB, {
        first: REFUSED,
        line: (index) =>
          `init: SEV_STATUS and SEV_FEATURES of guest ${index} are read when it asks`,
      });
      await writeLog(path.join(folder, "long.log"), LONG_LINES * 64, {
        line: () => "x".repeat(63),
        last: REFUSED,
      });
      await writeFile(
        path.join(folder, "host-day.log"),
        `${REFUSED}usb 1-1: new device\n`.repeat(400),
      );
      await writeBoots(path.join(folder, "many.log"));
      await writeFile(path.join(folder, "packed.log.gz"), gzipSync(`nothing\n${REFUSED}`));
      await writeFile(path.join(folder, "bad.log.gz"), "no gzip");
      await writeFile(path.join(folder, "empty.log"), "nothing\nat all\n");
    });
  });
  after(() => workbench.close());

  /** Whether the page is no higher than so many of its windows. */
  async function assertScreens(frame: Frame, most: number): Promise<void> {
    const { all, one } = await frame.evaluate(() => ({
      all: document.documentElement.scrollHeight,
      one: window.innerHeight,
    }));
    assert.ok(all <= most * one, `${all} px in a window of ${one} px`);
  }

  it("shows the causes of a host's log, and leads from each to its line", async () => {
    await workbench.hoverText("0x800", "reason 0x20 info 0x800");
    await workbench.editor.leave();
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "host log · 8 guest terminations · 17 lines");
    await frame.getByText("7 guests refused to boot").waitFor();
    await frame.getByText("● live").waitFor();
    await assertScreens(frame, 1);
    await workbench.screenshot("explanation-dark");
    await frame.getByRole("button", { name: "line 5", exact: true }).click();
    await onLine(workbench, 5);
    await workbench.screenshot("explanation-revealed");
  });

  it("takes the selected lines, and all lines where no more than a value is selected", async () => {
    await workbench.runCommand("Expand Line Selection");
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "host.log, line 5");
    await frame.getByRole("button", { name: "line 5", exact: true }).click();
    await workbench.page.locator(".statusbar-item", { hasText: /\d selected/u }).waitFor();
    await workbench.runCommand("SEV: Explain This Log");
    await explanation(workbench, "host log · 8 guest terminations · 17 lines");
  });

  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    it(`is shown in the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.screenshot(`explanation-${theme}`);
    });
  }

  it("has one row for 400 equal refusals of a host's day, on one screen", async () => {
    await explainInExplorer(workbench, "host-day.log");
    const frame = await explanation(workbench, "host log · 400 guest terminations · 800 lines");
    assert.equal(await frame.locator(".causes > tbody").count(), 1);
    assert.equal(await frame.locator(".fix:visible").count(), 1);
    await assertScreens(frame, 1);
    await workbench.screenshot("explanation-host-day");
  });

  it("has each advice once for 60 MB of boots, and shows the lines around a finding in the page", async () => {
    await explainInExplorer(workbench, "many.log");
    const frame = await explanation(workbench, "56 boots · 28 refused");
    await frame.getByRole("button", { name: /^EFI stub: ERROR/u }).waitFor();
    assert.equal(await frame.locator(".fix:visible").count(), 1);
    assert.equal(await frame.locator("li.entry").count(), 2);
    await assertScreens(frame, 2);
    await workbench.screenshot("explanation-60-mb");
    const link = frame.getByRole("button", { name: /^line \d/u }).last();
    await link.press("Enter");
    const excerpt = frame.getByRole("region", { name: /^Lines around line/u });
    await excerpt.getByText("EFI stub: ERROR").waitFor();
    await workbench.screenshot("explanation-excerpt");
    await workbench.page.keyboard.press("Escape");
    await excerpt.waitFor({ state: "hidden" });
  });

  it("reads a log of 200 MB that is chosen in the Explorer, and leaves nothing when it is cancelled half-way", async () => {
    const { page, folder } = workbench;
    const file = path.join(folder, "large.log");
    await explainInExplorer(workbench, "large.log");
    const frame = await explanation(workbench, "large.log");
    await frame.getByText("1 guest refused to boot").waitFor();
    const progress = frame.getByRole("progressbar");
    await until("some of it to be read", async () =>
      Number(await progress.getAttribute("value")) >= 5 ? true : undefined,
    );
    assert.equal((await readersOf(file)).length > 0, process.platform === "linux");
    // The list of notifications: a toast comes when the window has nothing else to do.
    await page.locator(".codicon-bell-dot").waitFor();
    await workbench.runCommand("Notifications: Show Notifications");
    const notifications = page.locator(".notifications-center");
    await notifications.getByText('Explaining "large.log"').waitFor();
    await workbench.screenshot("explanation-reading");
    await notifications.getByRole("button", { name: "Cancel" }).click();
    await notifications.waitFor({ state: "hidden" });
    await page.locator(".tab", { hasText: TITLE }).waitFor({ state: "detached" });
    await until("the file to be closed", async () =>
      (await readersOf(file)).length === 0 ? true : undefined,
    );
    assert.equal(await page.locator(".codicon-bell-dot").count(), 0);
    await workbench.screenshot("explanation-cancelled");
  });

  it("explains the active tab of a file that VS Code keeps from extensions, and opens its last line where that is wanted", async () => {
    const { page } = workbench;
    await page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: "long.log" })
      .dblclick();
    await page.locator(".tab.active", { hasText: "long.log" }).waitFor();
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "host log · 1 guest termination · 900,001 lines");
    await frame.getByRole("button", { name: "line 900,001", exact: true }).first().click();
    await frame.getByRole("button", { name: "Open Anyway" }).click();
    await onLine(workbench, LONG_LINES + 1);
  });

  it("reads a packed log, and shows its lines in the page alone", async () => {
    await explainInExplorer(workbench, "packed.log.gz");
    const frame = await explanation(workbench, "host log · 1 guest termination · 2 lines");
    await frame.getByRole("button", { name: "line 2", exact: true }).first().click();
    await frame.getByRole("region", { name: "Lines around line 2" }).getByText("nothing").waitFor();
    assert.equal(await frame.getByRole("button", { name: "Open Anyway" }).count(), 0);
  });

  it("says what a log without values was searched for", async () => {
    await explainInExplorer(workbench, "empty.log");
    const frame = await explanation(workbench, "No SEV values in 2 lines. Looked for SEV_STATUS");
    await frame.getByRole("button", { name: "Decode a Value…" }).press("Enter");
    await workbench.quickInput().waitFor();
    await workbench.page.keyboard.press("Escape");
  });

  it("says in one sentence what cannot be read", async () => {
    const { page } = workbench;
    // VS Code's own word on the large file of an earlier test.
    await workbench.runCommand("Notifications: Clear All Notifications");
    await explainInExplorer(workbench, "bad.log.gz");
    await explanation(workbench, '"bad.log.gz" cannot be read further: it is damaged.');
    // Others may be there, such as VS Code's own on the long log.
    await workbench.runCommand("Notifications: Show Notifications");
    const notifications = page.locator(".notifications-center");
    await notifications.waitFor();
    await workbench.screenshot("explanation-damaged");
    await notifications.getByText("bad.log.gz").waitFor({ state: "detached" });
  });
});

describe("the explanation of a log of three boots", () => {
  let workbench: Workbench;
  before(async () => {
    // Opened by hand: a file that the window's address names is opened instead of what was open before a reload.
    workbench = await openWorkbench();
    const { page } = workbench;
    await page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: "boots.log" })
      .dblclick();
    await page.locator(".tab.active", { hasText: "boots.log" }).waitFor();
  });
  after(() => workbench.close());

  it("shows what went wrong first, and leads to its line by mouse and by key", async () => {
    await workbench.hoverText("0x800", "EFI stub: ERROR");
    await workbench.editor.leave();
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "3 boots · 1 refused · 20 lines");
    assert.match(
      (await frame.locator("li.entry").first().textContent()) ?? "",
      /^✗ REFUSEDBoot 2 – missing SecureTSC/u,
    );
    await workbench.screenshot("explanation-boots");
    const quote = frame.getByRole("button", { name: /^EFI stub: ERROR/u });
    await quote.click();
    await onLine(workbench, 12);
    await frame.getByRole("button", { name: "lines 1–5" }).press("Enter");
    await onLine(workbench, 1);
    await quote.press("Enter");
    await onLine(workbench, 12);
  });

  it("explains again with its own panel in front, beside the log", async () => {
    const { page } = workbench;
    await page.locator(".tab", { hasText: TITLE }).click();
    await workbench.runCommand("SEV: Explain This Log");
    await explanation(workbench, "3 boots · 1 refused · 20 lines");
    assert.equal(await page.locator(".editor-group-container").count(), 2);
    assert.equal(await page.locator(".tab", { hasText: TITLE }).count(), 1);
    await page.locator(".tab.active", { hasText: "boots.log" }).waitFor();
  });

  it("makes no problem of a boot that ran, whatever kernel is chosen", async () => {
    await workbench.changeSettings({ "sevStatus.guest": "6.6" });
    const frame = await explanation(workbench, "✗ Linux 6.6 (chosen) refuses: missing SecureTSC");
    assert.equal(await frame.locator("li.entry[data-tone='bad']").count(), 1);
    assert.equal(await frame.locator("li.entry[data-tone='good']").count(), 2);
    await workbench.changeSettings({ "sevStatus.guest": "" });
    await until("the chosen kernel to be gone", async () =>
      (await frame.getByText("(chosen)").count()) === 0 ? true : undefined,
    );
  });

  it("shows what is appended within two seconds, whether the log is open or not", async () => {
    const { page, folder } = workbench;
    const file = path.join(folder, "boots.log");
    await appendFile(file, `${REFUSAL}\n`);
    const appended = Date.now();
    const frame = await explanation(workbench, "4 boots · 2 refused · 21 lines");
    assert.ok(Date.now() - appended < 2_000, `${Date.now() - appended} ms`);
    await page.locator(".tab", { hasText: "boots.log" }).locator(".action-label").click();
    await appendFile(file, `${REFUSAL}\n`);
    await frame.getByText("5 boots · 3 refused · 22 lines").waitFor({ timeout: 10_000 });
  });

  it("is as before after a reload, without a click", async () => {
    await workbench.runCommand("Developer: Reload Window");
    await workbench.page.locator(".tab", { hasText: TITLE }).waitFor({ state: "detached" });
    await explanation(workbench, "5 boots · 3 refused · 22 lines");
    await workbench.screenshot("explanation-reloaded");
  });

  it("says that its log is gone, and shows it when it comes back", async () => {
    const file = path.join(workbench.folder, "boots.log");
    await rm(file);
    const frame = await explanation(workbench, "boots.log is gone.");
    await frame.getByRole("button", { name: "Choose Log…" }).waitFor();
    await writeFile(file, `${REFUSAL}\n`);
    await frame.getByText("1 boot · 1 refused · 1 line").waitFor();
  });
});

describe("SEV: Explain This Log in the web-worker extension host", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWith(
      (folder) => writeFile(path.join(folder, "large.log"), Buffer.alloc(65 * MIB, "x\n")),
      "web",
    );
  });
  after(() => workbench.close());

  it("reads a file that no editor shows, and says which it cannot", async () => {
    const { page } = workbench;
    await explainInExplorer(workbench, "serial.log");
    await explanation(workbench, "2 boots · 1 refused");
    await explainInExplorer(workbench, "large.log");
    await page.locator(".codicon-bell-dot").waitFor();
    await workbench.runCommand("Notifications: Show Notifications");
    await page
      .locator(".notifications-center")
      .getByText('"large.log" has 65 MiB: expected at most 64 MiB')
      .waitFor();
  });
});
