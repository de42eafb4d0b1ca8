import assert from "node:assert/strict";
import { cp, open, readdir, readlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Frame } from "playwright-core";
import { temporaryFolder } from "../../build/workbench/cleanUp.mjs";
import type { ExtensionKind } from "../../build/workbench/window.mjs";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

const REFUSED = "[  512.1] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n";
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
    await cp("samples", folder, { recursive: true });
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
      await writeFile(path.join(folder, "packed.log.gz"), gzipSync(`nothing\n${REFUSED}`));
      await writeFile(path.join(folder, "bad.log.gz"), "no gzip");
    });
  });
  after(() => workbench.close());

  it("shows the boots of the active document, and leads from a finding to its line", async () => {
    await workbench.hoverText("0x800", "reason 0x20 info 0x800");
    await workbench.editor.leave();
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "10 findings in 1 boot, 17 lines read.");
    await frame.getByText("missing features").waitFor();
    await workbench.screenshot("explanation-dark");
    await frame.getByRole("button", { name: /^line 5 / }).click();
    await onLine(workbench, 5);
    await workbench.screenshot("explanation-revealed");
  });

  it("takes the selected lines, and all lines where no more than a value is selected", async () => {
    await workbench.runCommand("Expand Line Selection");
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(workbench, "What host.log, line 5 says");
    await frame.getByRole("button", { name: /^line 5 / }).click();
    await workbench.page.locator(".statusbar-item", { hasText: /\d selected/u }).waitFor();
    await workbench.runCommand("SEV: Explain This Log");
    await explanation(workbench, "What host.log says");
  });

  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    it(`is shown in the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await workbench.screenshot(`explanation-${theme}`);
    });
  }

  it("reads a log of 200 MB that is chosen in the Explorer, and leaves nothing when it is cancelled half-way", async () => {
    const { page, folder } = workbench;
    const file = path.join(folder, "large.log");
    await explainInExplorer(workbench, "large.log");
    const frame = await explanation(workbench, "Reading…");
    await frame.getByText("lacks SecureTSC").first().waitFor();
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
    await page.locator(".tab", { hasText: "SEV Log Explanation" }).waitFor({ state: "detached" });
    await until("the file to be closed", async () =>
      (await readersOf(file)).length === 0 ? true : undefined,
    );
    assert.equal(await page.locator(".codicon-bell-dot").count(), 0);
    await workbench.screenshot("explanation-cancelled");
  });

  it("explains the active tab of a file that VS Code keeps from extensions, to its last line", async () => {
    const { page } = workbench;
    await page
      .locator(".explorer-folders-view .monaco-list-row", { hasText: "long.log" })
      .dblclick();
    await page.locator(".tab.active", { hasText: "long.log" }).waitFor();
    await workbench.runCommand("SEV: Explain This Log");
    const frame = await explanation(
      workbench,
      `1 finding in 1 boot, ${LONG_LINES + 1} lines read.`,
    );
    await frame.getByRole("button", { name: `line ${LONG_LINES + 1} ` }).click();
    await onLine(workbench, LONG_LINES + 1);
  });

  it("reads a packed log", async () => {
    await explainInExplorer(workbench, "packed.log.gz");
    await explanation(workbench, "1 finding in 1 boot, 2 lines read.");
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
    await explanation(workbench, "lines read.");
    await explainInExplorer(workbench, "large.log");
    await page.locator(".codicon-bell-dot").waitFor();
    await workbench.runCommand("Notifications: Show Notifications");
    await page
      .locator(".notifications-center")
      .getByText('"large.log" has 65 MiB: expected at most 64 MiB')
      .waitFor();
  });
});
