import assert from "node:assert/strict";
import { chooseGuest } from "./chooseGuest";
import { featureTable } from "./featureTable";
import { marked, someMarked } from "./marks";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

/** The line of test/logs/serial.log that the journey is about. */
const LINE = "guest SEV_STATUS = 0x887";

/** Hovers until the hover says what it is to say: parts of it come later than others. */
function hoverThatSays(
  workbench: Workbench,
  { text, line }: { readonly text: string; readonly line: string },
  pattern: RegExp,
): Promise<string> {
  return until(`a hover that says ${pattern.source}`, async () => {
    const shown = await workbench.hoverText(text, line);
    return pattern.test(shown) ? shown : undefined;
  });
}

describe("from a value in a log to a kernel that boots", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: "serial.log" });
  });
  after(() => workbench.close());

  it("asks the kernel of the boot's banner while no guest is chosen, and says so", async () => {
    const text = await workbench.hoverText("0x887", LINE);
    assert.match(text, /Linux 6\.12\.117 refuses to boot – missing SecureTSC/u);
    assert.match(text, /Kernel: 6\.12\.117 \(banner, line 1\)/u);
    // The boot ran: nothing in it is marked for its own kernel.
    assert.equal(await marked(workbench), 0);
    await workbench.screenshot("hover-boot-guest-dark");
    await workbench.editor.leave();
  });

  it("asks the boot's kernel in the feature table too, where the hover leads there", async () => {
    await workbench.hoverText("0x887", LINE);
    await workbench.editor.hover().getByText("Feature table").click();
    const frame = await featureTable(workbench);
    await frame
      .getByText(/Linux 6\.12\.117 refuses to boot/u)
      .first()
      .waitFor();
    await workbench.runCommand("View: Close Editor");
    await workbench.editor.leave();
  });

  it("shows SecureTSC as lacking for Linux 6.6, in the hover and in the editor", async () => {
    await chooseGuest(workbench, "6.6");
    const text = await hoverThatSays(
      workbench,
      { text: "0x887", line: LINE },
      /Linux 6\.6 refuses to boot – missing SecureTSC/u,
    );
    assert.match(
      text,
      /✗ Linux 6\.6 \(chosen for this log\) refuses: missing SecureTSC · ✗ Linux 6\.12\.117 \(banner, line 1\) refuses/u,
    );
    await someMarked(workbench);
    assert.match(text, /SecureTSC\s+needs 6\.14/u);
    assert.match(text, /remove secure-tsc=on/u);
    await workbench.editor.leave();
  });

  it("follows the guest at once: Linux 6.14 lacks nothing", async () => {
    await chooseGuest(workbench, "6.14");
    await until("no marks in the editor", async () =>
      (await marked(workbench)) === 0 ? true : undefined,
    );
    const text = await workbench.hoverText("0x887", LINE);
    assert.match(text, /Linux 6\.14 boots – supports every enabled feature/u);
    // The boot's own kernel is named too, and lacks what the chosen one supports.
    assert.match(text, /✗ Linux 6\.12\.117 \(banner, line 1\) refuses: missing SecureTSC/u);
    assert.doesNotMatch(text, /needs 6\.14/u);
    await workbench.editor.leave();
  });

  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    it(`shows the hover in the theme ${theme}`, async () => {
      if (theme === "light") await chooseGuest(workbench, "6.6");
      await workbench.setTheme(theme);
      assert.match(await workbench.hoverText("0x887", LINE), /refuses to boot/u);
      await workbench.screenshot(`hover-${theme}`);
      await workbench.editor.leave();
    });
  }

  it("opens the feature table from the hover, on the value", async () => {
    await workbench.hoverText("0x887", LINE);
    await workbench.editor.hover().getByText("Feature table").click();
    await workbench.editor.leave();
    const frame = await featureTable(workbench);
    await frame.getByText("refuses to boot").first().waitFor();
    assert.equal(
      await frame.getByRole("checkbox", { name: /bit 11, SecureTSC/u }).isChecked(),
      true,
    );
    await workbench.page.keyboard.press("Control+B");
  });

  it("builds a value by toggling bits, and the verdict follows", async () => {
    const frame = await featureTable(workbench);
    await frame.getByRole("checkbox", { name: /bit 11, SecureTSC/u }).uncheck();
    await frame.getByText("boots").first().waitFor();
    assert.equal(await frame.getByLabel("Value", { exact: true }).inputValue(), "0x87");
    await frame.getByRole("checkbox", { name: /bit 11, SecureTSC/u }).check();
    await frame.getByText("refuses to boot").first().waitFor();
  });

  it("follows the guest in the open table too", async () => {
    await chooseGuest(workbench, "6.14");
    await (await featureTable(workbench)).getByText("supports every enabled feature").waitFor();
  });

  it("decodes what is typed into the palette's box, and says what is wrong with what is no value", async () => {
    await chooseGuest(workbench, "6.6");
    const box = await workbench.runAsking("SEV: Decode Value…", "Decode a SEV value");
    const input = box.locator("input[type=text]").first();
    await input.fill("0x8x7");
    await box.getByText("Not a value. Try 0x887").waitFor();
    await input.fill("sev-features 0x221");
    await box.getByText("SEV_FEATURES 0x221: ✗ Linux 6.6 refuses to boot").waitFor();
    await workbench.screenshot("decode-value-dark");
    await workbench.page.keyboard.press("Enter");
    const frame = await featureTable(workbench);
    await frame.getByRole("checkbox", { name: /SEV_FEATURES bit 9, SecureTSC/u }).waitFor();
    // The table was in front: the kernel is the one chosen for the log beside it, as in the box.
    await frame.getByText("Linux 6.6 refuses to boot").first().waitFor();
  });

  it("compares what is typed into the palette's box, and shows the whole on Enter", async () => {
    const box = await workbench.runAsking(
      "SEV: Compare…",
      "Compare two SEV values or two guest kernels",
    );
    const input = box.locator("input[type=text]").first();
    await input.fill("0x887 6.6");
    await box.getByText('"6.6" is not a value').waitFor();
    await input.fill("0x887 0x87");
    await box.getByText("only 0x887 has SecureTSC").waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.getByText("SEV_STATUS 0x887 and 0x87").first().waitFor();
    await workbench.screenshot("compare-dark");
    await workbench.runCommand("View: Close Editor");
  });

  for (const theme of ["light", "hcDark", "hcLight", "dark"] as const) {
    it(`shows the table in the theme ${theme}`, async () => {
      await workbench.setTheme(theme);
      await (
        await featureTable(workbench)
      ).evaluate(() => {
        window.scrollTo(0, 0);
      });
      // Off the buttons, which would show what they do.
      await workbench.page.mouse.move(300, 700);
      await workbench.screenshot(`table-${theme}`);
    });
  }
});

describe("in the web-worker extension host", () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench({ file: "host.log", extensionKind: "web" });
  });
  after(() => workbench.close());

  it("decodes KVM's termination line under the mouse, and against a chosen guest", async () => {
    const line = "requested termination: reason 0x20 info 0x800";
    // The problem of the line is in the hover before the decode is.
    await hoverThatSays(workbench, { text: "0x800", line }, /SecureTSC\s+needs 6\.14/u);
    await workbench.editor.leave();
    await chooseGuest(workbench, "6.6");
    await someMarked(workbench);
    await hoverThatSays(workbench, { text: "0x800", line }, /fits this refusal/u);
    await workbench.screenshot("hover-host-log-dark");
  });
});
