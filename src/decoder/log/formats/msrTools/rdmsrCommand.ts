import { U64_MAX } from "../../../text/u64";
import type { ValueGroup } from "../kit/groups";
import { valueGroup } from "../kit/groups";

/** Commands that print nothing when they succeed, and often stand before one that reads a register. */
const SILENT = /\b(?:modprobe|cd|export|set|sleep)\b[^;&|]{0,100}(?:;|&&)/gu;

/**
 * Whether no command earlier on the line prints: `rdmsr 0x10; rdmsr 0xc0010131` prints two values, the first of another
 * register. `before` is the line up to the command.
 */
export function isFirstToPrint(before: string): boolean {
  return !/[;&|]/u.test(before.replace(SILENT, ""));
}

/** How an echoed command prints the register: the radix of its output, and whether it is a line for each processor. */
export interface Readout {
  readonly radix: 8 | 10 | 16;
  /** With `-a`. */
  readonly isEach: boolean;
}

/** What may follow the arguments and leaves the output as it is: no pipe to a program that reads or counts numbers. */
const RDMSR =
  /\brdmsr(?<arguments>(?: {1,4}[\w:=-]{1,20}){1,12})(?: {1,4}2> ?(?:\/dev\/null|&1))?(?: ?\| ?(?:sort(?: -u)?|uniq)){0,2} *$/u;
/** SEV_STATUS, in the spellings that rdmsr takes. */
const ADDRESS = /^(?:0x0{0,8}c0010131|3221291313)$/iu;

const RADIX_OPTIONS: readonly (readonly [Readout["radix"], readonly string[]])[] = [
  [8, ["o", "octal"]],
  [10, ["d", "decimal", "u", "unsigned"]],
  [16, ["x", "hexadecimal", "X", "capital-hex"]],
];
/** Options that do not change the value: leading zeros, C's prefix. */
const HARMLESS: ReadonlySet<string> = new Set(["0", "zero-pad", "c", "c-language"]);
/** The same with an argument. All the bits: any other field is only part of the register. */
const HARMLESS_WITH_ARGUMENT = /^(?:(?:-p|--processor=)\d{1,5}|(?:-f|--bitfield=)63:0)$/u;
/** The same as two words. */
const HARMLESS_PAIR = /^(?:(?:-p|--processor) |(?:-f|--bitfield) 63:0$)/u;

/**
 * What the command at the end of a line prints: `# rdmsr -p 0 0xc0010131`. Null for any other command or register, and
 * for one that prints only part of the register or raw bytes (`-f 7:0`, `-r`).
 */
export function rdmsrReadout(line: string): Readout | null {
  const command = RDMSR.exec(line);
  if (command === null || !isFirstToPrint(line.slice(0, command.index))) return null;
  const words = (command.groups?.["arguments"] ?? "").split(" ").filter(Boolean);
  let radix: Readout["radix"] = 16;
  let isEach = false;
  let hasAddress = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (ADDRESS.test(word)) hasAddress = true;
    else if (HARMLESS_PAIR.test(`${word} ${words[at + 1] ?? ""}`)) at += 1;
    else if (!HARMLESS_WITH_ARGUMENT.test(word))
      for (const option of optionsOf(word)) {
        const byRadix = RADIX_OPTIONS.find(([, options]) => options.includes(option));
        if (option === "a" || option === "all") isEach = true;
        else if (byRadix !== undefined) [radix] = byRadix;
        else if (!HARMLESS.has(option)) return null;
      }
  }
  return hasAddress ? { radix, isEach } : null;
}

/** `--all`: one option; `-x0`: two; anything else is no option that we know. */
function optionsOf(word: string): readonly string[] {
  if (word.startsWith("--")) return [word.slice(2)];
  return word.startsWith("-") && word.length > 1 ? Array.from(word.slice(1)) : ["?"];
}

const OUTPUT = /^(?:CPU \d{1,5}: )?(?<value>(?:0x)?[\da-f]{1,22})U? *$/diu;

/** The value of an output line, and where its digits stand in it; null where the line is no such output. */
export function rdmsrOutput(line: string, radix: Readout["radix"]): ValueGroup | null {
  const match = OUTPUT.exec(line);
  if (match === null) return null;
  return valueGroup(match, "value", (digits) => parsed(digits.toLowerCase(), radix));
}

/** Whether a line could be the output of such a command at all. */
export function looksLikeOutput(line: string): boolean {
  return OUTPUT.test(line);
}

function parsed(digits: string, radix: Readout["radix"]): bigint | null {
  const number = radix === 16 ? digits.replace(/^0x/u, "") : digits;
  if (!DIGITS[radix].test(number)) return null;
  const value = BigInt(`${PREFIXES[radix]}${number}`);
  return value <= U64_MAX ? value : null;
}

const DIGITS = { 8: /^[0-7]+$/u, 10: /^\d+$/u, 16: /^[\da-f]+$/u };
const PREFIXES = { 8: "0o", 10: "", 16: "0x" };
