import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "playwright-core";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { BootReader } from "../../src/decoder/boot/reader";
import { FIRST_PAGES, LogStory } from "../../src/decoder/report/boot/story/logStory";
import { GONE, done, failed, reading } from "../../src/extension/pages/logExplanation/stage";
import type { HostMessage, ViewMessage } from "../../src/pages/logExplanation/protocol";
import { PROTOCOL_VERSION, isViewMessage } from "../../src/pages/logExplanation/protocol";
import type { PageFiles, StandInOptions } from "./standIn";
import { StandIn, THEMES, faults, isTheme, pageFiles } from "./standIn";

const version = PROTOCOL_VERSION;
const LARGEST_SCRIPT = 24 * 1024;
const HEIGHT = 900;
const target = { uri: "file:///logs/boots.log", lines: null };
const FIRMWARE = [
  "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
  "SEV is enabled (mask 0x8000000000000)",
];
const BY_HOST = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

function booted(release: string): string[] {
  return [
    ...FIRMWARE,
    `[    0.000000] Linux version ${release} (builder@host) (gcc 14.2.0) #1 SMP`,
    "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ",
  ];
}

function refused(mask: string): string[] {
  return [...FIRMWARE, `EFI stub: ERROR: Unsupported SEV-SNP features detected: ${mask}`];
}

