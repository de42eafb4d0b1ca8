import type { Choice } from "../decoder/boot/assessed";
import { bootReport } from "../decoder/report/boot/bootReport";
import { BootJoiner } from "../decoder/report/boot/joinedBoots";
import { LogsOverview } from "../decoder/report/boot/logsReport";
import { SameBoots } from "../decoder/report/boot/sameBoots";
import { silentReport } from "../decoder/report/boot/silentReport";
import { BootEntries } from "../decoder/report/boot/story/bootEntries";
import { quoted } from "../decoder/text/quoted";
import { visible } from "../decoder/text/visible";
import type { Shown } from "../decoder/report/render/answerText";
import { CAVEAT_LINE, answerText } from "../decoder/report/render/answerText";
import { glanceText } from "../decoder/report/render/glanceText";
import { detailsText, textOf } from "../decoder/report/render/text";
import type { Report } from "../decoder/report/report";
import { readProblem } from "../logFile/logFile";
import { readArguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, NO, UNUSABLE, Unusable } from "./command";
import { guestGiven } from "./given";
import {
  GUEST_HELP,
  GUEST_SOURCE_OPTION,
  GUESTS_OPTION,
  JSON_OPTION,
  SOURCES_OPTION,
} from "./help";
import { onInterrupt } from "./interrupt";
import { findingLine } from "./jsonLine";
import type { LogInput } from "./logInput";
import { logInput } from "./logInput";
import { logsNamed } from "./logFolder";
import type { LogReport, Reach } from "./logScan";
import { LogScan } from "./logScan";

const OPTIONS = [
  { name: "guest", takes: "GUEST", help: "the guest kernel to ask, instead of the log's own" },
  GUEST_SOURCE_OPTION,
  GUESTS_OPTION,
  {
    name: "fail-on",
    takes: "WHAT",
    help: "refusal: exit with 1 if a boot was refused, or is predicted to be",
  },
  SOURCES_OPTION,
  { ...JSON_OPTION, help: "print each finding as a line of JSON, as soon as it is found" },
] as const;

/** `sev-status scan`: what logs say, boot by boot. */
export const SCAN: Command = {
  name: "scan",
  usage: [
    "[FILE…] [--guest GUEST] [--guests FILE] [--sources] [--json] [--fail-on refusal]",
    "[FILE…] --guest-source DIR [--sources] [--json] [--fail-on refusal]",
  ],
  summary: "find these values in logs, and say how each boot went",
  options: OPTIONS,
  about: [
    `Without FILE, and for "-", it reads standard input. A folder is read file by file, with the folders
in it. Files that end in .gz or .zst are read as what they hold, and UTF-16 as its text. A boot
begins with a "Linux version" banner, or the start of its firmware or VMM. At the end several logs
stand side by side, with who wrote them; a refusal in a host's log and a boot in its guest's log are
told as one where that is certain.`,
    GUEST_HELP,
    `Exit status: 0 done, 1 with --fail-on refusal if a boot was refused or is predicted to be,
2 the arguments cannot be used or a log cannot be read; the others are read all the same;
130 or 143 a signal ended it (Ctrl-C, SIGTERM): the boots so far are told before.`,
  ],
  examples: [
    "scan serial.log",
    "scan host.log.1.gz host.log --json",
    "scan vm-logs/",
    "scan serial.log --guest 6.12.80 --fail-on refusal",
    "scan - --json",
  ],
  async run(args, terminal) {
    const given = readArguments("sev-status scan", OPTIONS, args);
    const failOn = given.text("fail-on");
    if (failOn !== null && failOn !== "refusal")
      throw new Unusable(`${quoted(failOn)} is nothing to fail on: expected refusal.`);
    const profile = guestGiven(given, terminal);
    const choice: Choice | null = profile === null ? null : { profile, by: "command-line" };
    const operands = given.operands.length === 0 ? ["-"] : given.operands;
    const report = given.has("json")
      ? jsonReport(terminal, failOn !== null)
      : textReport(terminal, given.has("sources") ? "with sources" : "in brief");
    let wasRefused = false;
    let isUnreadable = false;
    let current: Reading | null = null;
    const fail = ({ name }: LogInput, error: unknown) => {
      const shown = name === null ? "Standard input" : quoted(name);
      terminal.complain(`${shown} cannot be read: ${readProblem(error)}.`);
    };
    const logs = logsNamed(operands, (sentence) => {
      isUnreadable = true;
      terminal.complain(sentence);
    });
    const forget = onInterrupt({
      tell: () => {
        try {
          current?.scan.close("interrupt");
        } catch (error) {
          if (current !== null) fail(current.input, error);
        }
        terminal.flush();
      },
      mayHang: () => current?.input.mayHang() === true,
    });
    for (const { name, isOfFolder } of logs) {
      const input = logInput(name);
      const scan = new LogScan(input.name, choice, report);
      current = { input, scan };
      report.begin(isOfFolder);
      try {
        await readInput(input, scan);
      } catch (error) {
        isUnreadable = true;
        fail(input, error);
      }
      wasRefused ||= scan.wasRefused;
    }
    forget();
    report.end();
    if (isUnreadable) return UNUSABLE;
    return failOn !== null && wasRefused ? NO : DONE;
  },
};

