import assert from "node:assert/strict";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import type { PageFiles } from "./standIn";
import { THEMES, faults, isTheme, pageFiles } from "./standIn";
import { TablePage } from "./tablePage";

const REFUSED = { register: "sev-status", value: 0x887n, guest: "6.8" } as const;
const LARGEST_SCRIPT = 40 * 1024;

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
      for (const name of [/Bits/u, /Kernels/u, /What you will see/u, /Sources/u]) {
        await page.getByRole("tab", { name }).click();
        assert.deepEqual(await faults(page), []);
      }
      await page.getByRole("tab", { name: /Bits/u }).click();
      await page.getByRole("button", { name: "More on SEV_STATUS bit 11, SecureTSC" }).click();
      await page.getByText("All ways").click();
      await page.getByRole("gridcell", { name: /bit 18, SecureAVIC/u }).click();
      await page.getByText("vs SEV_STATUS 0x887").waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Value").fill("what?");
      await page.getByText("is not a value").waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Kernel", { exact: true }).selectOption("linux-6.14");
      await page.getByLabel("Value").fill("0x887");
      await page.getByText("boots").first().waitFor();
      await page.getByRole("button", { name: "Compare…" }).click();
      await page.getByLabel("Compare with", { exact: true }).fill("6.6");
      await page.keyboard.press("Enter");
      await page.getByText("vs Linux 6.6").waitFor();
      assert.deepEqual(await faults(page), []);
      await page.getByLabel("Value").fill("0x20100");
      await page.getByLabel("Register").selectOption("ghcb-msr");
      await page.getByRole("table", { name: "Fields of GHCB MSR" }).waitFor();
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
    assert.equal(count("rowheader"), 5);
  });

  it("reaches everything by Tab, in the order it is read", async () => {
    ({ page } = await TablePage.open(context, files, REFUSED));
    const reached: (string | undefined)[] = [];
    // The value has the focus when the page opens.
    for (let step = 0; step < 13; step++) {
      reached.push(
        await page.evaluate(() => {
          const { activeElement: at } = document;
          const hidden = at?.querySelector(".visually-hidden")?.textContent;
          return at?.getAttribute("aria-label") ?? hidden ?? (at?.id || at?.textContent) ?? "";
        }),
      );
      await page.keyboard.press("Tab");
    }
    assert.deepEqual(reached, [
      "Value",
      "Register",
      "guest",
      "Compare…",
      "Copy",
      "All ways",
      "63–240x0",
      "SEV_STATUS bit 11, SecureTSC, set, missing: needs 6.14",
      "tab-bits",
      "Set 5",
      "Named 18",
      "All 64",
      "Filter names",
    ]);
  });

  it("is small", async () => {
    ({ page } = await TablePage.open(context, files, REFUSED));
    assert.ok(Buffer.byteLength(files.script) < LARGEST_SCRIPT);
  });
});
