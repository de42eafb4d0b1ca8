import type { ExitFields } from "../ghcb";
import { GHCB_MSR, SEV_STATUS_MSR } from "./addresses";
import type { FeaturesRole } from "./finding";
import { group, u64 } from "./groups";
import { plausibleStatus } from "./plausible";
import type { LineFormat, Recognised, Said } from "./reading";
import { exitReading, exitToken, featuresReading, featuresSaid, ghcbMsrSaid, said } from "./said";

/** What a name that stands before a value says that the value is. */
type Named = "sev-status" | FeaturesRole | "ghcb-msr" | keyof ExitFields;

/** Names as logs and source code write them, letters and digits only, lower case. */
const NAMES: ReadonlyMap<string, Named> = new Map([
  ["sevstatus", "sev-status"],
  ["sevstatusmsr", "sev-status"],
  ["msrsevstatus", "sev-status"],
  ["msramd64sev", "sev-status"],
  ["0xc0010131", "sev-status"],
  ["sevfeatures", "guest"],
  ["guestsevfeatures", "guest"],
  ["vmsafeatures", "requested"],
  ["guestfeatures", "requested"],
  ["allowedsevfeatures", "allowed"],
  ["sevsupportedvmsafeatures", "supported"],
  ["ghcbmsr", "ghcb-msr"],
  ["swexitcode", "exitCode"],
  ["swexitinfo1", "exitInfo1"],
  ["exitinfo1", "exitInfo1"],
  ["swexitinfo2", "exitInfo2"],
  ["exitinfo2", "exitInfo2"],
]);

/**
 * A name, what says "is", and a 0x value. Which names count is the table's business; every part is bounded and
 * starts at a word's beginning, so that the whole is linear in the line.
 */
const ASSIGNMENT =
  /\b(?<name>[a-z_]\w{2,40}|0xc001_?0131)["'\])]{0,3}(?:\s{0,8}(?<operator>[|&^]=|&= ~|[=!]=|->|[=:&|(])\s{0,8}|\s(?:is|was|to)\s)["'([{]{0,2}(?<value>0x[\da-f_]{1,32}(?:ul{0,2}|l{1,2}u?)?)(?![\w.])/dgiu;

/** Operators that test or change single bits: what follows is a mask, not the register's content. */
const MASK_OPERATORS: ReadonlySet<string> = new Set(["&", "|", "|=", "&=", "^=", "&= ~"]);
/** Operators after which source code compares, and nobody says what the register holds. */
const TESTS: ReadonlySet<string> = new Set(["==", "!=", ...MASK_OPERATORS]);

interface Assignment {
  readonly named: Named;
  readonly isMask: boolean;
  /** Nobody has the value: it is tested, or set bit by bit. */
  readonly isTest: boolean;
  readonly start: number;
  readonly end: number;
  readonly value: bigint;
}

function assignments(line: string): Assignment[] {
  const found: Assignment[] = [];
  for (const match of line.matchAll(ASSIGNMENT)) {
    const value = group(match, "value");
    const name = match.groups?.["name"] ?? "";
    const named = NAMES.get(name.toLowerCase().replaceAll("_", ""));
    const bits = u64(value?.text);
    if (value === null || named === undefined || bits === null) continue;
    const operator = match.groups?.["operator"] ?? "";
    const isMask = MASK_OPERATORS.has(operator);
    const { start, end } = value;
    found.push({ named, isMask, isTest: TESTS.has(operator), start, end, value: bits });
  }
  return found;
}

/** What one name and its value say; exit fields are read together, not here. */
function saidOf({ named, isMask, isTest, value, ...span }: Assignment): Said[] {
  switch (named) {
    case "sev-status": {
      const held = plausibleStatus(value);
      if (value === SEV_STATUS_MSR || (!isMask && held === null)) return [];
      const reading = isMask
        ? ({ kind: "register", register: named, value, mask: true } as const)
        : held;
      if (reading === null) return [];
      return [said(span, isTest ? null : { kind: named, value }, reading)];
    }
    case "ghcb-msr":
      return value === GHCB_MSR ? [] : [unlessTest(ghcbMsrSaid(span, value), isTest)];
    case "exitCode":
    case "exitInfo1":
    case "exitInfo2":
      return [];
    default: {
      const reading = featuresReading(value, named);
      return isMask
        ? [
            said(span, null, {
              ...reading,
              kind: "register",
              register: "sev-features",
              value,
              mask: true,
            }),
          ]
        : [unlessTest(featuresSaid(span, value, named), isTest)];
    }
  }
}

function unlessTest(one: Said, isTest: boolean): Said {
  return isTest ? { ...one, what: null } : one;
}

/** The exit fields of a line, together: without the exit code they can be explained, and are no finding. */
function exitFieldsSaid(found: readonly Assignment[]): Said[] {
  const valueOf = (name: Named) => found.find(({ named }) => named === name)?.value ?? null;
  const fields: ExitFields = {
    exitCode: valueOf("exitCode"),
    exitInfo1: valueOf("exitInfo1"),
    exitInfo2: valueOf("exitInfo2"),
  };
  const parts: Recognised[] = [];
  let isTest = false;
  for (const { named, value, start, end, isTest: tested } of found) {
    if (named !== "exitCode" && named !== "exitInfo1" && named !== "exitInfo2") continue;
    isTest ||= tested;
    parts.push({ start, end, reading: exitReading(named, { ...fields, [named]: value }) });
  }
  return exitToken(fields, parts).map((one) => unlessTest(one, isTest));
}

/** `SEV_STATUS: 0x7`, `sev_features |= 0x20`, `SW_EXITINFO2=0x800`: the name before a value says what it is. */
export const namedValue: LineFormat = {
  name: "a value beside its register's name",
  software: "named",
  since: null,
  anchors: [
    "SEV_STATUS",
    "Sev_Status",
    "SEVStatus",
    "SevStatus",
    "sevStatus",
    "sev_status",
    "sevstatus",
    "AMD64_SEV",
    "c0010131",
    "C0010131",
    "C001_0131",
    "c001_0131",
    "_FEATURES",
    "SevFeatures",
    "sevFeatures",
    "GuestFeatures",
    "guestFeatures",
    "VmsaFeatures",
    "vmsaFeatures",
    "vmsa_features",
    "sev_features",
    "guest_features",
    "GHCB_MSR",
    "GhcbMsr",
    "ghcbMsr",
    "ghcb_msr",
    "EXITCODE",
    "EXIT_CODE",
    "ExitCode",
    "exitCode",
    "exit_code",
    "exitcode",
    "EXITINFO",
    "EXIT_INFO",
    "ExitInfo",
    "exitInfo",
    "exit_info",
    "exitinfo",
  ],
  recognise: (line) => {
    const found = assignments(line);
    return [...found.flatMap(saidOf), ...exitFieldsSaid(found)];
  },
  examples: [
    "guest SEV_STATUS = 0x0000000000000887",
    "SEV_STATUS: 0x7",
    "SEV_STATUS(0x87): SEV SEV-ES SEV-SNP DebugSwap",
    "sev_features: 0x00000001",
    "vmsa_features: 0x20",
    "SW_EXITCODE=0x8000fffe SW_EXITINFO1=0x20 SW_EXITINFO2=0x800",
    '"sev_supported_vmsa_features": "0x0000000000000020"',
  ],
  nearMisses: [
    "SEV_STATUS = 0x02 (severity)",
    "exit_status = 0x800",
    "foo(sev_features, 0x1000)",
    "sev_status_table[0x10]",
    "const GHCB_MSR = 0xc0010130",
    "SVM: exit_info2:          0000000000000000",
  ],
};
