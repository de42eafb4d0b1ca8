import { decode } from "../decoder/register/decode";
import { SEV_AND_ES, SEV_SNP } from "../decoder/features";
import { assess } from "../decoder/guest/assessment";
import { DEFAULT_BOOT, goesOn } from "../decoder/guest/check";
import type { Verdict } from "../decoder/guest/check";
import type { GuestProfile } from "../decoder/guest/profile";
import { adviceJson } from "../decoder/report/guest/adviceJson";
import type { Asked } from "../decoder/report/value/decodeReport";
import { checkAnswer } from "../decoder/report/value/answer";
import type { Question } from "../decoder/report/guest/guestsReport";
import { askGuest, askedGuestJson, guestsText } from "../decoder/report/guest/guestsReport";
import { decodeJson } from "../decoder/report/render/json";
import type { Shown } from "../decoder/report/render/answerText";
import { answerText } from "../decoder/report/render/answerText";
import type { Arguments } from "./arguments";
import { oneOperand, readArguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, NO, UNUSABLE, Unusable } from "./command";
import { bootPathOf, featuresNamed, ghcbVersionOf, guestGiven, statusOf } from "./given";
import { guestList } from "./guestList";
import { lookupWith } from "./guestsFile";
import { GUEST_HELP, GUEST_OPTIONS, JSON_OPTION, SOURCES_OPTION, VALUE_HELP } from "./help";
import { jsonLine } from "./jsonLine";

const OPTIONS = [
  ...GUEST_OPTIONS,
  {
    name: "guests-from",
    takes: "FILE",
    help: "ask every guest of a list instead, one a line; - is standard input",
  },
  {
    name: "enable",
    takes: "NAMES",
    help: "features to add to VALUE; without VALUE to SEV, SEV-ES and SEV-SNP",
  },
  { name: "advise", takes: null, help: "say all that is known of what to do instead, as JSON too" },
  {
    name: "boot",
    takes: "PATH",
    help: `how the kernel is started, see below; without it ${DEFAULT_BOOT.boot}`,
  },
  {
    name: "ghcb-version",
    takes: "N",
    help: `the GHCB protocol version agreed on: 1 or 2; without it ${DEFAULT_BOOT.ghcbVersion}`,
  },
  SOURCES_OPTION,
  JSON_OPTION,
] as const;

type Given = Arguments<(typeof OPTIONS)[number]["name"]>;

/** `sev-status check`: whether guest kernels boot with a SEV_STATUS value. */
export const CHECK: Command = {
  name: "check",
  usage: [
    "VALUE --guest GUEST [--guests FILE] [--boot PATH] [--sources] [--advise] [--json]",
    "VALUE --guest-source DIR [--boot PATH] [--ghcb-version N] [--advise] [--json]",
    "[VALUE] --enable NAMES --guest GUEST [--boot PATH] [--advise] [--json]",
    "[VALUE] [--enable NAMES] --guests-from FILE [--guests FILE] [--json]",
  ],
  summary: "say whether guest kernels boot with a SEV_STATUS value",
  options: OPTIONS,
  about: [
    `VALUE is SEV_STATUS, or the names of its features separated by commas: just those bits are set,
so SEV-SNP, without which no guest checks anything, has to be one of them.`,
    `Before a host turns on a feature: --enable adds it to what the guests run with now, and
--guests-from asks a list of them, a release or a banner a line. Blank lines and lines that begin
with # are left out; one that names no kernel is an error, and the others are answered all the same.`,
    `PATH is one of
  decompressor  the loader enters the bzImage without its EFI stub (IGVM, direct boot)
  efi-stub      UEFI firmware such as OVMF starts it; without a check in the stub, the
                decompressor makes it on this path too
  uncompressed  the loader places vmlinux itself (OpenHCL and others): nothing is checked`,
    VALUE_HELP,
    GUEST_HELP,
    `Exit status: 0 every guest goes on, 1 one refuses to boot or what it does is undefined,
2 the arguments, or a line of the list, cannot be used.`,
  ],
  examples: [
    "check 0x887 --guest 6.12.80",
    "check SEV-SNP,SecureTSC --guest 6.12.80",
    "check 0x887 --guest 6.12.80 --boot efi-stub --json",
    "check 0x40807 --guest 6.18+secure-avic",
    "check 0x887 --guest 6.12.80 --sources",
    "check --enable SecureTSC --guest 6.13",
    "check 0x87 --enable SecureTSC --guests-from samples/guests.txt",
  ],
  run(args, terminal) {
    const given = readArguments("sev-status check", OPTIONS, args);
    const question = questionOf(given);
    const list = given.text("guests-from");
    if (list !== null) return checkList(list, question, given, terminal);
    const guest = guestGiven(given, terminal);
    if (guest === null) {
      throw new Unusable("check needs --guest GUEST, such as --guest 6.12.80.");
    }
    return checkOne(given, question, guest, terminal);
  },
};

