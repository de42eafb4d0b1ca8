import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Terminal } from "../../../src/cli/command";
import { SCAN } from "../../../src/cli/scan";
import type { Choice } from "../../../src/decoder/boot/assessed";
import { DocumentBoots } from "../../../src/decoder/boot/document";
import { PLAIN } from "../../../src/decoder/report/render/text";
import { LogStory } from "../../../src/decoder/report/boot/story/logStory";
import type { LogSource } from "../../../src/extension/pages/logExplanation/readLog";
import { readLog } from "../../../src/extension/pages/logExplanation/readLog";

/** What a run of `sev-status scan` printed, and its exit status. */
export interface ScanRun {
  readonly printed: string;
  readonly status: number;
}

/** Runs `sev-status scan` on a log that is called `name`. */
export async function scanRun(
  name: string,
  text: string,
  ...options: readonly string[]
): Promise<ScanRun> {
  const folder = mkdtempSync(path.join(tmpdir(), "sev-status-"));
  try {
    const file = path.join(folder, "log");
    writeFileSync(file, text);
    const printed: string[] = [];
    const terminal: Terminal = {
      print: (line) => printed.push(line),
      tell: (text) => printed.push(text),
      printJson: () => undefined,
      flush: () => undefined,
      warn: (sentence) => printed.push(sentence),
      complain: (sentence) => printed.push(sentence),
      paint: PLAIN,
    };
    const status = await SCAN.run([file, ...options], terminal);
    const all = printed.map((line) => `${line}\n`).join("");
    return { printed: all.replaceAll(file, name), status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The model of the explanation page, for a log that was read to its end. */
export async function pageOf(name: string, text: string): Promise<LogStory> {
  const bytes = new TextEncoder().encode(text);
  const story = new LogStory(name);
  const chunks = async function* () {
    yield await Promise.resolve(bytes);
  };
  const source: LogSource = {
    name,
    size: bytes.length,
    firstLine: 0,
    leads: "page",
    following: "off",
    lines: null,
    chunks,
  };
  const signal = new AbortController().signal;
  await readLog(source, story, { signal, read: () => undefined });
  return story;
}

/** The document of an editor, read to its end. */
export function documentOf(text: string): DocumentBoots {
  const lines = text.split("\n");
  const log = new DocumentBoots(lines.length);
  log.read((line) => lines[line], Infinity);
  return log;
}

/** The command line's option for a choice. */
export function guestOption(choice: Choice | null): string[] {
  return choice === null ? [] : ["--guest", choice.profile.id];
}