/** What a log of these lines says; `name` is what it is called. */
function storyOf(lines: readonly string[], name = "boots.log"): LogStory {
  const story = new LogStory(name);
  const reader = new BootReader(new TextDecoder(), story);
  reader.push(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  reader.end();
  story.lines = reader.lines;
  return story;
}

describe("the log explanation's page", () => {
  let context: BrowserContext;
  let close: () => Promise<void>;
  let files: PageFiles;
  let boots: string[];
  let host: string[];
  let shown: StandIn;
  let sent: ViewMessage[];

  before(async () => {
    const browser = await openBrowser();
    context = browser.page.context();
    close = browser.close;
    files = await pageFiles("logExplanation");
    [boots = [], host = []] = await Promise.all(
      ["boots", "host"].map(async (name) =>
        (await readFile(`test/logs/${name}.log`, "utf8")).split("\n").slice(0, -1),
      ),
    );
  });
  after(() => close());
  afterEach(async () => {
    assert.deepEqual(shown.errors, []);
    await shown.page.close();
  });

  /** Opens the page on a story, with the extension's part of answering it; `messages` come after it. */
  async function open(
    lines: readonly string[],
    {
      name = "boots.log",
      messages = [done("live")],
      ...options
    }: Omit<StandInOptions, "receive"> & {
      readonly name?: string;
      readonly messages?: readonly HostMessage[];
    } = {},
  ): Promise<StandIn> {
    const story = storyOf(lines, name);
    let offsets = FIRST_PAGES;
    sent = [];
    const view = (): HostMessage => ({
      version,
      type: "view",
      view: story.view(null, offsets, (line) => lines[line]),
    });
    const standIn = await StandIn.open(context, files, {
      ...options,
      receive: async (message) => {
        assert.ok(isViewMessage(message));
        sent.push(message);
        const answers: HostMessage[] = [];
        if (message.type === "ready")
          answers.push({ version, type: "log", name, target }, view(), ...messages);
        if (message.type === "page") {
          offsets = { ...offsets, [message.list]: message.offset };
          answers.push(view());
        }
        if (message.type === "goTo") {
          const page = story.pageOf(message.boot, null, offsets);
          if (page !== null) {
            ({ offsets } = page);
            answers.push(view(), { version, type: "focus", id: page.id });
          }
        }
        if (message.type === "details") {
          const details = story.details(message.id, null);
          if (details !== null)
            answers.push({ version, type: "details", id: message.id, ...details });
        }
        for (const answer of answers) await standIn.send(answer);
      },
    });
    shown = standIn;
    await standIn.load();
    return standIn;
  }

  /** How high the page is. */
  function heightOf(page: Page): Promise<number> {
    return page.evaluate(() => document.documentElement.scrollHeight);
  }

  for (const theme of Object.keys(THEMES).filter(isTheme)) {
    for (const width of [1280, 480])
      it(`has nothing that axe faults in ${theme} with ${width} pixels`, async () => {
        const { page } = await open(boots, { theme, width });
        await page.getByRole("button", { name: "Why: Boot 2" }).click();
        await page.getByRole("heading", { name: "What to do" }).waitFor();
        assert.deepEqual(await faults(page), []);
        await page.screenshot({
          path: `test-results/screenshots/explain-boots-${theme}-${width}.png`,
        });
      });
    it(`has nothing that axe faults in ${theme} for a host's log`, async () => {
      const { page } = await open(host, { theme, name: "host.log" });
      await page
        .getByRole("button", { name: /^Why: 0x0:0x2/u })
        .first()
        .click();
      await page.getByRole("heading", { name: "What to do" }).waitFor();
      assert.deepEqual(await faults(page), []);
      await page.screenshot({ path: `test-results/screenshots/explain-host-${theme}.png` });
    });
  }

  it("has nothing that axe faults while a log is read, and fits 320 pixels", async () => {
    const { page } = await open(boots, { width: 320, messages: [reading(0.4)] });
    assert.equal(await page.getByRole("progressbar").getAttribute("value"), "40");
    assert.deepEqual(await faults(page), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
    await page.screenshot({ path: "test-results/screenshots/explain-boots-320.png" });
  });

  it("keeps its parts apart in forced colours, and fits 320 pixels with a host's log", async () => {
    const { page } = await open(host, { width: 320, name: "host.log" });
    await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" });
    const edge = await page
      .locator(".entry.card")
      .evaluate((card) => getComputedStyle(card).borderLeftWidth);
    assert.equal(edge, "4px");
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  });

  it("shows what went wrong first: the line itself, the fix, then what booted", async () => {
    const { page } = await open(boots, { width: 612 });
    const entries = page.locator("li.entry");
    assert.match(
      (await entries.nth(0).textContent()) ?? "",
      /^✗ REFUSEDBoot 2 – missing SecureTSC/u,
    );
    await page.getByText("3 boots · 1 refused · 20 lines").waitFor();
    await page.getByText("● live").waitFor();
    const fix = await page.getByText("guest ≥").boundingBox();
    assert.ok(fix !== null && fix.y < 260, JSON.stringify(fix));
    assert.ok((await heightOf(page)) <= HEIGHT);
    await page.getByText("since boot 1: + SecureTSC, kernel 6.12.77 → 6.14.2").waitFor();
    await page.screenshot({ path: "test-results/screenshots/explain-612.png" });
  });

  it("leads from the line of the log to its place, by mouse and by key", async () => {
    const { page } = await open(boots);
    const quote = page.getByRole("button", { name: /^EFI stub: ERROR/u });
    await quote.click();
    await quote.press("Enter");
    await page.getByRole("button", { name: "line 12", exact: true }).click();
    const places = sent.filter(({ type }) => type === "reveal");
    assert.equal(places.length, 3);
    for (const place of places) assert.deepEqual(place, places[0]);
    assert.equal(places[0]?.type === "reveal" && places[0].line, 11);
  });

  it("goes through the timeline with one tab stop, and to a boot with Enter and with a click", async () => {
    const { page } = await open(boots);
    const parts = page.getByRole("list", { name: "Boots", exact: true }).getByRole("button");
    assert.equal(await parts.count(), 3);
    assert.equal(await page.locator(".timeline button[tabindex='0']").count(), 1);
    await parts.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    const title = page.getByRole("heading", { name: "Boot 2 – missing SecureTSC" });
    await title.and(page.locator(":focus")).waitFor();
    await parts.nth(2).click();
    await page
      .getByRole("heading", { name: "Boot 3 – 6.14.2" })
      .and(page.locator(":focus"))
      .waitFor();
    assert.equal(await parts.nth(2).getAttribute("tabindex"), "0");
  });

  it("shows problems alone where that is asked for", async () => {
    const { page } = await open(boots);
    const booted = page.locator(".badge", { hasText: "BOOTED" }).first();
    const problems = page.getByRole("button", { name: "1 problem" });
    await problems.press("Enter");
    assert.equal(await problems.getAttribute("aria-pressed"), "true");
    assert.equal(await booted.isVisible(), false);
    await page.getByRole("button", { name: "All 3" }).click();
    assert.equal(await booted.isVisible(), true);
  });

  it("unfolds a boot, and keeps it unfolded and the focus where it is when more comes", async () => {
    const standIn = await open(boots);
    const { page } = standIn;
    const details = page.getByRole("button", { name: "Details: Boot 1" });
    await details.press("Enter");
    await page.getByText("Findings (4)").waitFor();
    const longer = storyOf([...boots, ...refused("0x80")]);
    await standIn.send({ version, type: "view", view: longer.view(null) });
    await page.getByText("4 boots · 2 refused").waitFor();
    assert.equal(await details.getAttribute("aria-expanded"), "true");
    assert.equal(await details.evaluate((button) => button === document.activeElement), true);
  });

  it("has one row for 400 refusals of a host's log, on one screen", async () => {
    const lines = Array.from({ length: 400 }, () => [BY_HOST, "usb 1-1: new device"]).flat();
    const { page } = await open(lines, { name: "host-day.log", width: 612 });
    await page.getByText("host log · 400 guest terminations · 800 lines").waitFor();
    assert.equal(await page.locator(".causes > tbody").count(), 1);
    assert.equal(await page.getByText("guest ≥").count(), 1);
    assert.ok((await heightOf(page)) <= HEIGHT);
    const fix = await page.getByText("guest ≥").boundingBox();
    assert.ok(fix !== null && fix.y < 130, JSON.stringify(fix));
    await page.screenshot({ path: "test-results/screenshots/explain-host-day-612.png" });
    await page.getByRole("button", { name: "line 799" }).click();
    const [place] = sent.filter(({ type }) => type === "reveal");
    assert.equal(place?.type === "reveal" && place.line, 798);
  });

  it("stays on one screen for ten thousand boots, and goes to any of them", async () => {
    const releases = ["6.12.77", "6.14.2", "6.6.20"];
    const lines = Array.from({ length: 10_000 }, (_, at) =>
      at % 7 === 0 ? refused(at % 2 === 0 ? "0x800" : "0x880") : booted(releases[at % 3] ?? ""),
    ).flat();
    const { page } = await open(lines);
    await page.getByText("10,000 boots · 1,429 refused").waitFor();
    assert.ok((await heightOf(page)) <= HEIGHT, String(await heightOf(page)));
    assert.equal(await page.locator("li.entry").count(), 10);
    assert.equal(await page.locator(".timeline li").count(), 40);
    await page.screenshot({ path: "test-results/screenshots/explain-ten-thousand.png" });
    await page.getByRole("button", { name: "Next other boots" }).click();
    await page.getByText(/^9–16 of /u).waitFor();
    await page.locator(".timeline button").last().press("Enter");
    await page.locator("h2:focus").waitFor();
  });

  it("shows lines around a place, and gives the focus back", async () => {
    const standIn = await open(boots);
    const { page } = standIn;
    const link = page.getByRole("button", { name: "line 12", exact: true });
    await link.focus();
    const place = { line: 11, start: 58, end: 63 };
    const excerpt = { place, first: 8, lines: boots.slice(8, 15), canOpen: true };
    await standIn.send({ version, type: "excerpt", excerpt });
    const region = page.getByRole("region", { name: "Lines around line 12" });
    await region.and(page.locator(":focus")).waitFor();
    assert.deepEqual(await faults(page), []);
    await page.screenshot({ path: "test-results/screenshots/explain-excerpt.png" });
    await page.getByRole("button", { name: "Open Anyway" }).click();
    assert.deepEqual(sent.at(-1), { version, type: "reveal", openAnyway: true, ...place });
    await page.keyboard.press("Escape");
    await link.and(page.locator(":focus")).waitFor();
  });

  it("shows another log instead of the one before", async () => {
    const standIn = await open(boots);
    await standIn.send({ version, type: "log", name: "next.log", target });
    await standIn.send({ version, type: "view", view: storyOf([], "next.log").view(null) });
    await standIn.page.getByRole("heading", { name: "next.log" }).waitFor();
    assert.equal(await standIn.page.locator("li.entry").count(), 0);
  });

  it("shows a log's name and its lines as text, and characters that a screen obeys as their numbers", async () => {
    const evil = '<img src=x onerror="alert(1)">\u202e';
    const { page } = await open([`${evil} ${refused("0x800").at(-1) ?? ""}`, ...boots], {
      name: `${evil}gol.log`,
    });
    const heading = await page.getByRole("heading", { level: 1 }).textContent();
    assert.equal(heading, '<img src=x onerror="alert(1)">\\u202egol.log');
    assert.equal(await page.locator("img").count(), 0);
    assert.doesNotMatch((await page.locator("main").textContent()) ?? "", /\u202e/u);
  });

  it("asks for a copy, the guest and another reading, and keeps which log it shows", async () => {
    const standIn = await open(boots, { messages: [done("paused")] });
    const { page } = standIn;
    await page.getByText("paused").waitFor();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await standIn.send({ version, type: "copied", id: null });
    await page.getByText("Copied").waitFor();
    await page.getByRole("button", { name: "Check against another kernel…" }).click();
    await page.getByRole("button", { name: "Read Again" }).click();
    assert.deepEqual(sent.slice(1), [
      { version, type: "copy", id: null },
      { version, type: "chooseGuest" },
      { version, type: "again" },
    ]);
    assert.deepEqual(await standIn.kept(), { version, target });
  });

  it("says what an empty log was searched for, and what to do instead", async () => {
    const { page } = await open(["nothing", "at all"], { name: "empty.log" });
    await page
      .getByText(
        "No SEV values in 2 lines. Looked for SEV_STATUS, SEV_FEATURES, terminations, GHCB dumps.",
      )
      .waitFor();
    await page.getByRole("button", { name: "What Is Recognized" }).click();
    await page.getByRole("button", { name: "Decode a Value…" }).click();
    await page.getByRole("button", { name: "Open a Sample" }).click();
    assert.deepEqual(sent.slice(1), [
      { version, type: "showRecognized" },
      { version, type: "decodeValue" },
      { version, type: "openSample" },
    ]);
    assert.deepEqual(await faults(page), []);
  });

  it("says that a log is gone or damaged", async () => {
    const standIn = await open([], { messages: [GONE] });
    const { page } = standIn;
    await page.getByText("boots.log is gone.").waitFor();
    await page.getByRole("button", { name: "Choose Log…" }).click();
    assert.deepEqual(sent.at(-1), { version, type: "chooseLog" });
    assert.deepEqual(await faults(page), []);
    await standIn.send(failed('"boots.log" cannot be read further: it is damaged.', "off"));
    await page.getByText("it is damaged").waitFor();
    assert.equal(await page.getByText("boots.log is gone.").isVisible(), false);
  });

  it("is small", async () => {
    await open(boots);
    assert.ok(Buffer.byteLength(files.script) < LARGEST_SCRIPT);
  });
});
