import { decode } from "../decoder/decode";
import type { Verdict } from "../decoder/guest/check";
import { DEFAULT_BOOT, check } from "../decoder/guest/check";
import { checkReport } from "../decoder/report/checkReport";
import { decodeJson } from "../decoder/report/json";
import { textOf } from "../decoder/report/text";
import { oneOperand, readArguments } from "./arguments";
import type { Command } from "./command";
import { DONE, NO, Unusable } from "./command";
import { bootPathOf, ghcbVersionOf, guestGiven, statusOf } from "./given";
import {
  GUEST_HELP,
  GUEST_OPTION,
  GUEST_SOURCE_OPTION,
  GUESTS_OPTION,
  JSON_OPTION,
  VALUE_HELP,
} from "./help";

const OPTIONS = [
  GUEST_OPTION,
  GUEST_SOURCE_OPTION,
  GUESTS_OPTION,
  {
    name: "boot",
    takes: "PATH",
    help: `who makes the check: decompressor or efi-stub; without it ${DEFAULT_BOOT.boot}`,
  },
  {
    name: "ghcb-version",
    takes: "N",
    help: `the GHCB protocol version agreed on: 1 or 2; without it ${DEFAULT_BOOT.ghcbVersion}`,
  },
  JSON_OPTION,
] as const;

const EXIT_STATUS: Readonly<Record<Verdict["outcome"], number>> = {
  boots: DONE,
  "not-snp": DONE,
  "not-reached": DONE,
  refuses: NO,
  undefined: NO,
};

/** `sev-status check`: whether a guest kernel boots with a SEV_STATUS value. */
export const CHECK: Command = {
  name: "check",
  usage: [
    "VALUE (--guest GUEST | --guest-source DIR) [--guests FILE] [--boot PATH] [--ghcb-version N] [--json]",
  ],
  summary: "say whether a guest kernel boots with a SEV_STATUS value",
  options: OPTIONS,
  about: [
    `VALUE is SEV_STATUS, or the names of its features separated by commas: just those bits are set,
so SEV-SNP, without which no guest checks anything, has to be one of them.`,
    VALUE_HELP,
    GUEST_HELP,
    `Exit status: 0 the guest goes on, 1 it refuses to boot or what it does is undefined,
2 the arguments cannot be used.`,
  ],
  examples: [
    "check 0x887 --guest 6.12.80",
    "check SEV-SNP,SecureTSC --guest 6.12.80",
    "check 0x887 --guest 6.12.80 --boot efi-stub --json",
    "check 0x40807 --guest 6.18+secure-avic",
    "check 0x887 --guest-source linux",
  ],
  run(args, terminal) {
    const given = readArguments("sev-status check", OPTIONS, args);
    const asked = statusOf(oneOperand("check", given.operands) ?? "");
    const boot = bootPathOf(given.text("boot") ?? DEFAULT_BOOT.boot);
    const version = given.text("ghcb-version");
    const ghcbVersion = version === null ? DEFAULT_BOOT.ghcbVersion : ghcbVersionOf(version);
    const guest = guestGiven(given, terminal);
    if (guest === null) {
      throw new Unusable("check needs --guest GUEST, such as --guest 6.12.80.");
    }
    const conditions = { boot, ghcbVersion };
    const { outcome } = check(asked.status, guest, conditions);
    if (outcome === "not-snp" && asked.origin === "names") {
      terminal.warn(
        "SEV-SNP is not among the features named, and without it no guest checks them.",
      );
    }
    if (given.has("json")) {
      terminal.printJson(decodeJson(decode("sev-status", asked.status), guest, conditions));
    } else {
      terminal.print(textOf(checkReport(asked, guest, conditions), terminal.paint));
    }
    return EXIT_STATUS[outcome];
  },
};
