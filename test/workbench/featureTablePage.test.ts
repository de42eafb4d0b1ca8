import assert from "node:assert/strict";
import type { BrowserContext } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { guestProfile } from "../../src/decoder/guest/profile";
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
  const shownBits = () => table.page.locator(".bits tbody input:visible").count();
  const cell = (name: RegExp) => table.page.getByRole("gridcell", { name });
  const tab = (name: RegExp) => table.page.getByRole("tab", { name });
  const verdict = () => table.page.getByRole("region", { name: "Verdict" });
  const focused = () =>
    table.page.evaluate(() => {
      const at = document.activeElement;
      return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
    });

  it("says on top that 6.8 refuses 0x887 and what to do, with the value ready to be replaced", async () => {
    const page = await open(REFUSED);
    assert.match(
      await verdict().innerText(),
      /Linux 6\.8 refuses to boot – missing SecureTSC\s+Fix guest ≥ 6\.14/u,
    );
    assert.equal(await page.locator(".other").innerText(), "= SEV_FEATURES 0x221");
    await page.keyboard.type("0x87");
    await page.getByText("Linux 6.8 boots").waitFor();
  });

  for (const width of [461, 611, 1222]) {
    it(`has the fix and the missing feature on the first screen at ${width} pixels`, async () => {
      const page = await open({ ...REFUSED, guest: "6.12.117", width });
      await page.setViewportSize({ width, height: 698 });
      for (const [what, most] of [
        [verdict(), 260],
        [row("SEV_STATUS bit 11, SecureTSC"), 450],
        [row("SEV_STATUS bit 0, SEV"), 698],
      ] as const) {
        const box = await what.boundingBox();
        assert.ok(box !== null && box.y + box.height <= most, `${JSON.stringify(box)} ${most}`);
      }
    });
  }

  it("keeps the verdict in sight while the table scrolls", async () => {
    const page = await open(REFUSED);
    await page.getByRole("button", { name: /^All/u }).click();
    await row("SEV_STATUS bit 3, vTom").scrollIntoViewIfNeeded();
    const box = await verdict().boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y < 300);
  });

  it("orders missing bits first, then set ones, and has a sign for each", async () => {
    const page = await open(REFUSED);
    const rows = await page.locator(".bits tbody tr.bit-row:visible").allInnerTexts();
    assert.deepEqual(
      rows.map((text) => text.split(/\s+/u).slice(1, 5).join(" ")),
      [
        "11 SecureTSC ✗ needs",
        "7 DebugSwap ✓ since",
        "2 SEV-SNP ✓ base",
        "1 SEV-ES ✓ base",
        "0 SEV ✓ base",
      ],
    );
    assert.equal(await page.locator("tr.is-lacking").count(), 1);
    assert.match(await page.locator(".clear-bits").innerText(), /^13 named and 46 reserved/u);
  });

  it("builds a value by Space in the rows, and the focus stays on the bit", async () => {
    const page = await open(REFUSED);
    await bit("SEV_STATUS bit 11, SecureTSC").focus();
    await page.keyboard.press("Space");
    await page.getByText("Linux 6.8 boots").waitFor();
    assert.equal(await value().inputValue(), "0x87");
    assert.equal(await focused(), "SEV_STATUS bit 11, SecureTSC");
    // The row stays where it was, so that a second press takes it back.
    await page.keyboard.press("Space");
    await page.getByText("refuses to boot").waitFor();
  });

  it("is a strip of bits for the keyboard: one stop, arrows move, Space toggles", async () => {
    const page = await open(REFUSED);
    await cell(/bit 11, SecureTSC, set, missing: needs 6\.14/u).focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
    assert.match(await focused(), /^SEV_STATUS bit 10, VmplSSS, clear/u);
    await page.keyboard.press("Space");
    await page
      .getByText("missing SecureTSC VmplSSS")
      .or(page.getByText("missing VmplSSS SecureTSC"))
      .waitFor();
    assert.equal(await value().inputValue(), "0xc87");
    await page.keyboard.press("End");
    assert.match(await focused(), /bit 0, SEV,/u);
    await page.keyboard.press("Home");
    assert.match(await focused(), /bit 23, IBPBOnEntry/u);
    const stops = await page
      .getByRole("gridcell")
      .evaluateAll((all) => all.filter((one) => one.getAttribute("tabindex") === "0").length);
    assert.equal(stops, 1);
  });

  it("counts bits toggled faster than answers come", async () => {
    await open(REFUSED);
    table.silent = true;
    await bit("SEV_STATUS bit 11, SecureTSC").click();
    await cell(/bit 14, IBSVirt/u).click();
    await bit("SEV_STATUS bit 0, SEV").click();
    assert.deepEqual(
      table.sent.flatMap((message) => (message.type === "decode" ? [message.text] : [])),
      ["0x87", "0x4087", "0x4086"],
    );
  });

  it("converts to the other numbering, and never reads the number as another one", async () => {
    const page = await open({ register: "sev-features", value: 0x221n, guest: "6.8" });
    await page.getByLabel("Register").selectOption("sev-status");
    await page.getByText("= SEV_FEATURES 0x221").waitFor();
    assert.equal(await value().inputValue(), "0x887");
    await page.getByLabel("Register").selectOption("sev-features");
    await page.getByText("= SEV_STATUS 0x887").waitFor();
    assert.equal(await value().inputValue(), "0x221");
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
      ["ghcb-msr 0x100"],
    );
  });

  it("shows bit 63 where it is set, and toggles it without losing a bit", async () => {
    await open({ register: "sev-status", value: 0x7fff_ffff_ffff_ffffn });
    await cell(/bit 63,/u).click();
    await table.page.getByRole("button", { name: "Set 64" }).waitFor();
    assert.equal(await value().inputValue(), "0xffffffffffffffff");
  });

  it("folds the upper bits while they are clear", async () => {
    const page = await open(REFUSED);
    assert.equal(await page.getByRole("gridcell").count(), 24);
    const fold = page.getByRole("button", { name: /63–24/u });
    await fold.click();
    assert.equal(await page.getByRole("gridcell").count(), 64);
    assert.equal(await fold.getAttribute("aria-expanded"), "true");
  });

  it("moves between rows by the arrow keys, and tells more on Enter", async () => {
    const page = await open(REFUSED);
    await bit("SEV_STATUS bit 11, SecureTSC").focus();
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "SEV_STATUS bit 7, DebugSwap");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    const details = page.locator(".details:visible");
    assert.match(await details.innerText(), /secure-tsc \(QEMU\)/u);
    assert.match(await details.innerText(), /Guest kernel: Linux 6\.14 or later/u);
    await page.keyboard.press("ArrowLeft");
    await details.waitFor({ state: "hidden" });
  });

  it("shows set, named or all bits, finds them by any project's name, and remembers the filter", async () => {
    const page = await open(REFUSED);
    assert.equal(await shownBits(), 5);
    await page.getByRole("button", { name: /^Named/u }).click();
    assert.equal(await shownBits(), 18);
    await page.getByRole("button", { name: /^All/u }).click();
    assert.equal(await shownBits(), 64);
    assert.equal(Reflect.get(Object(await table.kept()), "filter"), "all");
    await page.getByLabel("Filter names").fill("prev_host_ibs");
    assert.equal(await shownBits(), 1);
    assert.equal(await bit("SEV_STATUS bit 8, NoHostIBS").isVisible(), true);
  });

  it("keeps a bit just cleared under the pointer", async () => {
    const page = await open(REFUSED);
    await bit("SEV_STATUS bit 7, DebugSwap").click();
    await page.getByRole("button", { name: "Set 4" }).waitFor();
    assert.equal(await shownBits(), 5);
    await value().fill("0x7");
    await page.getByRole("button", { name: "Set 3" }).waitFor();
    assert.equal(await shownBits(), 3);
  });

  it("restores what an earlier page has kept", async () => {
    const state = {
      version: 2,
      register: "sev-status",
      value: "0x0000000000000887",
      filter: "named",
      tab: "kernels",
      origin: { own: null, log: null, whatIf: null },
      compared: "",
    };
    await open({ ...REFUSED, state });
    assert.equal(await tab(/Kernels/u).getAttribute("aria-selected"), "true");
    await tab(/Bits/u).click();
    assert.equal(await shownBits(), 18);
  });

  it("keeps the text as typed, and writes it the short way on Enter", async () => {
    const page = await open(REFUSED);
    await value().fill("0x0000_0087UL");
    await page.getByText("Linux 6.8 boots").waitFor();
    assert.equal(await value().inputValue(), "0x0000_0087UL");
    await value().press("Enter");
    assert.equal(await value().inputValue(), "0x87");
  });

  for (const [text, shown] of [
    ["EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800", "SW_EXITINFO2"],
    ["SEV-SNP,SecureTSC", "SEV_STATUS"],
    ["0b100010000111", "SEV_STATUS"],
  ] as const) {
    it(`reads ${text}`, async () => {
      const page = await open({ ...REFUSED, value: 0x7n });
      await value().fill(text);
      await verdict().getByText("missing SecureTSC").waitFor();
      const register = page.getByLabel("Register");
      assert.equal(
        await register.evaluate((list: HTMLSelectElement) => list.selectedOptions[0]?.text),
        shown,
      );
    });
  }

  it("reads a whole log that is pasted", async () => {
    const page = await open({ ...REFUSED, value: 0x7n });
    await value().evaluate((field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      field.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData, cancelable: true, bubbles: true }),
      );
    }, "first line\nkvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\nlast");
    await page.getByText("Guest refused to boot").waitFor();
  });

  it("says why text is no value, and keeps the last good table, dimmed", async () => {
    const page = await open(REFUSED);
    await value().fill("0x88g");
    const problem = page.getByText('"0x88g" is not a value');
    await problem.waitFor();
    assert.equal(await value().getAttribute("aria-invalid"), "true");
    assert.equal(await value().getAttribute("aria-describedby"), await problem.getAttribute("id"));
    assert.equal(await verdict().getAttribute("aria-disabled"), "true");
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").isChecked(), true);
    await value().fill("0x7");
    await problem.waitFor({ state: "detached" });
    assert.equal(await value().getAttribute("aria-invalid"), null);
    assert.equal(await verdict().getAttribute("aria-disabled"), null);
  });

  it("lets no answer that comes late replace a newer one", async () => {
    await open(REFUSED);
    table.silent = true;
    await value().fill("0x7");
    await value().press("Enter");
    const early = table.session.answer({ guest: table.guest });
    await table.send(early);
    assert.equal(await value().inputValue(), "0x7");
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").isChecked(), true);
    for (const message of table.sent) if (message.type === "decode") table.session.take(message);
    await table.answer();
    await table.page.getByRole("button", { name: "Set 3" }).waitFor();
    await table.send(early);
    assert.equal(await bit("SEV_STATUS bit 11, SecureTSC").count(), 0);
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
    const answer = table.session.answer({ guest: null });
    await table.send({ ...answer, inReplyTo: null, version: 1 });
    await table.send({ ...answer, inReplyTo: null, table: { ...answer.table, value: "<b>" } });
    await table.send("table");
    assert.equal(await page.getByLabel("Kernel", { exact: true }).inputValue(), "linux-6.8");
  });

  it("shows text from outside as text", async () => {
    const page = await open(REFUSED);
    const answer = table.session.answer({ guest: table.guest });
    const [first, ...rest] = answer.table.rows;
    const name = "<img src=x onerror=alert(1)>";
    const rows = first === undefined ? [] : [{ ...first, name, meaning: name }, ...rest];
    await table.send({ ...answer, inReplyTo: null, table: { ...answer.table, rows } });
    await page.getByText(name).first().waitFor();
    assert.equal(await page.locator("img").count(), 0);
  });

  it("chooses a kernel as a what-if, none, or asks for one; the log's own comes first", async () => {
    const page = await open(REFUSED);
    table.own = guestProfile("6.12.117");
    await table.answer();
    const guests = page.getByLabel("Kernel", { exact: true });
    const groups = () =>
      guests.locator("optgroup").evaluateAll((all) => all.map((one) => one.getAttribute("label")));
    assert.deepEqual(await groups(), ["Chosen", "LTS", "Mainline", "Distributions", "More"]);
    assert.match(
      await guests.locator("optgroup").first().innerText(),
      /Linux 6\.12\.117 – the log's own kernel/u,
    );
    await guests.selectOption("linux-6.14");
    await page.getByText("Linux 6.14 boots").waitFor();
    await guests.selectOption({ label: "No kernel: decode only" });
    await page.getByText("SEV-SNP is on").waitFor();
    assert.equal(await page.getByRole("columnheader", { name: "6.14" }).count(), 0);
    await guests.selectOption("rhel-9.4");
    await page.getByText("RHEL 9.4 refuses to boot").waitFor();
    table.silent = true;
    await guests.selectOption({ label: "Other: type or paste any kernel…" });
    await guests.selectOption({ label: "Use RHEL 9.4 for this workspace" });
    assert.deepEqual(
      table.sent.flatMap((message) => {
        if (message.type === "chooseGuest") return [message.text];
        return message.type === "useGuest" ? ["use"] : [];
      }),
      ["linux-6.14", null, "rhel-9.4", "", "use"],
    );
  });

  it("shows a guest that no list has", async () => {
    const page = await open({ ...REFUSED, guest: "6.8.0-45-generic" });
    assert.equal(
      await page.getByLabel("Kernel", { exact: true }).inputValue(),
      "linux-6.8.0-45-generic",
    );
  });

  it("has every kernel's answer in a tab, merged and grouped, and chooses the one that is pressed", async () => {
    const page = await open({ ...REFUSED, value: 0x40887n });
    table.own = guestProfile("6.12.117");
    await table.answer();
    await tab(/^Kernels ✗ \d+ \? \d+ ✓ \d+$/u).click();
    const kernels = page.getByRole("table", { name: /What each kernel does/u });
    assert.deepEqual((await kernels.getByRole("columnheader").allInnerTexts()).slice(0, 6), [
      "Kernel",
      "Boots",
      "DebugSwap",
      "SecureTSC",
      "SecureAVIC",
      "Known from",
    ]);
    const groups = await kernels.locator(".group").allInnerTexts();
    assert.deepEqual(groups, ["Mainline", "Longterm and stable", "Distributions"]);
    const own = kernels.getByRole("row").filter({ hasText: "this log" });
    assert.match(await own.innerText(), /^6\.12\.y this log\s+✗ refuses/u);
    await kernels.getByRole("button", { name: "6.18 … 7.3 + SECURE_AVIC" }).click();
    await page.getByText(/Linux 7\.3 with Secure AVIC boots/u).waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute("data-kernel")),
      "linux-7.3+secure-avic",
    );
    await page.getByRole("button", { name: "✓ Boots" }).click();
    await page.getByLabel("Filter kernels").fill("ubuntu");
    const names = await kernels.locator("tbody th[scope=row]").allInnerTexts();
    assert.ok(names.length > 0 && names.every((name) => name.startsWith("Ubuntu")), names.join());
    await page.getByLabel("Filter kernels").fill("banana");
    await page.getByText("No kernel matches.").waitFor();
  });

  it("has what every log will show in a tab, to be copied", async () => {
    const page = await open(REFUSED);
    await tab(/What you will see/u).click();
    assert.deepEqual(await page.locator(".steps").first().locator("li").allTextContents(), [
      "✓ Host, passed",
      "✓ OVMF, passed",
      "✗ EFI stub, stops here",
      "· Decompressor, not reached",
      "· Kernel, not reached",
    ]);
    await page.getByRole("button", { name: /^Copy: kvm_amd/u }).click();
    await page.getByText("✓ Copied").waitFor();
    assert.deepEqual(
      table.sent.flatMap((message) => (message.type === "copyText" ? [message.text] : [])),
      ["kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800"],
    );
  });

  it("has its sources in a tab, as links", async () => {
    const page = await open(REFUSED);
    await tab(/Sources/u).click();
    const links = await page
      .locator(".sources a")
      .evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    assert.ok(links.some((link) => link.startsWith("https://git.kernel.org/stable/c/")));
    assert.ok(links.every((link) => link.startsWith("https://")));
  });

  it("moves between tabs by the arrow keys", async () => {
    const page = await open(REFUSED);
    await tab(/Bits/u).focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await tab(/Kernels/u).getAttribute("aria-selected"), "true");
    await page.keyboard.press("End");
    assert.equal(await tab(/Sources/u).getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowRight");
    assert.equal(await tab(/Bits/u).getAttribute("aria-selected"), "true");
  });

  it("says what would change once a bit was turned, takes it back, and starts anew", async () => {
    const page = await open({ ...REFUSED, value: 0x87n });
    assert.equal(await page.locator(".comparison:visible").count(), 0);
    await cell(/bit 11, SecureTSC/u).click();
    const changes = page.locator(".changes");
    await page.getByText("vs SEV_STATUS 0x87:").waitFor();
    assert.match(
      await changes.innerText(),
      /\+ SecureTSC · Linux 6\.8 ✓ boots → ✗ refuses, missing SecureTSC · kernels that refuse: \d+ → \d+/u,
    );
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Linux 6.8 boots").waitFor();
    assert.equal(await value().inputValue(), "0x87");
    await cell(/bit 11, SecureTSC/u).click();
    await page.getByRole("button", { name: "Make this the start" }).click();
    await page.getByText("vs SEV_STATUS 0x87:").waitFor({ state: "hidden" });
  });

  it("compares with a second kernel: a column of its own, differences first", async () => {
    const page = await open(REFUSED);
    await page.getByRole("button", { name: "Compare…" }).click();
    await page.getByLabel("Compare with", { exact: true }).fill("6.14");
    await page.keyboard.press("Enter");
    await page.getByText("vs Linux 6.14:").waitFor();
    assert.deepEqual(
      (await page.locator(".bits thead th:visible").allInnerTexts()).map((text) => text.trim()),
      ["Set", "Bit", "Feature", "6.8", "6.14", "More"],
    );
    assert.match(
      await row("SEV_STATUS bit 11, SecureTSC").innerText(),
      /✗ needs 6\.14\s+✓ since 6\.14/u,
    );
    await page.getByLabel("Compare with", { exact: true }).fill("banana");
    await page.keyboard.press("Enter");
    await page.getByText("Neither a value nor a kernel").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
    await page.getByText("Neither").waitFor({ state: "hidden" });
  });

  it("cuts a GHCB MSR value into its fields, and has no kernels for it", async () => {
    const page = await open({ register: "ghcb-msr", value: 0x20100n, guest: "6.8" });
    assert.deepEqual(await page.locator(".field-strip .number").allInnerTexts(), [
      "[23:16]",
      "[15:12]",
      "[11:0]",
    ]);
    await page.getByRole("table", { name: "Fields of GHCB MSR" }).waitFor();
    assert.equal(await tab(/Kernels/u).isVisible(), false);
    assert.equal(await shownBits(), 0);
    assert.match(await verdict().innerText(), /SNP features unsupported/u);
  });

  it("copies in five forms, and says when the clipboard has it", async () => {
    const page = await open(REFUSED);
    for (const format of ["text", "markdown", "json", "csv", "link"]) {
      await page.getByLabel("Copy", { exact: true }).selectOption(format);
    }
    await page.getByText("Copied").waitFor();
    assert.deepEqual(
      table.sent.flatMap((message) => (message.type === "copy" ? [message.format] : [])),
      ["text", "markdown", "json", "csv", "link"],
    );
  });

  it("is 24 pixels a row", async () => {
    await open({ ...REFUSED, width: 1222 });
    const box = await row("SEV_STATUS bit 7, DebugSwap").boundingBox();
    assert.ok(box !== null && box.height <= 25, JSON.stringify(box));
  });
});
