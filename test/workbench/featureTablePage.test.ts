import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { featureTable } from "../../src/decoder/report/value/featureTable";
import type { TablePageOptions } from "./tablePage";
import type { PageFiles } from "./standIn";
import { pageFiles } from "./standIn";
import { TablePage } from "./tablePage";

const REFUSED = { register: "sev-status", value: 0x887n, guest: "6.8" } as const;

describe("the feature table's page", () => {
  let context: BrowserContext;
  let close: () => Promise<void>;
  let files: PageFiles;
  let table: TablePage;

  before(async () => {
    const browser = await openBrowser();
    context = browser.page.context();
    close = browser.close;
    files = await pageFiles("featureTable");
  });
  after(() => close());
  afterEach(async () => {
    await table.page.close();
    assert.deepEqual(table.errors, []);
  });

  async function open(options: TablePageOptions): Promise<TablePage["page"]> {
    table = await TablePage.open(context, files, options);
    return table.page;
  }
  const bit = (name: string) => table.page.getByRole("checkbox", { name });
  const row = (name: string) => table.page.getByRole("row").filter({ has: bit(name) });
  const value = () => table.page.getByLabel("Value");
  const shownBits = () => table.page.locator("tbody input:visible").count();

  it("says on top that 6.8 refuses 0x887, and what the host will print", async () => {
    const page = await open(REFUSED);
    assert.match(
      await page.locator(".answer").innerText(),
      /Problem\s+SEV_STATUS 0x887\s+Linux 6\.8 refuses to boot: missing SecureTSC\./u,
    );
    assert.match(
      await page.locator(".verdict").innerText(),
      /SEV-ES guest requested termination: reason 0x20 info 0x800/u,
    );
  });

  it("marks the row of a missing feature, and no other, by a word", async () => {
    const page = await open(REFUSED);
    const badge = row("SEV_STATUS bit 11, SecureTSC").locator(".badge.lacking");
    assert.equal(await badge.innerText(), "missing");
    assert.equal(await page.locator(".badge.lacking").count(), 1);
  });

  it("builds a value by Space, and the focus stays on the bit", async () => {
    const page = await open(REFUSED);
    await bit("SEV_STATUS bit 11, SecureTSC").focus();
    await page.keyboard.press("Space");
    await page.getByText("Linux 6.8 boots").waitFor();
    assert.equal(await value().inputValue(), "0x87");
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "SEV_STATUS bit 11, SecureTSC",
    );
  });

  it("counts bits toggled faster than answers come", async () => {
    await open(REFUSED);
    table.silent = true;
    await bit("SEV_STATUS bit 11, SecureTSC").click();
    await bit("SEV_STATUS bit 14, IBSVirt").click();
    await bit("SEV_STATUS bit 0, SEV").click();
    assert.deepEqual(
      table.sent.flatMap((message) => (message.type === "decode" ? [message.text] : [])),
      ["0x87", "0x4087", "0x4086"],
    );
  });

  it("reads what is typed as the register that was chosen, before the answer to the choice has come", async () => {
    await open(REFUSED);
    table.silent = true;
    await table.page.getByLabel("Register").selectOption("ghcb-msr");
    await value().fill("0x100");
    await value().press("Enter");
    assert.deepEqual(
      table.sent.flatMap((message) =>
        message.type === "decode" ? [`${message.register} ${message.text}`] : [],
      ),
      ["ghcb-msr 0x887", "ghcb-msr 0x100"],
    );
  });

  it("toggles bit 63 without losing a bit", async () => {
    const page = await open({ register: "sev-status", value: 0x7fff_ffff_ffff_ffffn });
    await page.getByRole("button", { name: "Show all" }).click();
    await bit("SEV_STATUS bit 63").click();
    await page.getByText("64 of 64 set").waitFor();
    assert.equal(await value().inputValue(), "0xffffffffffffffff");
  });

  it("moves between bits by the arrow keys", async () => {
    const page = await open(REFUSED);
    await bit("SEV_STATUS bit 1, SEV-ES").focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("aria-label")),
      "SEV_STATUS bit 2, SEV-SNP",
    );
  });

  it("keeps the text as typed, and writes it the short way on Enter", async () => {
    const page = await open(REFUSED);
    await value().fill("0x0000_0087UL");
    await page.getByText("Linux 6.8 boots").waitFor();
    assert.equal(await value().inputValue(), "0x0000_0087UL");
    await value().press("Enter");
    assert.equal(await value().inputValue(), "0x87");
  });

  it("says why text is no value, and keeps the last good table", async () => {
    const page = await open(REFUSED);
    await value().fill("0x88g");
    const problem = page.getByText('"0x88g" is no value');
    await problem.waitFor();
    assert.equal(await value().getAttribute("aria-invalid"), "true");
    assert.equal(await value().getAttribute("aria-describedby"), await problem.getAttribute("id"));
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").isChecked(), true);
    await value().fill("0x7");
    await problem.waitFor({ state: "detached" });
    assert.equal(await value().getAttribute("aria-invalid"), null);
  });

  it("lets no answer that comes late replace a newer one", async () => {
    await open(REFUSED);
    table.silent = true;
    await value().fill("0x7");
    await value().press("Enter");
    const early = table.session.answer(table.guest);
    await table.send(early);
    assert.equal(await value().inputValue(), "0x7");
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").isChecked(), true);
    for (const message of table.sent) if (message.type === "decode") table.session.take(message);
    await table.answer();
    await table.page.getByText("3 of 64 set").waitFor();
    await table.send(early);
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").isChecked(), false);
  });

  it("shows what a hover's link asks for while it is open", async () => {
    await open(REFUSED);
    table.session.show({ register: "sev-features", value: 0x21n });
    await table.answer();
    await bit("SEV_FEATURES bit 5, DebugSwap").waitFor();
    assert.equal(await value().inputValue(), "0x21");
  });

  it("lets be what it does not know", async () => {
    const page = await open(REFUSED);
    const answer = table.session.answer(null);
    await table.send({ ...answer, inReplyTo: null, version: 2 });
    await table.send({ ...answer, inReplyTo: null, table: { ...answer.table, value: "<b>" } });
    await table.send("table");
    assert.equal(await page.getByLabel("Guest kernel").inputValue(), "linux-6.8");
  });

  it("shows text from outside as text", async () => {
    const page = await open(REFUSED);
    const answer = table.session.answer(table.guest);
    const [first, ...rest] = answer.table.rows;
    const name = "<img src=x onerror=alert(1)>";
    const rows = first === undefined ? [] : [{ ...first, name, meaning: name }, ...rest];
    await table.send({ ...answer, inReplyTo: null, table: { ...answer.table, rows } });
    await page.getByText(name).first().waitFor();
    assert.equal(await page.locator("img").count(), 0);
  });

  it("shows only set bits, keeps the one just cleared under the pointer, and remembers the filter", async () => {
    const page = await open(REFUSED);
    await page.getByLabel("Show only set bits").check();
    assert.equal(await shownBits(), 5);
    await bit("SEV_STATUS bit 7, DebugSwap").click();
    await page.getByText("4 of 64 set").waitFor();
    assert.equal(await shownBits(), 5);
    await value().fill("0x7");
    await page.getByText("3 of 64 set").waitFor();
    assert.equal(await shownBits(), 3);
    assert.deepEqual(await table.kept(), {
      version: 1,
      register: "sev-status",
      value: "0x0000000000000007",
      filter: "set",
    });
  });

  it("restores the filter that an earlier page has kept", async () => {
    const state = {
      version: 1,
      register: "sev-status",
      value: "0x0000000000000887",
      filter: "set",
    };
    await open({ ...REFUSED, state });
    assert.equal(await shownBits(), 5);
  });

  it("folds clear reserved bits, never set ones", async () => {
    const page = await open({ register: "sev-status", value: 1n << 40n });
    assert.equal(await shownBits(), 25);
    assert.equal(await bit("SEV_STATUS bit 40").isChecked(), true);
    const unfold = page.getByRole("button", { name: "Show all" });
    assert.equal(await unfold.getAttribute("aria-expanded"), "false");
    await unfold.click();
    assert.equal(await shownBits(), 64);
  });

  it("chooses a guest, none, or asks for one", async () => {
    const page = await open(REFUSED);
    const guests = page.getByLabel("Guest kernel");
    assert.match((await guests.locator("option").allInnerTexts())[1] ?? "", /^Linux 7\./u);
    await guests.selectOption("linux-6.14");
    await page.getByText("Linux 6.14 boots").waitFor();
    await guests.selectOption({ label: "No guest chosen" });
    await page.getByText("SecureTSC are enabled").waitFor();
    assert.equal(await page.getByRole("columnheader", { name: "Linux" }).count(), 0);
    table.silent = true;
    await page.getByRole("button", { name: "Other…" }).click();
    assert.deepEqual(
      table.sent.flatMap((message) => (message.type === "chooseGuest" ? [message.text] : [])),
      ["linux-6.14", null, ""],
    );
  });

  it("lists which releases refuse, are undefined and boot, and chooses the one that is pressed", async () => {
    const page = await open(REFUSED);
    const kernels = page.getByRole("region", { name: "Which releases boot" });
    const folded = await kernels.locator("summary").allInnerTexts();
    assert.deepEqual(
      folded.map((text) => text.replaceAll(/\d+/gu, "N")),
      [
        "✗ N refuse (N of them likely)",
        "? N have no check, and the result is undefined (N of them likely)",
        "✓ N boot (N of them likely)",
        "– N do not reach the check",
      ],
    );
    assert.equal(await kernels.locator("table:visible").count(), 0);
    await kernels
      .getByText(/^✓ \d+ boot/u)
      .first()
      .click();
    await kernels.getByRole("button", { name: "6.14", exact: true }).click();
    await page.getByText("Linux 6.14 boots").waitFor();
    assert.equal(await page.getByLabel("Guest kernel").inputValue(), "linux-6.14");
    const chosen = kernels.getByRole("row").filter({ hasText: "(chosen guest)" });
    assert.match(await chosen.innerText(), /^6\.14 \(chosen guest\)\s+nothing\s+derived$/u);
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("data-kernel")),
      "linux-6.14",
    );
  });

  it("keeps a list unfolded while the value changes, and has none for a GHCB MSR", async () => {
    const page = await open(REFUSED);
    await page.locator(".kernels summary").first().click();
    await value().fill("0x40807");
    await page
      .locator(".kernels td:visible", { hasText: "SecureTSC, SecureAVIC" })
      .first()
      .waitFor();
    await page.getByLabel("Register").selectOption("ghcb-msr");
    await page.locator(".kernels").waitFor({ state: "hidden" });
  });

  it("says what would change, once a bit was turned, and no more when it is turned back", async () => {
    const page = await open({ ...REFUSED, value: 0x87n });
    assert.equal(await page.locator(".changes:visible").count(), 0);
    await bit("SEV_STATUS bit 11, SecureTSC").click();
    const changes = page.getByRole("region", { name: "What would change" });
    await changes.waitFor();
    const text = await changes.innerText();
    assert.match(
      text,
      /Compared with 0x87, the value the table was opened with: SecureTSC enabled\./u,
    );
    assert.match(text, /Linux 6\.8: before ✓ boots, now ✗ refuses, missing SecureTSC\./u);
    assert.match(text, /\d+ stop booting, and 0 start to boot/u);
    await bit("SEV_STATUS bit 11, SecureTSC").click();
    await changes.waitFor({ state: "hidden" });
  });

  it("offers the distributions' kernels as guests too", async () => {
    const page = await open(REFUSED);
    const guests = page.getByLabel("Guest kernel");
    assert.deepEqual(
      await guests
        .locator("optgroup")
        .evaluateAll((all) => all.map((one) => one.getAttribute("label"))),
      ["Upstream", "Distributions"],
    );
    await guests.selectOption("rhel-9.4");
    await page.getByText("RHEL 9.4 refuses to boot").waitFor();
  });

  it("shows a guest that no list has", async () => {
    const page = await open({ ...REFUSED, guest: "6.8.0-45-generic" });
    assert.equal(await page.getByLabel("Guest kernel").inputValue(), "linux-6.8.0-45-generic");
  });

  it("reads the value as another register, and shows fields where there are no bits", async () => {
    const page = await open({ register: "sev-status", value: 0x100n });
    await page.getByLabel("Register").selectOption("ghcb-msr");
    await page.getByText("Fields of GHCB MSR").waitFor();
    const { report } = featureTable("ghcb-msr", 0x100n, null);
    assert.equal(await page.getByRole("row").count(), report.fields.length + 1);
    assert.equal(await shownBits(), 0);
  });

  it("says when the decode is on the clipboard", async () => {
    const page = await open(REFUSED);
    await page.getByRole("button", { name: "Copy as Markdown" }).click();
    await page.getByText("Copied").waitFor();
  });
});