/** The features to check: those of VALUE, and those of `--enable`. */
function questionOf(given: Given): Question & Pick<Asked, "origin"> {
  const operand = oneOperand("check", given.operands);
  const names = given.text("enable");
  const enabled = names === null ? 0n : featuresNamed(names);
  const { status, origin }: Asked =
    operand === null && names !== null
      ? { status: BASE, origin: "value" }
      : statusOf(operand ?? "");
  const boot = bootPathOf(given.text("boot") ?? DEFAULT_BOOT.boot);
  const version = given.text("ghcb-version");
  const ghcbVersion = version === null ? DEFAULT_BOOT.ghcbVersion : ghcbVersionOf(version);
  return { before: status, status: status | enabled, origin, conditions: { boot, ghcbVersion } };
}

/** SEV_STATUS of an SEV-SNP guest without optional features. */
const BASE = SEV_AND_ES | SEV_SNP;

function checkOne(
  given: Given,
  { status, origin, conditions }: Question & Pick<Asked, "origin">,
  guest: GuestProfile,
  terminal: Terminal,
): number {
  const assessment = assess(status, guest, conditions);
  warnOfNames(assessment.verdict, origin, terminal);
  const isFull = given.has("advise");
  if (given.has("json")) {
    const json = decodeJson(decode("sev-status", status), assessment);
    terminal.printJson(isFull ? { ...json, advice: adviceJson(assessment.advised) } : json);
  } else {
    const path = given.has("boot") ? conditions.boot : null;
    const answer = checkAnswer(assessment, path, { origin, detail: "in full" });
    terminal.tell(answerText(answer, shownFor(given), terminal.paint));
  }
  return goesOn(assessment.verdict) ? DONE : NO;
}

/** How much to say. `--advise` asks for what `--sources` holds too. */
function shownFor(given: Given): Shown {
  return given.has("sources") || given.has("advise") ? "with sources" : "in brief";
}

function warnOfNames(
  { outcome }: Verdict,
  origin: Asked["origin"],
  { warn }: Pick<Terminal, "warn">,
): void {
  if (outcome === "not-snp" && origin === "names") {
    warn("SEV-SNP is not among the features named, and without it no guest checks them.");
  }
}

async function checkList(
  file: string,
  question: Question,
  given: Given,
  terminal: Terminal,
): Promise<number> {
  if (given.has("guest") || given.has("guest-source")) {
    const other = given.has("guest") ? "guest" : "guest-source";
    throw new Unusable(`--guests-from stands instead of --${other}: give one or the other.`);
  }
  if (given.has("advise")) {
    throw new Unusable("--advise is for one guest: expected --guest GUEST, not --guests-from.");
  }
  const { guests, unusable } = await guestList(
    file,
    lookupWith(given.text("guests"), terminal),
    terminal,
  );
  const asked = guests.map((listed) => askGuest(listed, question));
  if (given.has("json")) {
    for (const one of asked) terminal.print(jsonLine(askedGuestJson(one, question)));
  } else terminal.tell(guestsText(asked, question));
  if (unusable > 0) return UNUSABLE;
  return asked.every(({ after }) => goesOn(after.verdict)) ? DONE : NO;
}
