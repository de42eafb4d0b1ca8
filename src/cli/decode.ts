import { decode } from "../decoder/register/decode";
import { decodeExit, decodeExitReturn } from "../decoder/ghcb";
import { decodeAnswer, exitAnswer, exitReturnAnswer } from "../decoder/report/value/answer";
import { exitAnswerJson } from "../decoder/report/value/exitAnswerReport";
import { exitJson } from "../decoder/report/value/exitReport";
import { decodeJson } from "../decoder/report/render/json";
import type { Answer } from "../decoder/report/render/answerText";
import { answerText } from "../decoder/report/render/answerText";
import { oneOperand, readArguments } from "./arguments";
import type { Arguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, Unusable } from "./command";
import { guestGiven, registerOf, valueOf } from "./given";
import { GUEST_HELP, GUEST_OPTIONS, JSON_OPTION, SOURCES_OPTION, VALUE_HELP } from "./help";

const EXIT_OPTIONS = ["exit-code", "exit-info-1", "exit-info-2", "answer"] as const;

const OPTIONS = [
  { name: "as", takes: "REGISTER", help: "what VALUE is, see below; without it sev-status" },
  ...GUEST_OPTIONS,
  { name: "exit-code", takes: "X", help: "SW_EXITCODE of a GHCB, instead of VALUE" },
  { name: "exit-info-1", takes: "Y", help: "SW_EXITINFO1, read as that exit code means it" },
  { name: "exit-info-2", takes: "Z", help: "SW_EXITINFO2, read as that exit code means it" },
  {
    name: "answer",
    takes: null,
    help: "the exit fields are the hypervisor's answer to that exit code",
  },
  SOURCES_OPTION,
  JSON_OPTION,
] as const;

type Given = Arguments<(typeof OPTIONS)[number]["name"]>;

/** `sev-status decode`: what a value means, and whether a guest kernel boots with it. */
export const DECODE: Command = {
  name: "decode",
  usage: [
    "VALUE [--as REGISTER] [--guest GUEST] [--guests FILE] [--sources] [--json]",
    "VALUE [--as REGISTER] --guest-source DIR [--sources] [--json]",
    "--exit-code X [--exit-info-1 Y] [--exit-info-2 Z] [--guest GUEST] [--json]",
    "--exit-code X [--exit-info-1 Y] [--exit-info-2 Z] --answer [--json]",
  ],
  summary: "say what a value means",
  options: OPTIONS,
  about: [
    `REGISTER is one of
  sev-status            MSR C001_0131, as the guest reads it
  sev-features          SEV_FEATURES of the VMSA: bit n is SEV_STATUS bit n+2
  unsupported-features  SW_EXITINFO2 of a feature refusal, in SEV_STATUS bit positions
  ghcb-msr              MSR C001_0130, the GHCB MSR protocol
  exit-info-1           SW_EXITINFO1 of the termination event: reason set and code
  guest-request-error   exitinfo2 of an SNP guest request, or a firmware status (fw_err)`,
    VALUE_HELP,
    GUEST_HELP,
  ],
  examples: [
    "decode 0x887",
    "decode 0x887 --guest 6.12.80",
    "decode 0x887 --sources",
    "decode 0x221 --as sev-features",
    "decode 0x2000100 --as ghcb-msr",
    "decode 0x16 --as guest-request-error",
    "decode --exit-code 0x8000fffe --exit-info-1 0x20 --exit-info-2 0x800",
    "decode --exit-code 0x80000011 --exit-info-1 0 --exit-info-2 0x200000000 --answer",
  ],
  run(args, terminal) {
    const given = readArguments("sev-status decode", OPTIONS, args);
    const operand = oneOperand("decode", given.operands);
    if (EXIT_OPTIONS.some((name) => given.has(name))) decodeExitFields(given, operand, terminal);
    else decodeRegister(given, operand, terminal);
    return DONE;
  },
};

function decodeRegister(given: Given, operand: string | null, terminal: Terminal): void {
  const decoded = decode(registerOf(given.text("as")), valueOf(operand ?? ""));
  const guest = guestGiven(given, terminal);
  if (given.has("json")) terminal.printJson(decodeJson(decoded, guest));
  else tellAnswer(decodeAnswer(decoded, guest), given, terminal);
}

function decodeExitFields(given: Given, operand: string | null, terminal: Terminal): void {
  const exitCode = given.text("exit-code");
  if (exitCode === null) {
    throw new Unusable(
      "--exit-info-1, --exit-info-2 and --answer mean nothing without --exit-code.",
    );
  }
  if (operand !== null || given.has("as")) {
    throw new Unusable("--exit-code stands instead of VALUE and --as: give one or the other.");
  }
  const optional = (text: string | null) => (text === null ? null : valueOf(text));
  const fields = {
    exitCode: valueOf(exitCode),
    exitInfo1: optional(given.text("exit-info-1")),
    exitInfo2: optional(given.text("exit-info-2")),
  };
  const guest = guestGiven(given, terminal);
  if (given.has("answer")) {
    const answer = decodeExitReturn(fields);
    if (given.has("json")) terminal.printJson(exitAnswerJson(answer));
    else tellAnswer(exitReturnAnswer(answer), given, terminal);
    return;
  }
  const exit = decodeExit(fields);
  if (given.has("json")) terminal.printJson(exitJson(exit, guest));
  else tellAnswer(exitAnswer(exit, guest), given, terminal);
}

function tellAnswer(answer: Answer, given: Given, { tell, paint }: Terminal): void {
  tell(answerText(answer, given.has("sources") ? "with sources" : "in brief", paint));
}
