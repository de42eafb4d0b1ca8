import { parseArgs } from "node:util";
import { quoted } from "../decoder/text/quoted";
import type { Option } from "./command";
import { Unusable } from "./command";
import { nearest } from "../decoder/text/nearest";

/** The arguments of a command, by the names of its options. */
export interface Arguments<Name extends string> {
  /** The operands, in order. */
  readonly operands: readonly string[];
  /** Whether an option is given, with a text or without. */
  readonly has: (name: Name) => boolean;
  /** The text of an option, or null where it is not given. */
  readonly text: (name: Name) => string | null;
}

/**
 * Reads the arguments of a command, and nothing but those: an unknown option, one that is given
 * twice, a text too few or too many is {@link Unusable}. node:util splits them; its own strict
 * mode is not used because its messages are several sentences and repeat the text unescaped.
 */
export function readArguments<const Options extends readonly Option[]>(
  command: string,
  options: Options,
  args: readonly string[],
): Arguments<Options[number]["name"]> {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options.map(typeOf)),
    strict: false,
    tokens: true,
  });
  const operands = new Map<number, string>();
  const given = new Map<string, string>();
  for (const token of tokens) {
    const written = args[token.index] ?? "";
    if (token.kind === "positional") operands.set(token.index, token.value);
    else if (token.kind === "option" && isNegative(written)) operands.set(token.index, written);
    else if (token.kind === "option") {
      const option = options.find(({ name }) => name === token.name);
      if (option === undefined) throw unknownOption(command, written, options);
      if (given.has(option.name)) throw new Unusable(`--${option.name} is given twice.`);
      given.set(option.name, textOf(option, token.value, token.inlineValue === true));
    }
  }
  return {
    operands: [...operands.values()],
    has: (name) => given.has(name),
    text: (name) => given.get(name) ?? null,
  };
}

/** Whether `--help` or `-h` is among the arguments before `--`. */
export function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf("--");
  return args
    .slice(0, end === -1 ? undefined : end)
    .some((arg) => arg === "--help" || arg === "-h");
}

/** The one operand of a command, or null; a second one is an error. */
export function oneOperand(command: string, operands: readonly string[]): string | null {
  const [first, second] = operands;
  if (second !== undefined) {
    throw new Unusable(`${command} takes one value, and ${quoted(second)} is one more.`);
  }
  return first ?? null;
}

/** The error for an option that a command does not have, with the nearest one that it has. */
export function unknownOption(
  command: string,
  written: string,
  options: readonly Pick<Option, "name">[],
): Unusable {
  const [word = ""] = written.split("=", 1);
  const near = nearest(
    word.replace(/^-+/u, ""),
    [...options, { name: "help" }].map(({ name }) => name),
  );
  const hint = near === null ? "" : ` Did you mean --${near}?`;
  return new Unusable(
    `${quoted(word)} is no option of ${command}.${hint} See "${command} --help".`,
  );
}

function typeOf({ name, takes }: Option) {
  return [name, { type: takes === null ? "boolean" : "string" }] as const;
}

/** `-887` is a bad value, not the options 8, 8 and 7. */
function isNegative(written: string): boolean {
  return /^-\d/u.test(written);
}

function textOf({ name, takes }: Option, value: string | undefined, isInline: boolean): string {
  if (takes === null) {
    if (value !== undefined)
      throw new Unusable(`--${name} takes no text, and got ${quoted(value)}.`);
    return "";
  }
  // A lone dash is standard input.
  const isOption =
    !isInline && value !== "-" && value?.startsWith("-") === true && !isNegative(value);
  if (value === undefined || isOption)
    throw new Unusable(`--${name} needs a text: expected --${name} ${takes}.`);
  return value;
}
