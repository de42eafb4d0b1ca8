/* global document, dispatchEvent, requestAnimationFrame, MessageChannel, MessageEvent, TextEncoder -- parts of it run in pages */
// How fast the views answer: opened in a real VS Code beside its own Markdown preview, and in a plain browser beside a
// plain HTML table of the same rows.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openBrowser } from "../build/workbench/browser.mjs";
import { decoderModule } from "../build/decoderModule.mjs";
import { testModule } from "../build/testModule.mjs";
import { Paintings } from "./painted.mjs";

const RUNS = 20;
/** Openings before those that count: the first webview of a window starts VS Code's own machinery. */
const WARMING = 2;
/** A window settles after a view was opened or closed. */
const SETTLES_MS = 500;
/** Commands of the palette among which the wanted one stands. */
const MOST_ROWS = 20;
const BOOTS = 10_000;
/** What the project wants, in ms. */
const GOAL = { open: 150, toggle: 16, list: 300 };

/**
 * @typedef {object} ViewRow
 * @property {string} what
 * @property {number} ms the median
 * @property {number | null} goal in ms; null for a rival
 */

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Opens each view so many times, one after the other, and closes it again.
 * @param {number} runs
 * @returns {Promise<ViewRow[]>}
 */
async function measureOpening(runs) {
  const { openWorkbench } = await testModule("workbench/workbench");
  const workbench = await openWorkbench({ file: "boots.log" });
  const { page } = workbench;
  try {
    await workbench.hoverText("0x800", "detected: 0x800");
    await workbench.editor.leave();
    await writeFile(path.join(workbench.folder, "rows.md"), markdownRows());
    const paintings = await Paintings.of(page);
    const settle = () => page.waitForTimeout(SETTLES_MS);
    const ask = async (/** @type {string} */ title) => {
      const label = page.locator(".quick-input-widget .monaco-list-row.focused .label-name");
      await page.keyboard.press("F1");
      await workbench.quickInput().locator("input[type=text]").first().fill(`>${title}`);
      await label.waitFor();
      await settle();
      // Commands with longer titles may stand before it.
      for (let row = 0; row < MOST_ROWS && (await label.innerText()) !== title; row++)
        await page.keyboard.press("ArrowDown");
    };
    const measure = async (
      /** @type {string} */ title,
      /** @type {import("./painted.mjs").View} */ view,
    ) => {
      const taken = [];
      for (let run = -WARMING; run < runs; run++) {
        await ask(title);
        const ms = await paintings.fromEnter(view);
        if (run >= 0) taken.push(ms);
        await settle();
        await workbench.runCommand("View: Close Editor");
        await settle();
      }
      console.error(`${title}: ${taken.map((ms) => ms.toFixed(0)).join(" ")} ms`);
      return median(taken);
    };
    const table = await measure("SEV: Open Feature Table", "featureTable");
    const explanation = await measure("SEV: Explain This Log", "logExplanation");
    await page.keyboard.press("Control+P");
    const box = workbench.quickInput();
    await box.locator("input").first().fill("rows.md");
    await box.locator(".monaco-list-row.focused", { hasText: "rows.md" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".tab.active", { hasText: "rows.md" }).waitFor();
    const markdown = await measure("Markdown: Open Preview to the Side", "markdown");
    return [
      { what: "feature table, command to painted", ms: table, goal: GOAL.open },
      { what: "explanation of boots.log, command to painted", ms: explanation, goal: null },
      { what: "VS Code's Markdown preview of a small table", ms: markdown, goal: null },
    ];
  } finally {
    await workbench.close();
  }
}

/** A table as large as the one that the feature table shows first. */
function markdownRows() {
  const rows = Array.from({ length: 5 }, (_, bit) => `| ${bit} | name | state | meaning |\n`);
  return `| Bit | Feature | Guest | Meaning |\n| - | - | - | - |\n${rows.join("")}`;
}

/** A page of plain HTML with the styles of a view. */
async function plainPage(context, { styles }) {
  const page = await context.newPage();
  await page.setContent(`<style>${styles.join("")}</style><main></main>`);
  return page;
}

/**
 * @param {import("playwright-core").BrowserContext} context
 * @param {number} runs
 * @returns {Promise<ViewRow[]>}
 */
async function measureToggle(context, runs) {
  const { pageFiles } = await testModule("workbench/standIn");
  const { TablePage } = await testModule("workbench/tablePage");
  const files = await pageFiles("featureTable");
  const opened = await TablePage.open(context, files, {
    register: "sev-status",
    value: 0x887n,
    guest: "6.12.117",
  });
  opened.silent = true;
  const plain = await plainPage(context, files);
  const scripts = [];
  const answers = [];
  const rivals = [];
  for (let run = -WARMING; run < runs; run++) {
    const clicked = await opened.page.evaluate(() => {
      const box = document.querySelector(".bits input");
      const started = performance.now();
      box.click();
      return performance.now() - started;
    });
    await opened.page.waitForTimeout(20);
    const started = performance.now();
    opened.session.take(opened.sent.at(-1));
    const answer = opened.session.answer({ guest: opened.guest, own: opened.own });
    const answered = performance.now() - started;
    const shown = await opened.page.evaluate((data) => {
      const started = performance.now();
      dispatchEvent(new MessageEvent("message", { data }));
      document.body.getBoundingClientRect();
      return performance.now() - started;
    }, answer);
    const rival = await plain.evaluate((rows) => {
      const started = performance.now();
      const cells = rows.map(
        ({ bit, name, state, meaning, set }) =>
          `<tr><td><input type=checkbox ${set ? "checked" : ""}><td>${bit}<th>${name}<td>${state}<td>${meaning}`,
      );
      document.querySelector("main").innerHTML = `<table>${cells.join("")}</table>`;
      document.body.getBoundingClientRect();
      return performance.now() - started;
    }, answer.table.rows);
    if (run < 0) continue;
    scripts.push(clicked + shown);
    answers.push(answered);
    rivals.push(rival);
  }
  await opened.page.close();
  await plain.close();
  return [
    { what: "bit toggle, script and layout of the page", ms: median(scripts), goal: GOAL.toggle },
    { what: "bit toggle, the extension's answer", ms: median(answers), goal: null },
    { what: "plain HTML table of the 64 rows, made anew", ms: median(rivals), goal: null },
  ];
}

/** Ten thousand boots, one of seven refused. */
function manyBoots() {
  const firmware = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)\n";
  const refused = `${firmware}EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800\n`;
  const booted = (/** @type {number} */ at) =>
    `${firmware}[    0.000000] Linux version 6.${1 + (at % 18)}.7 (builder@host) (gcc 14.2.0) #1 SMP\n[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP \n`;
  return Array.from({ length: BOOTS }, (_, at) => (at % 7 === 0 ? refused : booted(at))).join("");
}

