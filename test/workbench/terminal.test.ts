import assert from "node:assert/strict";
import { chooseGuestOfWorkspace } from "./chooseGuest";
import { featureTable } from "./featureTable";
import { TERMINAL_SETTINGS, Terminal, type Shown } from "./terminal";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const REASON: Shown = { text: "0x20", row: "reason 0x20" };
const MASK: Shown = { text: "0x800", row: "info 0x800" };
const VMGEXIT = "kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800";
const EXIT_CODE: Shown = { text: "8000fffe" };
const EXIT_INFO: Shown = { text: "20", row: "exit_info1 20" };
const STATUS = "SEV_STATUS: 0x887";
const VALUE: Shown = { text: "0x887" };

/** What comes before a line in a collected log, as long as it is asked for. */
function prefix(cells: number): string {
  return `${"compute-17 kernel: ".repeat(100).slice(0, cells - 1)} `;
}

describe("links in the terminal", () => {
  let workbench: Workbench;
  let terminal: Terminal;
  before(async () => {
    workbench = await openWorkbench({ settings: TERMINAL_SETTINGS });
    terminal = await Terminal.open(workbench);
  });
  after(() => workbench.close());

  /** Follows a link that opens a decode, and waits for the editor with what it says. */
  async function decodeOf(shown: Shown, says: RegExp): Promise<void> {
    await terminal.follow(shown);
    await editorSays(says);
  }

  function decodes(): Promise<number> {
    return workbench.page.locator(".tab", { hasText: "SEV Decode" }).count();
  }

  async function editorSays(says: RegExp): Promise<void> {
    const { page } = workbench;
    await page.locator(".tab.active", { hasText: "SEV Decode" }).waitFor();
    await until(`the decode with ${says.source}`, async () => {
      const lines = await page.locator(".monaco-editor .view-line").allTextContents();
      return says.test(lines.join("\n").replaceAll("\u00a0", " ")) ? true : undefined;
    });
  }

  /** Prints a line and looks at the link that `shown` is in: which text it covers, and what its tooltip says. */
  async function linkIn(line: string, shown: Shown): Promise<{ covers: string[]; says: string }> {
    await terminal.print(line);
    const says = await terminal.hoverText(shown);
    return { covers: await terminal.underlined(), says };
  }

  it("are the reason and the mask of KVM's line", async () => {
    const reason = await linkIn(REFUSED, REASON);
    assert.deepEqual(reason.covers, ["0x20"]);
    assert.match(reason.says, /^SW_EXITINFO1 0x20: .*refused to boot – missing SecureTSC/u);
    await workbench.screenshot("terminal-reason-dark");
    const mask = await terminal.hoverText(MASK);
    assert.deepEqual(await terminal.underlined(), ["0x800"]);
    assert.match(mask, /^SW_EXITINFO2 0x800: .*refused to boot – missing SecureTSC/u);
  });

  it("open the decode of what the feature table has no place for, to be read and not to be written", async () => {
    const { covers, says } = await linkIn(VMGEXIT, EXIT_CODE);
    assert.deepEqual(covers, ["8000fffe"]);
    assert.match(says, /^SW_EXITCODE 0x8000fffe: .*Open decode \(ctrl \+ click\)$/u);
    await decodeOf(EXIT_CODE, /SW_EXITCODE 0x8000fffe/u);
    await workbench.screenshot("terminal-decode-dark");
    await workbench.page.keyboard.type("x");
    await workbench.page.getByText("Cannot edit in read-only editor").first().waitFor();
  });

  it("open another decode in the same page, at its beginning", async () => {
    await workbench.page.keyboard.press("Control+End");
    await workbench.page.locator(".statusbar-item", { hasText: /^Ln \d\d/u }).waitFor();
    await decodeOf(EXIT_INFO, /SW_EXITINFO1 0x20\b/u);
    assert.equal(await decodes(), 1);
  });

  it("open the feature table with a register's value", async () => {
    const { covers, says } = await linkIn(STATUS, VALUE);
    assert.deepEqual(covers, ["0x887"]);
    assert.match(says, /^SEV_STATUS 0x887: .*SecureTSC are enabled/u);
    assert.match(says, /Open in feature table \(ctrl \+ click\)$/u);
    await workbench.screenshot("terminal-status-dark");
    await terminal.follow(VALUE);
    const frame = await featureTable(workbench);
    const secureTsc = frame.getByRole("checkbox", { name: /bit 11, SecureTSC/u });
    assert.equal(await secureTsc.isChecked(), true);
    assert.equal(await frame.getByLabel("Value", { exact: true }).inputValue(), "0x887");
    await workbench.screenshot("terminal-table-dark");
  });

  it("open a decode in the page beside the table, which is in front", async () => {
    await terminal.print(VMGEXIT);
    await decodeOf(EXIT_CODE, /SW_EXITCODE 0x8000fffe/u);
    assert.equal(await decodes(), 1);
  });

  it("are the names of Linux' status line", async () => {
    const names = "SEV SEV-ES SEV-SNP DebugSwap SecureTSC";
    const { covers, says } = await linkIn(`SEV: Status: ${names} `, { text: "DebugSwap" });
    assert.deepEqual(covers, [names]);
    assert.match(says, /^SEV_STATUS at least 0x887/u);
  });

  it("are where they stand in a line of several colours", async () => {
    const line =
      "\u001b[1;32m[    0.000000]\u001b[0m \u001b[33mSEV_STATUS\u001b[0m: \u001b[31m0x8\u001b[0m87";
    const { covers, says } = await linkIn(line, VALUE);
    assert.deepEqual(covers, ["0x887"]);
    assert.match(says, /^SEV_STATUS 0x887/u);
  });

  it("are where they stand after characters of two cells", async () => {
    const { covers, says } = await linkIn(`日本語 🚀 ${STATUS}`, VALUE);
    assert.deepEqual(covers, ["0x887"]);
    assert.match(says, /^SEV_STATUS 0x887/u);
  });

  describe("in a line of more than one row", () => {
    let columns: number;
    before(async () => {
      columns = await terminal.columns();
    });

    it("are found though what they mean is said in the row above", async () => {
      const before = REFUSED.indexOf("reason");
      const { covers, says } = await linkIn(`${prefix(columns - before)}${REFUSED}`, MASK);
      assert.deepEqual(covers, ["0x800"]);
      assert.match(says, /^SW_EXITINFO2 0x800: .*missing SecureTSC/u);
      await workbench.screenshot("terminal-wrapped-dark");
      await terminal.follow(MASK);
      const frame = await featureTable(workbench);
      await until("the mask in the table", async () =>
        (await frame.getByLabel("Value", { exact: true }).inputValue()) === "0x800"
          ? true
          : undefined,
      );
    });

    it("go over the end of a row with their value", async () => {
      const before = STATUS.length - 2;
      const { covers, says } = await linkIn(`${prefix(columns - before)}${STATUS}`, {
        text: "87",
      });
      assert.deepEqual(covers, ["0x8", "87"]);
      assert.match(says, /^SEV_STATUS 0x887/u);
    });
  });

  describe("with a chosen guest", () => {
    before(() => chooseGuestOfWorkspace(workbench, "6.6"));

    it("say what that guest does, and follow it to another", async () => {
      await terminal.print(STATUS);
      await tooltipThatSays(/^SEV_STATUS 0x887: Linux 6\.6 refuses to boot/u);
      await workbench.setTheme("light");
      await terminal.hoverText(VALUE);
      await workbench.screenshot("terminal-status-light");
      await chooseGuestOfWorkspace(workbench, "6.14");
      await tooltipThatSays(/^SEV_STATUS 0x887: Linux 6\.14 boots/u);
    });

    it("have an open decode that follows the guest", async () => {
      await terminal.print(VMGEXIT);
      await decodeOf(EXIT_CODE, /SW_EXITCODE 0x8000fffe/u);
      await editorSays(/Linux 6\.14/u);
      await workbench.screenshot("terminal-decode-light");
      await chooseGuestOfWorkspace(workbench, "6.6");
      await editorSays(/Linux 6\.6/u);
    });
  });

  it("are none while the setting is off", async () => {
    await terminal.print(STATUS);
    assert.equal(await terminal.isPlain(VALUE), false);
    await workbench.changeSettings({ "sevStatus.terminalLinks": false });
    await until("the word without a link", async () =>
      (await terminal.isPlain(VALUE)) ? true : undefined,
    );
    await workbench.changeSettings({ "sevStatus.terminalLinks": true });
    assert.match(await terminal.hoverText(VALUE), /^SEV_STATUS 0x887/u);
  });

  function tooltipThatSays(says: RegExp): Promise<true> {
    return until(`a tooltip that says ${says.source}`, async () =>
      says.test(await terminal.hoverText(VALUE)) ? true : undefined,
    );
  }
});
