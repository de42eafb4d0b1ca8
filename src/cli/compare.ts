import {
  compareGuestsJson,
  compareGuestsReport,
} from "../decoder/report/guest/compareGuestsReport";
import {
  compareValuesJson,
  compareValuesReport,
} from "../decoder/report/value/compareValuesReport";
import { quoted } from "../decoder/text/quoted";
import { textOf } from "../decoder/report/render/text";
import type { Report } from "../decoder/report/report";
import type { Arguments } from "./arguments";
import { readArguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, Unusable } from "./command";
import { guestGiven, guestOf, registerOf, statusOf, valueOf } from "./given";
import { lookupWith } from "./guestsFile";
import { GUEST_HELP, GUEST_OPTIONS, JSON_OPTION, SOURCES_OPTION, VALUE_HELP } from "./help";

const OPTIONS = [
  { name: "as", takes: "REGISTER", help: "what the two values are; without it sev-status" },
  ...GUEST_OPTIONS,
  { name: "kernels", takes: null, help: "compare two guest kernels, not two values" },
  { name: "value", takes: "VALUE", help: "with --kernels: the SEV_STATUS to ask both with" },
  SOURCES_OPTION,
  JSON_OPTION,
] as const;

type Given = Arguments<(typeof OPTIONS)[number]["name"]>;

/** `sev-status compare`: what differs between two values, or between two guest kernels. */
export const COMPARE: Command = {
  name: "compare",
  usage: [
    "VALUE VALUE [--as REGISTER] [--guest GUEST] [--guests FILE] [--json]",
    "--kernels GUEST GUEST [--value VALUE] [--guests FILE] [--sources] [--json]",
  ],
  summary: "say how two values, or two guest kernels, differ",
  options: OPTIONS,
  about: [
    `Of two values: the bits that only one of them has, and with --guest what that guest does with
each. REGISTER is one of those of "sev-status decode".`,
    `Of two guest kernels: which features only one of them accepts, their masks, and where they check;
with --value which of them boots.`,
    VALUE_HELP,
    GUEST_HELP,
  ],
  examples: [
    "compare 0x887 0x87",
    "compare 0x221 0x1 --as sev-features --guest 6.12.80",
    "compare --kernels 6.12.77 6.12.78",
    "compare --kernels 6.12.77 6.12.78 --value 0x800007",
  ],
  run(args, terminal) {
    const given = readArguments("sev-status compare", OPTIONS, args);
    if (given.has("kernels")) compareKernels(given, terminal);
    else compareTwoValues(given, terminal);
    return DONE;
  },
};

function compareTwoValues(given: Given, terminal: Terminal): void {
  if (given.has("value")) throw new Unusable("--value means nothing without --kernels.");
  const [a, b] = twoOperands(given, "values, such as compare 0x887 0x87");
  const compared = {
    register: registerOf(given.text("as")),
    a: valueOf(a),
    b: valueOf(b),
    guest: guestGiven(given, terminal),
  };
  if (given.has("json")) terminal.printJson(compareValuesJson(compared));
  else tellReport(compareValuesReport(compared), given, terminal);
}

function compareKernels(given: Given, terminal: Terminal): void {
  const unmeant = (["as", "guest", "guest-source"] as const).find((name) => given.has(name));
  if (unmeant !== undefined) {
    throw new Unusable(`--${unmeant} is for two values, and means nothing with --kernels.`);
  }
  const [a, b] = twoOperands(given, "guests, such as compare --kernels 6.12.77 6.12.78");
  const value = given.text("value");
  const status = value === null ? null : statusOf(value).status;
  const lookup = lookupWith(given.text("guests"), terminal);
  const compared = {
    a: guestOf(a, terminal, lookup),
    b: guestOf(b, terminal, lookup),
    status,
  };
  if (given.has("json")) terminal.printJson(compareGuestsJson(compared));
  else tellReport(compareGuestsReport(compared), given, terminal);
}

function tellReport(report: Report, given: Given, { tell, paint }: Terminal): void {
  tell(textOf(given.has("sources") ? report : { ...report, notes: [], sources: [] }, paint));
}

function twoOperands({ operands }: Given, what: string): readonly [string, string] {
  const [a, b, extra] = operands;
  if (extra !== undefined) {
    throw new Unusable(`compare takes two ${what}, and ${quoted(extra)} is one more.`);
  }
  if (a === undefined || b === undefined) throw new Unusable(`compare needs two ${what}.`);
  return [a, b];
}
