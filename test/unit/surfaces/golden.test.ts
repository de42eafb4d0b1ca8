import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { LogView } from "../../../src/decoder/report/boot/story/view";
import type { Choice } from "../../../src/decoder/boot/assessed";
import type { LogStory } from "../../../src/decoder/report/boot/story/logStory";
import { FIRST_PAGES } from "../../../src/decoder/report/boot/story/logStory";
import type { TestLog } from "./logs";
import { CASE_LOGS, ROOT, SAMPLES, choiceOf } from "./logs";
import { pageOf, scanRun } from "./surfaces";

const FOLDER = path.join(ROOT, "test", "golden");
/** `npm run golden` sets it: the files are written, not compared. */
const IS_WRITING = process.env["GOLDEN"] === "write";
/** Of a list or an output longer than this, only the beginning is kept, and how much more there is. */
const MOST = 20;

/** What a log becomes, each by the ending of its file. */
async function outputsOf({ name, text, guest }: TestLog): Promise<Record<string, string>> {
  const file = `${name}.log`;
  const options = guest === null ? [] : ["--guest", guest];
  const json = await scanRun(file, text, ...options, "--json");
  const report = await scanRun(file, text, ...options);
  const page = await pageOf(file, text);
  return {
    "findings.ndjson": someLines(json.printed),
    "report.txt": report.printed,
    "page.json": pageJson(viewOf(page, text, choiceOf(guest))),
  };
}

function someLines(text: string): string {
  const lines = text.split("\n").slice(0, -1);
  const more = lines.length > MOST ? [`[${lines.length - MOST} more lines]`] : [];
  return [...lines.slice(0, MOST), ...more].map((line) => `${line}\n`).join("");
}

/** What the page shows first, with the lines that it quotes. */
function viewOf(page: LogStory, text: string, choice: Choice | null): LogView {
  const lines = text.split("\n");
  return page.view(choice, FIRST_PAGES, (line) => lines[line]);
}

/** A sentence on one line, with its marks as in Markdown, so that a change is read at a glance. */
function pageJson(view: LogView): string {
  const short = (_: string, value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    const items: readonly unknown[] = value;
    if (items.length > 0 && items.every(isSpan)) return items.map(spanText).join("");
    return items.length > MOST ? [...items.slice(0, MOST), `${items.length - MOST} more`] : items;
  };
  return `${JSON.stringify(view, short, 1)}\n`;
}

interface Span {
  readonly kind: "text" | "code" | "strong";
  readonly text: string;
}

function isSpan(value: unknown): value is Span {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  return value.kind === "text" || value.kind === "code" || value.kind === "strong";
}

function spanText({ kind, text }: Span): string {
  if (kind === "text") return text;
  return kind === "code" ? `\`${text}\`` : `**${text}**`;
}

describe("golden files", () => {
  const logs = [...SAMPLES, ...CASE_LOGS];
  const endings = ["findings.ndjson", "report.txt", "page.json"];

  it("are those of the samples and the cases, and no others", () => {
    const names = logs.flatMap(({ name }) => endings.map((ending) => `${name}.${ending}`));
    if (!IS_WRITING) assert.deepEqual(readdirSync(FOLDER).sort(), [...names, "README.md"].sort());
  });

  for (const log of logs)
    it(`hold what ${log.name} becomes`, async () => {
      for (const [ending, output] of Object.entries(await outputsOf(log))) {
        const file = path.join(FOLDER, `${log.name}.${ending}`);
        if (IS_WRITING) writeFileSync(file, output);
        else assert.equal(output, readFileSync(file, "utf8"), `changed: ${ending}; npm run golden`);
      }
    });
});
