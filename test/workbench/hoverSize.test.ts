import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { until } from "./until";
import { openWorkbench, type Workbench } from "./workbench";

const BANNER =
  "[    0.000000] Linux version 6.12.117 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
const REFUSAL = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
const LOG = [
  BANNER,
  ...Array.from({ length: 6 }, (_, line) => `[    0.00000${line}] nothing`),
  "guest SEV_STATUS = 0x87",
  "guest SEV_STATUS = 0x887",
  "guest SEV_STATUS = 0x40887",
  "x = MSR_AMD64_SNP_SECURE_TSC",
  REFUSAL,
  "",
].join("\n");

/** The texts that are hovered, and the line of each. */
const HOVERED = [
  ["0x87", "SEV_STATUS = 0x87"],
  ["0x887", "SEV_STATUS = 0x887"],
  ["0x40887", "SEV_STATUS = 0x40887"],
  ["0x800", REFUSAL],
  ["MSR_AMD64_SNP_SECURE_TSC", "x = MSR_AMD64_SNP_SECURE_TSC"],
] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 600 },
];
/** No hover has more words. */
const MOST_WORDS = 60;

describe("a hover", () => {
  let workbench: Workbench;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hover-"));
    await writeFile(path.join(folder, "boot.log"), LOG);
    workbench = await openWorkbench({ folder, file: "boot.log" });
    await workbench.page.keyboard.press("Control+B");
  });
  after(async () => {
    await workbench.close();
    await rm(folder, { recursive: true });
  });

  /** How much of the open hover is hidden below its edge, in pixels; undefined without a hover. */
  function hidden(): Promise<number | undefined> {
    return workbench.editor
      .hover()
      .locator(".monaco-hover-content, .monaco-scrollable-element")
      .evaluateAll((parts) =>
        parts.length === 0
          ? undefined
          : Math.max(...parts.map(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)),
      );
  }

  function assertShort(text: string): void {
    const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
    // The bits are no words.
    const said = words.filter((word) => !/^[.X1?]+$/u.test(word));
    assert.ok(said.length <= MOST_WORDS, `${said.length} words: ${text}`);
  }

  for (const size of SIZES)
    it(`is whole without a scroll at ${size.width} x ${size.height}, by mouse`, async () => {
      await workbench.page.setViewportSize(size);
      for (const [text, line] of HOVERED) {
        const said = await workbench.hoverText(text, line);
        assertShort(said);
        assert.equal(await hidden(), 0, text);
        await workbench.screenshot(`hover-${text}-${size.width}`);
        await workbench.editor.leave();
      }
    });

  it("is whole without a scroll by keyboard, and its links can be reached", async () => {
    const { page, editor } = workbench;
    const { x, y } = await editor.locate("0x887", "SEV_STATUS = 0x887");
    await page.mouse.click(x, y);
    await page.mouse.move(5, 5);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await editor.hover().first().waitFor();
    assert.equal(await hidden(), 0);
    // The same keys again give the hover the focus.
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await until("the focus on Copy", async () => {
      await page.keyboard.press("Tab");
      const focused = await page.evaluate(() => document.activeElement?.textContent ?? "");
      return focused.includes("Copy") ? true : undefined;
    });
    await page.keyboard.press("Enter");
    await page.locator(".statusbar-item", { hasText: "Copied as text" }).waitFor();
    await page.keyboard.press("Escape");
  });

  it("copies a mask as text that fits a mail: no backslash, and the line", async () => {
    const { page, editor } = workbench;
    await workbench.hoverText("0x800", REFUSAL);
    await editor.hover().getByText("Copy", { exact: false }).last().click();
    await page.locator(".statusbar-item", { hasText: "Copied as text" }).waitFor();
    await editor.leave();
    await workbench.runCommand("File: New Untitled Text File");
    await page.keyboard.press("Control+v");
    const shown = await until("the pasted text", async () => {
      const lines = await page.locator(".editor-instance .view-line").allInnerTexts();
      const all = lines.join("\n").replaceAll("\u00a0", " ");
      return all.includes("Guest refused to boot") ? all : undefined;
    });
    assert.ok(shown.includes(REFUSAL));
    assert.doesNotMatch(shown, /\\/u);
  });
});
