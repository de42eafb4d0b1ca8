import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import type { PageFiles } from "./standIn";
import { THEMES, faults, isTheme, pageFiles } from "./standIn";
import { TablePage } from "./tablePage";

const REFUSED = { register: "sev-status", value: 0x887n, guest: "6.8" } as const;
const LARGEST_SCRIPT = 20 * 1024;

describe("the feature table's page, for everyone", () => {
  let context: BrowserContext;
  let close: () => Promise<void>;
  let files: PageFiles;
  let page: Page;

  before(async () => {
    const browser = await openBrowser();
    context = browser.page.context();
    close = browser.close;
    files = await pageFiles("featureTable");
  });
  after(() => close());
  afterEach(() => page.close());

  for (const theme of Object.keys(THEMES).filter(isTheme)) {
    it(`has nothing that axe faults in ${theme}`, async () => {
      ({ page } = await TablePage.open(context, files, { ...REFUSED, theme }));
      await page.getByText("Sources").click();
      for (const list of await page.locator(".kernels summary").all()) await list.click();
      assert.deepEqual(await faults(page), []);
      await page.getByRole("checkbox", { name: "SEV_STATUS bit 18, SecureAVIC" }).click();
      await page.getByRole("region", { name: "What would change" }).waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Value").fill("what?");
      await page.getByText("is no value").waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Guest kernel").selectOption("linux-6.14");
      await page.getByText("boots").waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Value").fill("0x100");
      await page.getByLabel("Register").selectOption("ghcb-msr");
      await page.getByText("Fields of GHCB MSR").waitFor();
      assert.deepEqual(await faults(page), []);
    });
  }

  it("marks the lacking row by a border where the system forces its colours", async () => {
    ({ page } = await TablePage.open(context, files, { ...REFUSED, theme: "Dark High Contrast" }));
    await page.emulateMedia({ forcedColors: "active" });
    const width = await page
      .locator("tr.is-lacking td")
      .first()
      .evaluate((cell) => getComputedStyle(cell).borderBottomWidth);
    assert.equal(width, "2px");
  });

  it("fits 320 pixels, and is a table to a screen reader there too", async () => {
    ({ page } = await TablePage.open(context, files, { ...REFUSED, width: 320 }));
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.deepEqual(await faults(page), []);
    const session = await context.newCDPSession(page);
    const { nodes } = await session.send("Accessibility.getFullAXTree");
    const count = (role: string) => nodes.filter((node) => node.role?.value === role).length;
    assert.equal(count("table"), 1);
    assert.equal(count("columnheader"), 5);
    assert.equal(count("rowheader"), 24);
  });

  it("reaches everything by Tab, in the order it is read", async () => {
    ({ page } = await TablePage.open(context, files, REFUSED));
    const reached: (string | undefined)[] = [];
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press("Tab");
      reached.push(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          return at?.getAttribute("aria-label") ?? (at?.id || at?.textContent) ?? "";
        }),
      );
    }
    const withoutCounts = reached.map((name) =>
      name?.replace(/ \(\d+\)$/u, "").replaceAll(/\d+(?= (?:refuse|have|boot|do|of))/gu, "N"),
    );
    assert.deepEqual(withoutCounts, [
      "value",
      "register",
      "guest",
      "Other…",
      "Copy as Markdown",
      "Sources",
      "✗ N refuse (N of them likely)",
      "? N have no check, and the result is undefined (N of them likely)",
      "✓ N boot (N of them likely)",
      "– N do not reach the check",
      "only-set",
      "SEV_STATUS bit 0, SEV",
    ]);
  });

  it("is small", async () => {
    ({ page } = await TablePage.open(context, files, REFUSED));
    assert.ok(Buffer.byteLength(files.script) < LARGEST_SCRIPT);
  });
});