/**
 * @param {import("playwright-core").BrowserContext} context
 * @param {number} runs
 * @returns {Promise<ViewRow[]>}
 */
async function measureList(context, runs) {
  const { pageFiles, StandIn } = await testModule("workbench/standIn");
  const { BootReader } = await decoderModule("boot/reader");
  const { LogStory } = await decoderModule("report/boot/story/logStory");
  const files = await pageFiles("logExplanation");
  const log = new TextEncoder().encode(manyBoots());
  const version = 2;
  const target = { uri: "file:///many.log", lines: null };
  const stage = { type: "stage", stage: "done", sentence: "", percent: 100, following: "live" };
  const messages = (/** @type {unknown} */ view) => [
    { version, type: "log", name: "many.log", target },
    { version, type: "view", view },
    { version, ...stage },
  ];
  const empty = new LogStory("many.log").view(null);
  const views = [];
  const rivals = [];
  for (let run = -1; run < runs; run++) {
    const opened = await StandIn.open(context, files, {
      receive: async (message) => {
        if (message.type === "ready") for (const one of messages(empty)) await opened.send(one);
      },
    });
    await opened.load();
    const story = new LogStory("many.log");
    const reader = new BootReader(new TextDecoder(), story);
    reader.push(log);
    reader.end();
    story.lines = reader.lines;
    let started = performance.timeOrigin + performance.now();
    const all = messages(story.view(null));
    const shown = await opened.page.evaluate(paintedAfter, { all, rows: null });
    const painted = shown - started;
    await opened.page.close();

    const plain = await plainPage(context, files);
    const rows = Array.from({ length: BOOTS }, (_, at) => `Boot ${at + 1} – 6.12.77`);
    started = performance.timeOrigin + performance.now();
    const listed = await plain.evaluate(paintedAfter, { all: [], rows });
    await plain.close();
    if (run < 0) continue;
    views.push(painted);
    rivals.push(listed - started);
  }
  return [
    {
      what: "explanation of 10,000 boots, end of scan to painted",
      ms: median(views),
      goal: GOAL.list,
    },
    { what: "plain HTML table of 10,000 rows, to painted", ms: median(rivals), goal: null },
  ];
}

/** Runs in a page: shows messages, or rows as plain HTML; when that was painted. */
function paintedAfter({ all, rows }) {
  for (const data of all) dispatchEvent(new MessageEvent("message", { data }));
  if (rows !== null) {
    const cells = rows.map((row, at) => `<tr><td>✓ BOOTED<td>${row}<td>line ${at}`);
    document.querySelector("main").innerHTML = `<table>${cells.join("")}</table>`;
  }
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        resolve(performance.timeOrigin + performance.now());
      };
      port2.postMessage(null);
    });
  });
}

/** @param {number} runs */
export async function measureViews(runs = RUNS) {
  console.log(`Views, the median of ${runs}:\n`);
  console.log("| what | time | goal |");
  console.log("| --- | ---: | ---: |");
  const print = (/** @type {readonly ViewRow[]} */ rows) => {
    for (const { what, ms, goal } of rows)
      console.log(`| ${what} | ${ms.toFixed(1)} ms | ${goal === null ? "" : `${goal} ms`} |`);
  };
  const browser = await openBrowser();
  try {
    const context = browser.page.context();
    print(await measureToggle(context, runs));
    print(await measureList(context, runs));
  } finally {
    await browser.close();
  }
  print(await measureOpening(runs));
  console.log("");
}
