import type { GuestProfile } from "../decoder/guest/profile";
import type { Boot } from "../decoder/log/boots";
import { BootCollector } from "../decoder/log/boots";
import type { Finding } from "../decoder/log/finding";
import { LogReader } from "../decoder/log/logReader";
import { askBoot, bootReport, isRefused } from "../decoder/report/bootReport";
import { findingJson } from "../decoder/report/findingJson";
import { quoted } from "../decoder/report/problem";
import { textOf } from "../decoder/report/text";
import { readProblem } from "../logFile/logFile";
import { readArguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, NO, UNUSABLE, Unusable } from "./command";
import { guestGiven } from "./given";
import { GUEST_HELP, GUEST_SOURCE_OPTION, GUESTS_OPTION, JSON_OPTION } from "./help";
import { jsonLine } from "./jsonLine";
import type { LogInput } from "./logInput";
import { logInput } from "./logInput";

const OPTIONS = [
  { name: "guest", takes: "GUEST", help: "the guest kernel to ask, instead of the log's own" },
  GUEST_SOURCE_OPTION,
  GUESTS_OPTION,
  {
    name: "fail-on",
    takes: "WHAT",
    help: "refusal: exit with 1 if a boot was refused, or is predicted to be",
  },
  { ...JSON_OPTION, help: "print each finding as a line of JSON, as soon as it is found" },
] as const;

/** `sev-status scan`: what logs say, boot by boot. */
export const SCAN: Command = {
  name: "scan",
  usage: [
    "[FILE…] [--guest GUEST | --guest-source DIR] [--guests FILE] [--json] [--fail-on refusal]",
  ],
  summary: "find these values in logs, and say how each boot went",
  options: OPTIONS,
  about: [
    `Without FILE, and for "-", it reads standard input. Files that end in .gz or .zst are read as
what they hold. A boot begins with a "Linux version" banner, or the start of its firmware or VMM.`,
    GUEST_HELP,
    `Exit status: 0 done, 1 with --fail-on refusal if a boot was refused or is predicted to be,
2 the arguments cannot be used or a file cannot be read; the other files are read all the same.`,
  ],
  examples: [
    "scan serial.log",
    "scan host.log.1.gz host.log --json",
    "scan serial.log --guest 6.12.80 --fail-on refusal",
    "scan - --json",
  ],
  async run(args, terminal) {
    const given = readArguments("sev-status scan", OPTIONS, args);
    const failOn = given.text("fail-on");
    if (failOn !== null && failOn !== "refusal")
      throw new Unusable(`${quoted(failOn)} is nothing to fail on: expected refusal.`);
    const guest = guestGiven(given, terminal);
    const operands = given.operands.length === 0 ? ["-"] : given.operands;
    const report = given.has("json") ? jsonReport(terminal) : textReport(terminal);
    let wasRefused = false;
    let isUnreadable = false;
    for (const input of operands.map(logInput)) {
      try {
        wasRefused = (await scanLog(input, guest, report)) || wasRefused;
      } catch (error) {
        isUnreadable = true;
        const name = input.name === null ? "Standard input" : quoted(input.name);
        terminal.complain(`${name} cannot be read: ${readProblem(error)}.`);
      }
    }
    if (isUnreadable) return UNUSABLE;
    return failOn !== null && wasRefused ? NO : DONE;
  },
};

/** Where findings and boots go, as they come. */
interface LogReport {
  readonly finding: (finding: Finding, file: string | null) => void;
  readonly boot: (asked: ReturnType<typeof askBoot>, file: string | null) => void;
  readonly end: (file: string | null, lines: number, hasBoots: boolean) => void;
}

function jsonReport({ print }: Terminal): LogReport {
  return {
    finding: (finding, file) => {
      print(jsonLine(findingJson(finding, file)));
    },
    boot: () => undefined,
    end: () => undefined,
  };
}

function textReport({ print, paint }: Terminal): LogReport {
  let isFirst = true;
  const paragraph = (text: string) => {
    print(isFirst ? text : `\n${text}`);
    isFirst = false;
  };
  return {
    finding: () => undefined,
    boot: (asked, file) => {
      paragraph(textOf(bootReport(asked, file), paint));
    },
    end: (file, lines, hasBoots) => {
      const name = file === null ? "standard input" : quoted(file);
      if (!hasBoots) paragraph(`${name}: nothing found in ${lines} lines.`);
    },
  };
}

/** Reads one log to its end; whether a boot of it was refused. */
async function scanLog(
  { name, chunks }: LogInput,
  guest: GuestProfile | null,
  report: LogReport,
): Promise<boolean> {
  const reader = new LogReader(new TextDecoder());
  const boots = new BootCollector();
  let wasRefused = false;
  let hasBoots = false;
  const tellBoot = (boot: Boot | null) => {
    if (boot === null) return;
    const asked = askBoot(boot, guest);
    hasBoots = true;
    wasRefused ||= isRefused(asked);
    report.boot(asked, name);
  };
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      report.finding(finding, name);
      tellBoot(boots.add(finding));
    }
  };
  try {
    for await (const chunk of chunks()) tell(reader.push(chunk));
  } finally {
    // What was read before an error is told all the same.
    tell(reader.end());
    tellBoot(boots.end());
  }
  report.end(name, reader.lines, hasBoots);
  return wasRefused;
}
