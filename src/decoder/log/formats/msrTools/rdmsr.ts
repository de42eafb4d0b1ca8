import type { BlockMatch } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, LineFormat, Taken } from "../format";
import { maySucceed, sourceOf } from "../kit/caller";
import { endOf, hex } from "../kit/groups";
import { matchOf, readStatus, statusMatch } from "../kit/matches";
import { isPlausibleStatus } from "../kit/plausible";
import { isFirstToPrint } from "./commandLine";
import type { Readout } from "./rdmsrCommand";
import { looksLikeOutput, rdmsrOutput, rdmsrReadout } from "./rdmsrCommand";

/** A value that stands alone on its line, under the command that printed it. */
export function statusAt(
  text: LineText,
  number: number,
  found: { value: bigint; start: number; end: number },
): BlockMatch[] {
  const { value } = found;
  if (!isPlausibleStatus(value)) return [];
  const at = text.bodyStart;
  const span = { start: at + found.start, end: at + found.end };
  return [text.placeMatch(matchOf(span, number, { kind: "sev-status", value }), number)];
}

/** More than a shell tells its terminal before a command's output. */
const MOST_CONTROL_LINES = 2;

/**
 * The output of a command, which stands directly below it. Two things may come between: a line that tells only the
 * terminal something (a shell ends bracketed paste with a lone CR: `\e[?2004l\r807`), and a blank line where each
 * end of line was doubled on the way (CR CR LF). The latter shows after the value, which has to have one too: a
 * number that stands apart from the command is not taken for its output.
 */
class Output implements Block {
  readonly #readout: Readout;
  readonly #source: string;
  #controlLines = 0;
  #hasBegun = false;
  #isDoubled = false;
  /** What a line said whose doubled end is still to come; null where none is. */
  #unended: readonly BlockMatch[] | null = null;

  constructor(readout: Readout, command: LineText) {
    this.#readout = readout;
    this.#source = sourceOf(command);
  }

  take(text: LineText, number: number): Taken {
    if (text.isBlank) return this.#blank(text);
    const output = rdmsrOutput(text.body, this.#readout.radix);
    if (output === null || this.#unended !== null || !maySucceed(text, this.#source))
      return { state: "over", found: [] };
    this.#hasBegun = true;
    const found = statusAt(text, number, output);
    if (!this.#isDoubled) return this.#said(found);
    this.#unended = found;
    return { state: "more", found: [] };
  }

  close(): readonly BlockMatch[] {
    return [];
  }

  #blank(text: LineText): Taken {
    if (this.#unended !== null) {
      const found = this.#unended;
      this.#unended = null;
      return this.#said(found);
    }
    if (this.#hasBegun) return { state: "over", found: [] };
    if (text.isControl) {
      this.#controlLines += 1;
      return { state: this.#controlLines > MOST_CONTROL_LINES ? "over" : "more", found: [] };
    }
    if (this.#isDoubled) return { state: "over", found: [] };
    this.#isDoubled = true;
    return { state: "more", found: [] };
  }

  #said(found: readonly BlockMatch[]): Taken {
    return { state: this.#readout.isEach ? "more" : "done", found };
  }
}

/** Whether a line may stand in a command's output. */
function isOutputLine(text: LineText): boolean {
  return text.isBlank || looksLikeOutput(text.body);
}

/**
 * `# rdmsr -p 0 0xc0010131` and, on the next line, `87` — bare hex unless the command asks for another radix; a
 * line for each processor with `-a`.
 */
export const rdmsr: BlockFormat = {
  name: "rdmsr",
  software: "msr-tools",
  anchors: ["rdmsr "],
  begin: (text) => {
    const readout = rdmsrReadout(text.printed);
    return readout === null ? null : new Output(readout, text);
  },
  isMember: isOutputLine,
  patience: 0,
  longest: 1024,
  holds: false,
};

const SYSFS = "/sev/sev_status";
const SYSFS_CAT = /\bcat (?:\/sys\/devices\/system\/cpu|\/sys\/hypervisor)\/sev\/sev_status *$/u;

/** `# cat /sys/devices/system/cpu/sev/sev_status` and `7` — bare hex; posted, and possible. */
export const sysfsStatus: BlockFormat = {
  name: "SEV_STATUS in sysfs",
  software: "linux",
  anchors: [SYSFS],
  begin: (text) => {
    const command = SYSFS_CAT.exec(text.printed);
    return command !== null && isFirstToPrint(text.printed.slice(0, command.index))
      ? new Output({ radix: 16, isEach: false }, text)
      : null;
  },
  isMember: isOutputLine,
  patience: 0,
  longest: 8,
  holds: false,
};

/** `/sys/devices/system/cpu/sev/sev_status:7` — as `grep .` prints a file. */
const sysfsLine: LineFormat = {
  name: "SEV_STATUS in sysfs, with its path",
  software: "linux",
  anchors: [SYSFS],
  pattern:
    /\/(?:devices\/system\/cpu|hypervisor)\/sev\/sev_status: ?(?<value>[\da-f]{1,16})\s*$/dgu,
  read: readStatus,
};

/** `Successfully read MSR 0xc0010131 on CPU 0: 0x7` */
const msrSentence: LineFormat = {
  name: "a tool's sentence on the MSR",
  software: "msr-tools",
  anchors: ["MSR 0xc0010131", "MSR 0xC0010131"],
  pattern: /\bMSR 0xc0010131 on CPU \d{1,5}: (?<value>0x[\da-f]{1,16})\b/giu,
  read: readStatus,
};

const DUMPED = /'(?<value>[\da-f]{1,16})'/giu;
const END_OF_SET = "}";

/** `SEV_STATUS, 0xC0010131, {'7'}` — name, address and the set of values of all processors, bare hex. */
const msrDump: LineFormat = {
  name: "msr_dump",
  software: "msr-tools",
  anchors: [", 0xC0010131, {", ", 0xc0010131, {"],
  pattern: /, 0xc0010131, \{(?<values>'[\da-f]{1,16}'(?:, '[\da-f]{1,16}'){0,1023})\}/giu,
  read: (match, line) => {
    const values = match.groups?.["values"] ?? "";
    const from = endOf(match) - END_OF_SET.length - values.length;
    return [...values.matchAll(DUMPED)].flatMap(({ 1: digits = "", index }) => {
      const start = from + index + 1;
      const one = { text: digits, start, end: start + digits.length, value: hex(digits) };
      return statusMatch(one, line) ?? [];
    });
  },
};

export const MSR_FORMATS: readonly LineFormat[] = [sysfsLine, msrSentence, msrDump];
