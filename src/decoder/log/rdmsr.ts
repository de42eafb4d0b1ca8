import { recognised } from "./groups";
import type { LineFormat, Lines } from "./reading";
import { plausibleStatus } from "./plausible";

/** The prompt and the command, with the one register that this is about. Options that print another radix, or only part, do not count. */
const COMMAND =
  /\brdmsr (?:(?:-[aXx0c]|-p ?\d{1,5}|--(?:all|hexadecimal|zero-pad|c-language)) )*0x[cC]001_?0131\s*$/u;
const OUTPUT = /^(?:CPU \d{1,5}: )?(?<value>(?:0x)?[\da-fA-F]{1,16})\s*$/du;
const SENTENCE = /\bMSR 0x[cC]0010131 on CPU \d{1,5}: (?<value>0x[\da-fA-F]{1,16})\b/du;

/** With -a there is a line for each processor: no machine has more. */
const MOST_PROCESSORS = 8192;

/** The line above all the lines of output that a line is one of; undefined where there is none. */
function commandAbove(lines: Lines, number: number): string | undefined {
  for (let above = number - 1; above >= 0 && number - above <= MOST_PROCESSORS; above--) {
    const line = lines(above);
    if (line === undefined || !OUTPUT.test(line)) return line;
  }
  return undefined;
}

/** `# rdmsr -p 0 0xc0010131` and, on the next line, `87` — bare hex, one line for each CPU with -a. */
const rdmsrOutput: LineFormat = {
  name: "msr-tools: rdmsr",
  // The output itself is a bare number: the command above it is what is recognised.
  anchors: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"],
  recognise: (line, { lines, number }) => {
    const match = OUTPUT.exec(line);
    if (match === null || !COMMAND.test(commandAbove(lines, number) ?? "")) return [];
    return recognised(match, "value", plausibleStatus);
  },
  examples: [],
};

/** `Successfully read MSR 0xc0010131 on CPU 0: 0x7` */
const msrSentence: LineFormat = {
  name: "A tool's sentence on the MSR",
  anchors: ["0xc0010131", "0xC0010131"],
  recognise: (line) => {
    const match = SENTENCE.exec(line);
    return match === null ? [] : recognised(match, "value", plausibleStatus);
  },
  examples: ["Successfully read MSR 0xc0010131 on CPU 0: 0x7"],
};

export const RDMSR_FORMATS: readonly LineFormat[] = [rdmsrOutput, msrSentence];
