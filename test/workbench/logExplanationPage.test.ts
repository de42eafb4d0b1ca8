import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { BrowserContext } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { BootReader } from "../../src/decoder/boot/reader";
import { LogExplanation } from "../../src/extension/pages/logExplanation/explanation";
import { GONE, done, reading } from "../../src/extension/pages/logExplanation/stage";
import type { HostMessage, ViewMessage } from "../../src/pages/logExplanation/protocol";
import { PROTOCOL_VERSION, isViewMessage } from "../../src/pages/logExplanation/protocol";
import type { PageFiles, StandInOptions } from "./standIn";
import { StandIn, THEMES, faults, isTheme, pageFiles } from "./standIn";

const version = PROTOCOL_VERSION;
const LARGEST_SCRIPT = 12 * 1024;
const target = { uri: "file:///logs/serial.log", lines: null };

/** What a log of these lines says; `name` is what it is called. */
function explained(lines: readonly string[], name: string): LogExplanation {
  const explanation = new LogExplanation(name);
  const reader = new BootReader(new TextDecoder(), explanation);
  reader.push(new TextEncoder().encode(lines.join("\n")));
  reader.end();
  return explanation;
}

/** What lines say while the log goes on. */
function explainedSoFar(lines: readonly string[], name: string): LogExplanation {
  const explanation = new LogExplanation(name);
  const reader = new BootReader(new TextDecoder(), explanation);
  reader.push(new TextEncoder().encode(`${lines.join("\n")}\n`));
  explanation.showOpen(reader.soFar());
  return explanation;
}

describe("the log explanation's page", () => {
  let context: BrowserContext;
  let close: () => Promise<void>;
  let files: PageFiles;
  let logs: string[];
  let shown: StandIn;
  let sent: ViewMessage[];

  before(async () => {
    const browser = await openBrowser();
    context = browser.page.context();
    close = browser.close;
    files = await pageFiles("logExplanation");
    const [host = "", serial = ""] = await Promise.all(
      ["host", "serial"].map((name) => readFile(`samples/${name}.log`, "utf8")),
    );
    logs = [...serial.split("\n"), ...serial.split("\n"), ...host.split("\n")];
  });
  after(() => close());
  afterEach(async () => {
    assert.deepEqual(shown.errors, []);
    await shown.page.close();
  });

  /** Opens the page, whose host answers with these messages. */
  async function open(
    messages: readonly HostMessage[],
    options: Omit<StandInOptions, "receive"> = {},
  ): Promise<StandIn> {
    sent = [];
    const standIn = await StandIn.open(context, files, {
      ...options,
      receive: async (message) => {
        assert.ok(isViewMessage(message));
        sent.push(message);
        if (message.type === "ready") for (const answer of messages) await standIn.send(answer);
      },
    });
    shown = standIn;
    await standIn.load();
    return standIn;
  }

  function whole(name = "serial.log", leads = true): HostMessage[] {
    const explanation = explained(logs, name);
    return [
      { version, type: "log", name, target, leads },
      { version, type: "boots", boots: explanation.all(null) },
      done(explanation, logs.length),
    ];
  }

  for (const theme of Object.keys(THEMES).filter(isTheme)) {
    it(`has nothing that axe faults in ${theme}`, async () => {
      const { page } = await open(whole(), { theme });
      assert.deepEqual(await faults(page), []);
    });
  }

  it("has nothing that axe faults while a log is read, and fits 320 pixels", async () => {
    const { page } = await open([...whole().slice(0, 2), reading(0.4)], { width: 320 });
    assert.equal(await page.getByRole("progressbar").getAttribute("value"), "40");
    assert.deepEqual(await faults(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  it("leads from a finding to its place, by mouse and by key", async () => {
    const { page } = await open(whole());
    const finding = page.getByRole("button", { name: /^line 4 SEV_STATUS/u });
    await finding.click();
    await finding.press("Enter");
    const places = sent.filter(({ type }) => type === "reveal");
    assert.equal(places.length, 2);
    assert.deepEqual(places[0], places[1]);
    assert.equal(places[0]?.type === "reveal" && places[0].line, 3);
  });

  it("lists the findings of a packed log without leading anywhere", async () => {
    const { page } = await open(whole("serial.log.gz", false));
    await page.getByText("line 4").first().waitFor();
    assert.equal(await page.getByRole("button", { name: /^line/u }).count(), 0);
  });

  it("adds to a boot that goes on, and keeps the focus where it is", async () => {
    const lines = ["SEV_STATUS: 0x87", "SEV_STATUS: 0x87", "SEV_STATUS: 0x87"];
    const boots = (count: number): HostMessage => ({
      version,
      type: "boots",
      boots: explainedSoFar(lines.slice(0, count), "x.log").all(null),
    });
    const standIn = await open([...whole("x.log").slice(0, 1), boots(1), reading(0.1)]);
    const { page } = standIn;
    await page.getByText("so far").waitFor();
    const first = page.getByRole("button", { name: "line 1 " });
    await first.focus();
    await standIn.send(boots(3));
    await page.getByRole("button", { name: "line 3 " }).waitFor();
    assert.equal(await page.getByRole("button", { name: /^line/u }).count(), 3);
    assert.equal(await first.evaluate((button) => button === document.activeElement), true);
  });

  it("shows another log instead of the one before", async () => {
    const standIn = await open(whole());
    await standIn.send({ version, type: "log", name: "next.log", target, leads: true });
    await standIn.page.getByRole("heading", { name: "What next.log says" }).waitFor();
    assert.equal(await standIn.page.locator("section.boot").count(), 0);
  });

  it("shows a log's name as text, and characters that a screen obeys as their numbers", async () => {
    const { page } = await open(whole('<img src=x onerror="alert(1)">\u202egol.log'));
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    assert.equal(heading, 'What <img src=x onerror="alert(1)">\\u202egol.log says');
    assert.equal(await page.locator("img").count(), 0);
    assert.doesNotMatch((await page.locator("main").textContent()) ?? "", /\u202e/u);
  });

  it("asks for a copy, the guest and another reading, and keeps which log it shows", async () => {
    const standIn = await open(whole());
    const { page } = standIn;
    await page.getByRole("button", { name: "Copy as Markdown" }).nth(1).click();
    await standIn.send({ version, type: "copied", index: 1 });
    await page.getByText("Copied").waitFor();
    await page.getByRole("button", { name: "Choose Guest Kernel…" }).click();
    await page.getByRole("button", { name: "Explain Again" }).click();
    assert.deepEqual(sent.slice(1), [
      { version, type: "copy", index: 1 },
      { version, type: "chooseGuest" },
      { version, type: "again" },
    ]);
    assert.deepEqual(await standIn.kept(), { version, target });
  });

  it("says after a reload that the log has to be explained again", async () => {
    const { page } = await open([...whole().slice(0, 1), GONE]);
    await page.getByText("explain the log again").waitFor();
    await page.getByRole("button", { name: "Explain Again" }).waitFor();
  });

  it("is small", async () => {
    await open(whole());
    assert.ok(Buffer.byteLength(files.script) < LARGEST_SCRIPT);
  });
});
