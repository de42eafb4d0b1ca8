import { columns } from "../decoder/report/render/text";
import type { Command, Option } from "./command";

/** `--json`, of every command. */
export const JSON_OPTION = {
  name: "json",
  takes: null,
  help: "print JSON instead of text",
} as const satisfies Option;

/** `--sources`, of every command that answers in brief. */
export const SOURCES_OPTION = {
  name: "sources",
  takes: null,
  help: "also print what explains the answer: caveats, every fix, sources",
} as const satisfies Option;

/** `--guest`, of every command that gives a verdict. */
const GUEST_OPTION = {
  name: "guest",
  takes: "GUEST",
  help: "the guest kernel to ask",
} as const satisfies Option;

/** `--guest-source`, wherever {@link GUEST_OPTION} is. */
export const GUEST_SOURCE_OPTION = {
  name: "guest-source",
  takes: "DIR",
  help: "ask the kernel whose source is in this folder, instead of --guest",
} as const satisfies Option;

/** `--guests`, of every command that gives a verdict. */
export const GUESTS_OPTION = {
  name: "guests",
  takes: "FILE",
  help: "a JSON file of guests of your own",
} as const satisfies Option;

/** The options that name a guest, of every command that gives a verdict. */
export const GUEST_OPTIONS = [GUEST_OPTION, GUEST_SOURCE_OPTION, GUESTS_OPTION] as const;

const HELP_OPTION: Option = { name: "help", takes: null, help: "print this help" };

/** How values are written. */
export const VALUE_HELP = `A VALUE is written 0x887, 887 (bare digits are hex), 0x0000_0000_0000_0887, 0x887ULL (C) or
0d2183 (decimal), 0b101 (binary). More than 64 bits is an error; nothing is truncated.`;

/** How guest kernels are named. */
export const GUEST_HELP = `A GUEST is a Linux release: 6.6, v6.18, 6.18-rc2, linux-6.1.9, 6.8.0-45-generic, a whole
"Linux version ..." banner, any with +secure-avic for CONFIG_AMD_SECURE_AVIC=y; or the name of a
distribution's row, as rhel-9.4 or debian-12 ("sev-status guests" lists them); or the name of a
guest in the FILE of --guests. +svsm, +paravisor or +ovmf after it says what runs below the kernel,
and has its own word first: COCONUT-SVSM, the paravisor of an Azure guest with vTom, or OVMF.
With --guest-source DIR it is the kernel whose source is in DIR, read from its own macros and never
compiled or run; +secure-avic, +svsm and the others may follow DIR too.`;

/** `sev-status --help`. */
export function programHelp(commands: readonly Command[]): string {
  const synopsis = commands.flatMap(synopsisOf);
  return [
    "sev-status: decodes AMD SEV-SNP values and says which enabled features a guest kernel lacks.",
    ["Usage:", ...synopsis].join("\n"),
    ["Commands:", ...table(commands.map(({ name, summary }) => [name, summary]))].join("\n"),
    [
      "Options:",
      ...table([
        ["--help", "print this help, or with a command that command's"],
        ["--version", "print the version"],
      ]),
    ].join("\n"),
    VALUE_HELP,
    GUEST_HELP,
    examplesOf(commands.flatMap(({ examples }) => examples.slice(0, 1))),
    `Exit status: 0 done, 1 check (or scan, if asked to) says that the guest does not boot, 2 arguments
or input that cannot be used; errors and warnings go to standard error. NO_COLOR=1 turns colour off.`,
    'See "sev-status COMMAND --help" for more on a command.',
  ].join("\n\n");
}

/** `sev-status COMMAND --help`. */
export function commandHelp(command: Command): string {
  const { name, summary, options, about, examples } = command;
  const rows = [...options, HELP_OPTION].map(({ name: option, takes, help }) => [
    takes === null ? `--${option}` : `--${option} ${takes}`,
    help,
  ]);
  return [
    `sev-status ${name}: ${summary}.`,
    ["Usage:", ...synopsisOf(command)].join("\n"),
    ["Options:", ...table(rows)].join("\n"),
    ...about,
    examplesOf(examples),
  ].join("\n\n");
}

function synopsisOf({ name, usage }: Command): string[] {
  return usage.map((line) => `  sev-status ${name} ${line}`);
}

function examplesOf(examples: readonly string[]): string {
  return ["Examples:", ...examples.map((example) => `  sev-status ${example}`)].join("\n");
}

function table(rows: readonly (readonly string[])[]): string[] {
  return columns(rows).map((row) => `  ${row}`);
}
