import type { ExitFields } from "../ghcb";
import { group, u64 } from "./groups";
import { GHCB_MSR, SEV_STATUS_MSR } from "./msrAddresses";
import { plausibleStatus } from "./plausible";
import type { LineFormat, Reading, Recognised } from "./reading";

/** What a name that stands before a value says that the value is. */
type Named = "sev-status" | "sev-features" | "ghcb-msr" | keyof ExitFields;

/** Names as logs and source code write them, letters and digits only, lower case. */
const NAMES: ReadonlyMap<string, Named> = new Map([
  ["sevstatus", "sev-status"],
  ["sevstatusmsr", "sev-status"],
  ["msrsevstatus", "sev-status"],
  ["msramd64sev", "sev-status"],
  ["0xc0010131", "sev-status"],
  ["c0010131", "sev-status"],
  ["sevfeatures", "sev-features"],
  ["vmsafeatures", "sev-features"],
  ["guestsevfeatures", "sev-features"],
  ["allowedsevfeatures", "sev-features"],
  ["sevsupportedvmsafeatures", "sev-features"],
  ["ghcbmsr", "ghcb-msr"],
  ["swexitcode", "exitCode"],
  ["swexitinfo1", "exitInfo1"],
  ["exitinfo1", "exitInfo1"],
  ["swexitinfo2", "exitInfo2"],
  ["exitinfo2", "exitInfo2"],
]);

/**
 * A name or an option, what says "is", and a 0x value. Which names count is the table's business; every part
 * is bounded and starts at a word's beginning, so that the whole is linear in the line.
 */
const ASSIGNMENT =
  /(?<!\w)(?:(?<name>[a-z_]\w{2,40}|0xc001_?0131)(?: MSR)?(?: ?\((?:MSR )?(?:0x)?c001_?0131\))?["'\])]{0,3}(?:\s{0,8}(?<operator>[|&^]=|&=? ?~|[=!]=|->|[=:&|(])\s{0,8}|\s(?:is|was|to)\s| )|--(?<option>[a-z-]{3,30})[ =])["'([{]{0,2}(?<value>0x[\da-f_]{1,32}(?:ul{0,2}|l{1,2}u?|_?u64)?)(?![\w.])(?!\s{0,4}(?:[|&^]|<<|>>))/dgiu;

/** What says that the value is the content of the thing that is named. */
const CONTENT_OPERATORS: ReadonlySet<string> = new Set(["", "=", ":", "("]);

/** sev-snp-measure's option; `guest_features` elsewhere is virtio's. */
const OPTIONS: ReadonlyMap<string, Named> = new Map([["guest-features", "sev-features"]]);

/** The exit code under a name that is anybody's, which counts only beside the GHCB's other two fields. */
const EXIT_CODE_BESIDE = /\bexit_?code["']? {0,4}[ =:] {0,4}(?<value>0x[\da-f]{1,16})\b/iu;

interface Assignment {
  readonly named: Named;
  readonly isMask: boolean;
  readonly start: number;
  readonly end: number;
  readonly value: bigint;
}

function assignments(line: string): Assignment[] {
  const found: Assignment[] = [];
  for (const match of line.matchAll(ASSIGNMENT)) {
    const value = group(match, "value");
    const name = match.groups?.["name"] ?? "";
    const named =
      NAMES.get(name.toLowerCase().replaceAll("_", "")) ??
      OPTIONS.get(match.groups?.["option"] ?? "");
    const bits = u64(value?.text.replace(/_?u64$/iu, ""));
    if (value === null || named === undefined || bits === null) continue;
    const isMask =
      !CONTENT_OPERATORS.has(match.groups?.["operator"] ?? "") ||
      /^(?:allowed|sev_supp)/iu.test(name);
    found.push({ named, isMask, start: value.start, end: value.end, value: bits });
  }
  return found;
}

function reading(assignment: Assignment, fields: ExitFields): Reading | null {
  const { named, isMask, value } = assignment;
  // `#define MSR_AMD64_SEV 0xc0010131` and its like: the register's address is not its content.
  if (value === SEV_STATUS_MSR || value === GHCB_MSR) return null;
  switch (named) {
    case "sev-status":
      return isMask
        ? { kind: "register", register: named, value, mask: true }
        : plausibleStatus(value);
    case "sev-features":
      return { kind: "register", register: named, value, ...(isMask ? { mask: true } : {}) };
    case "ghcb-msr":
      return isMask ? null : { kind: "register", register: named, value };
    default:
      return isMask ? null : { kind: "exit", field: named, fields: { ...fields, [named]: value } };
  }
}

/** `SEV_STATUS: 0x7`, `sev_features |= 0x20`, `SW_EXITINFO2=0x800`: the name before a value says what it is. */
export const namedValue: LineFormat = {
  name: "A value beside its register's name",
  anchors: [
    "STATUS",
    "Status",
    "status",
    "FEATURES",
    "Features",
    "features",
    "EXIT",
    "Exit",
    "exit",
    "GHCB",
    "Ghcb",
    "ghcb",
    "AMD64_SEV",
    "0131",
  ],
  recognise: (line) => {
    const found = assignments(line);
    const valueOf = (name: Named) => found.find(({ named }) => named === name)?.value ?? null;
    const fields = {
      exitCode: valueOf("exitCode"),
      exitInfo1: valueOf("exitInfo1"),
      exitInfo2: valueOf("exitInfo2"),
    };
    if (fields.exitInfo1 !== null || fields.exitInfo2 !== null) {
      fields.exitCode ??= u64(EXIT_CODE_BESIDE.exec(line)?.groups?.["value"]);
    }
    return found.flatMap((assignment): Recognised[] => {
      const read = reading(assignment, fields);
      return read === null ? [] : [{ start: assignment.start, end: assignment.end, reading: read }];
    });
  },
  examples: [
    "guest SEV_STATUS = 0x0000000000000887",
    "vmsa.sev_features |= 0x20;",
    "SEV_STATUS: 0x7",
  ],
};