/** Receives the results of all logs. */
interface ScanReport extends LogReport {
  /** The next log begins; `isOfFolder`: nobody named it by itself. */
  readonly begin: (isOfFolder: boolean) => void;
  /** All logs are read. */
  readonly end: () => void;
}

/** `assesses`: `--fail-on` needs each boot assessed, although none is printed. */
function jsonReport({ print }: Terminal, assesses: boolean): ScanReport {
  const nothing = () => undefined;
  return {
    begin: nothing,
    finding: (finding, file) => {
      print(findingLine(finding, file));
    },
    ...(assesses ? { boot: nothing } : {}),
    silent: nothing,
    log: nothing,
    end: nothing,
  };
}

function textReport({ tell, paint }: Terminal, shown: Shown): ScanReport {
  let isFirst = true;
  let isEmpty = true;
  let isNamed = true;
  let hasCaveat = false;
  const overview = new LogsOverview();
  const joiner = new BootJoiner();
  const same = new SameBoots();
  let entries = new BootEntries();
  const paragraph = (text: string) => {
    tell(isFirst ? text : `\n${text}`);
    isFirst = false;
  };
  /** The first boot of a log comes after the log's name. */
  const tellBoot = (file: string | null, lines: readonly string[], report: () => Report) => {
    if (isEmpty) paragraph(paint.strong(visible(file ?? "standard input")));
    isEmpty = false;
    const text = lines.join("\n");
    hasCaveat ||= text.includes("°");
    tell(text);
    if (shown === "with sources") tell(`\n${detailsText(report(), paint)}\n`);
  };
  const tellSame = () => {
    const repeated = same.take();
    if (repeated !== null) tell(repeated);
  };
  return {
    begin: (isOfFolder) => {
      isEmpty = true;
      isNamed = !isOfFolder;
      entries = new BootEntries();
      overview.nextLog(isOfFolder);
      joiner.nextLog(overview.writers);
    },
    finding: (finding, _, line) => {
      overview.addFinding(finding);
      entries.addFinding(finding, line);
    },
    boot: (assessed, file, isSoFar) => {
      if (!isSoFar) {
        overview.add(assessed);
        joiner.add(assessed, file);
        if (same.repeats(assessed)) {
          entries.drop(assessed.boot.number);
          return;
        }
      }
      tellSame();
      tellBoot(file, entries.boot(assessed, isSoFar, paint), () => bootReport(assessed, file));
    },
    silent: (boots, file) => {
      overview.addSilent(boots);
      joiner.addSilent(boots, file);
      tellSame();
      same.forget();
      tellBoot(file, entries.silent(boots, paint), () => silentReport(boots, file));
    },
    host: (name) => {
      joiner.addHost(name);
    },
    log: (file, lines, reach) => {
      tellSame();
      same.forget();
      if (reach !== "end") joiner.dropLog();
      overview.endLog(file ?? "standard input");
      const name = file === null ? "standard input" : quoted(file);
      const read = lines === 1 ? "1 line" : `${lines} lines`;
      if (isEmpty && isNamed && reach !== "fault")
        paragraph(
          reach === "end"
            ? `${name}: no SEV values in ${read}. ${LOOKED_FOR}`
            : `${name}: no SEV values in ${read} so far. ${LOOKED_FOR}`,
        );
    },
    end: () => {
      const logs = overview.report();
      if (logs !== null) paragraph(textOf(logs, paint));
      const joined = joiner.answer();
      if (joined !== null && shown === "with sources") paragraph(answerText(joined, shown, paint));
      else if (joined !== null) paragraph(glanceText(joined.glance, paint));
      if (hasCaveat && shown === "in brief") paragraph(CAVEAT_LINE);
    },
  };
}

const LOOKED_FOR = "Looked for SEV_STATUS, SEV_FEATURES, terminations, GHCB dumps.";

/** The log that is being read. */
interface Reading {
  readonly input: LogInput;
  readonly scan: LogScan;
}

/** Standard input that is silent this long counts as a live log. */
const SILENCE_MS = 250;

/** Reads one log to its end. On a read error, reports everything before it and then throws. */
async function readInput({ name, chunks }: LogInput, scan: LogScan): Promise<void> {
  let silence: NodeJS.Timeout | undefined;
  const flush = () => {
    try {
      scan.flush();
    } catch (error) {
      // Keep the error: the loop below throws it.
      process.stdin.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  };
  let reach: Reach = "fault";
  try {
    for await (const chunk of chunks()) {
      clearTimeout(silence);
      scan.push(chunk);
      // A live log may pause inside a block: report what waits for the block's end.
      if (name === null) silence = setTimeout(flush, SILENCE_MS);
    }
    reach = "end";
  } finally {
    clearTimeout(silence);
    scan.close(reach);
  }
}
