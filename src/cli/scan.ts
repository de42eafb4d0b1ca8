import type { AssessedBoot, Choice } from "../decoder/boot/assessed";
import { assessBoot, isRefused } from "../decoder/boot/assessed";
import { BootReader } from "../decoder/boot/reader";
import type { SilentBoots } from "../decoder/boot/silent";
import type { Finding } from "../decoder/log/finding";
import { bootReport } from "../decoder/report/boot/bootReport";
import { findingJson } from "../decoder/report/boot/findingJson";
import { BootJoiner } from "../decoder/report/boot/joinedBoots";
import { SameBoots } from "../decoder/report/boot/sameBoots";
import { silentReport } from "../decoder/report/boot/silentReport";
import type { Report } from "../decoder/report/report";
import { quoted } from "../decoder/report/problem";
import { textOf } from "../decoder/report/render/text";
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
    "[FILE…] [--guest GUEST] [--guests FILE] [--json] [--fail-on refusal]",
    "[FILE…] --guest-source DIR [--json] [--fail-on refusal]",
  ],
  summary: "find these values in logs, and say how each boot went",
  options: OPTIONS,
  about: [
    `Without FILE, and for "-", it reads standard input. Files that end in .gz or .zst are read as
what they hold. A boot begins with a "Linux version" banner, or the start of its firmware or VMM.
A refusal in a host's log and a boot in its guest's log are told as one where that is certain.`,
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
    const profile = guestGiven(given, terminal);
    const choice: Choice | null = profile === null ? null : { profile, by: "command-line" };
    const operands = given.operands.length === 0 ? ["-"] : given.operands;
    const report = given.has("json") ? jsonReport(terminal) : textReport(terminal);
    let wasRefused = false;
    let isUnreadable = false;
    for (const input of operands.map(logInput)) {
      try {
        wasRefused = (await scanLog(input, choice, report)) || wasRefused;
      } catch (error) {
        isUnreadable = true;
        const name = input.name === null ? "Standard input" : quoted(input.name);
        terminal.complain(`${name} cannot be read: ${readProblem(error)}.`);
      }
    }
    report.end();
    if (isUnreadable) return UNUSABLE;
    return failOn !== null && wasRefused ? NO : DONE;
  },
};

/** Where findings and boots go, as they come. `file` is null for standard input. */
interface LogReport {
  readonly begin: () => void;
  readonly finding: (finding: Finding, file: string | null) => void;
  readonly boot: (assessed: AssessedBoot, file: string | null) => void;
  readonly silent: (boots: SilentBoots, file: string | null) => void;
  /** A log of so many lines has come to its end. */
  readonly log: (file: string | null, lines: number) => void;
  /** There are no more logs. */
  readonly end: () => void;
}

function jsonReport({ print }: Terminal): LogReport {
  const nothing = () => undefined;
  return {
    begin: nothing,
    finding: (finding, file) => {
      print(jsonLine(findingJson(finding, file)));
    },
    boot: nothing,
    silent: nothing,
    log: nothing,
    end: nothing,
  };
}

function textReport({ print, paint }: Terminal): LogReport {
  let isFirst = true;
  let isEmpty = true;
  const joiner = new BootJoiner();
  const same = new SameBoots();
  const paragraph = (text: string) => {
    print(isFirst ? text : `\n${text}`);
    isFirst = false;
    isEmpty = false;
  };
  const tell = (report: Report | null) => {
    if (report !== null) paragraph(textOf(report, paint));
  };
  return {
    begin: () => {
      isEmpty = true;
      joiner.nextLog();
    },
    finding: () => undefined,
    boot: (assessed, file) => {
      joiner.add(assessed, file);
      if (same.repeats(assessed)) return;
      tell(same.take(file));
      tell(bootReport(assessed, file));
    },
    silent: (boots, file) => {
      joiner.addSilent(boots, file);
      tell(same.take(file));
      same.forget();
      tell(silentReport(boots, file));
    },
    log: (file, lines) => {
      tell(same.take(file));
      same.forget();
      const name = file === null ? "standard input" : quoted(file);
      if (isEmpty) paragraph(`${name}: nothing found in ${lines} lines.`);
    },
    end: () => {
      tell(joiner.report());
    },
  };
}

/** How long standard input gives nothing before it counts as a live log that waits. */
const SILENCE_MS = 250;

/** Reads one log to its end; whether a boot of it was refused. */
async function scanLog(
  { name, chunks }: LogInput,
  choice: Choice | null,
  report: LogReport,
): Promise<boolean> {
  let wasRefused = false;
  report.begin();
  const reader = new BootReader(new TextDecoder(), {
    finding: (finding) => {
      report.finding(finding, name);
    },
    boot: (boot) => {
      const assessed = assessBoot(boot, choice);
      wasRefused ||= isRefused(assessed);
      report.boot(assessed, name);
    },
    silent: (boots) => {
      report.silent(boots, name);
    },
  });
  let silence: NodeJS.Timeout | undefined;
  try {
    for await (const chunk of chunks()) {
      clearTimeout(silence);
      reader.push(chunk);
      // A live log may stop in the middle of a block: what stands after its lines is not kept back for ever.
      if (name === null)
        silence = setTimeout(() => {
          reader.flush();
        }, SILENCE_MS);
    }
  } finally {
    clearTimeout(silence);
    // What was read before an error is told all the same.
    reader.end();
  }
  report.log(name, reader.lines);
  return wasRefused;
}
