import type { BlockMatch } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, LineFormat, Read, Taken } from "../format";
import { maySucceed, sourceOf } from "../kit/caller";
import type { ValueGroup } from "../kit/groups";
import { endOf, hex } from "../kit/groups";
import { matchOf, readStatus, statusMatch } from "../kit/matches";
import { isPlausibleStatus, statusFact } from "../kit/plausible";
import type { Readout } from "./rdmsrCommand";
import { isFirstToPrint, looksLikeOutput, rdmsrOutput, rdmsrReadout } from "./rdmsrCommand";

/** The SEV_STATUS that a command printed on a line of its own; empty for an impossible value. */
export function statusAt(text: LineText, number: number, found: ValueGroup): BlockMatch[] {
  const { value, start, end } = found;
  if (!isPlausibleStatus(value)) return [];
  const span = { start: text.bodyStart + start, end: text.bodyStart + end };
  return [text.placeMatch(matchOf(span, number, statusFact(value)), number)];
}

/** A shell sends its terminal no more lines of control sequences before a command's output. */
const MOST_CONTROL_LINES = 2;

/**
 * A command's output, directly below the command. Two kinds of lines may come first:
 * - control sequences only: a shell ends bracketed paste with a lone CR (`\e[?2004l\r807`);
 * - a blank line, where each line end was doubled on the way (CR CR LF). A blank line must then follow the value too:
 *   a number that stands apart from the command is not its output.
 */
class Output implements Block {
  readonly #readout: Readout;
  readonly #source: string;
  #controlLines = 0;
  #hasBegun = false;
  #hasDoubledEnds = false;
  /** The last value's matches, while its second line end is missing. */
  #waiting: readonly BlockMatch[] | null = null;

  constructor(readout: Readout, command: LineText) {
    this.#readout = readout;
    this.#source = sourceOf(command);
  }

  take(text: LineText, number: number): Taken {
    if (text.isBlank) return this.#blank(text);
    const output = rdmsrOutput(text.body, this.#readout.radix);
    if (output === null || this.#waiting !== null || !maySucceed(text, this.#source))
      return { state: "over", found: [] };
    this.#hasBegun = true;
    const found = statusAt(text, number, output);
    if (!this.#hasDoubledEnds) return this.#tell(found);
    this.#waiting = found;
    return { state: "more", found: [] };
  }

  readonly close = (): readonly BlockMatch[] => [];

  #blank({ isControl }: LineText): Taken {
    const found = this.#waiting;
    this.#waiting = null;
    if (found !== null) return this.#tell(found);
    if (isControl) this.#controlLines += 1;
    const isOver =
      this.#hasBegun ||
      (isControl ? this.#controlLines > MOST_CONTROL_LINES : this.#hasDoubledEnds);
    this.#hasDoubledEnds ||= !isControl;
    return { state: isOver ? "over" : "more", found: [] };
  }

  #tell(found: readonly BlockMatch[]): Taken {
    return { state: this.#readout.isEach ? "more" : "done", found };
  }
}

/** Whether a line may stand in a command's output. */
function isOutputLine(text: LineText): boolean {
  return text.isBlank || looksLikeOutput(text.body);
}

/**
 * `# rdmsr -p 0 0xc0010131` and, on the next line, `87` — bare hex unless the command asks for another radix. With `-a`
 * one line for each processor.
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

/** `# cat /sys/devices/system/cpu/sev/sev_status` and `7` — bare hex; from a patch that was posted. */
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

const DUMPED = /'(?<value>[\da-f]{1,16})'/giu;
const END_OF_SET = "}";

const readDump: Read = (match, line) => {
  const values = match.groups?.["values"] ?? "";
  const from = endOf(match) - END_OF_SET.length - values.length;
  return [...values.matchAll(DUMPED)].flatMap(({ 1: digits = "", index }) => {
    const start = from + index + 1;
    const one = { text: digits, start, end: start + digits.length, value: hex(digits) };
    return statusMatch(one, line) ?? [];
  });
};

export const MSR_FORMATS: readonly LineFormat[] = [
  /** `/sys/devices/system/cpu/sev/sev_status:7` — as `grep .` prints a file. */
  {
    name: "SEV_STATUS in sysfs, with its path",
    software: "linux",
    anchors: [SYSFS],
    pattern:
      /\/(?:devices\/system\/cpu|hypervisor)\/sev\/sev_status: ?(?<value>[\da-f]{1,16})\s*$/dgu,
    read: readStatus,
  },
  /** `Successfully read MSR 0xc0010131 on CPU 0: 0x7` */
  {
    name: "a tool's sentence on the MSR",
    software: "msr-tools",
    anchors: ["MSR 0xc0010131", "MSR 0xC0010131"],
    pattern: /\bMSR 0xc0010131 on CPU \d{1,5}: (?<value>0x[\da-f]{1,16})\b/giu,
    read: readStatus,
  },
  /** `SEV_STATUS, 0xC0010131, {'7'}` — name, address and the set of values of all processors, bare hex. */
  {
    name: "msr_dump",
    software: "msr-tools",
    anchors: [", 0xC0010131, {", ", 0xc0010131, {"],
    pattern: /, 0xc0010131, \{(?<values>'[\da-f]{1,16}'(?:, '[\da-f]{1,16}'){0,1023})\}/giu,
    read: readDump,
  },
];
