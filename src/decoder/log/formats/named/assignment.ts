import type { ExitFields } from "../../../ghcb";
import { GHCB_MSR, SEV_STATUS_MSR } from "../../../features/addresses";
import type { FeaturesRole } from "../../finding";
import { group, u64 } from "../kit/groups";
import { plausibleStatus } from "../kit/plausible";
import type { LineFormat, Reading, Recognised, Said } from "../../reading";
import { exitReading, exitToken, featuresSaid, ghcbMsrSaid, said } from "../kit/said";
import { severityOn } from "./severity";

/** What a name that stands before a value says that the value is. */
type Named = "sev-status" | FeaturesRole | "ghcb-msr" | keyof ExitFields;

/** Names as logs and source code write them, letters and digits only, lower case. */
const NAMES: ReadonlyMap<string, Named> = new Map([
  ["sevstatus", "sev-status"],
  ["sevstatusmsr", "sev-status"],
  ["msrsevstatus", "sev-status"],
  ["msramd64sev", "sev-status"],
  ["0xc0010131", "sev-status"],
  ["c0010131", "sev-status"],
  ["sevfeatures", "guest"],
  ["guestsevfeatures", "guest"],
  ["vmsafeatures", "requested"],
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
 * starts at a word's beginning, so that the whole is linear in the line. A register's address is a name here, not the
 * value of the word before it; a full stop behind the value is the sentence's.
 */
const ASSIGNMENT =
  /\b(?<name>[a-z_]\w{2,40}|0xc001_?0131)(?: MSR)?(?: ?\((?<address>(?:MSR )?(?:0x)?c001_?0131)\))?["'\])]{0,3}(?:\s{0,8}(?<operator>[|&^]=|&=? ?~|[=!]=|->|[=:&|(])\s{0,8}|\s(?:is|was|to)\s| )["'([{]{0,2}(?<value>(?!0xc001_?013[01]\b)0x[\da-f_]{1,32}(?:ul{0,2}|l{1,2}u?|_?u64)?)(?!\w|\.[\w.])(?!\s{0,4}(?:[|&^]|<<|>>))/dgiu;

/** What says that the value is the content of the thing that is named; after anything else it is tested or set bit by bit. */
const CONTENT_OPERATORS: ReadonlySet<string> = new Set(["", "=", ":", "("]);

/** The exit code under a name that is anybody's, which counts only beside the GHCB's other two fields. */
const EXIT_CODE_BESIDE = /\bexit_?code["']? {0,4}[ =:] {0,4}(?<value>0x[\da-f]{1,16})\b/iu;

interface Assignment {
  readonly named: Named;
  /** Nobody has the value: it is tested, or set bit by bit. */
  readonly isMask: boolean;
  readonly start: number;
  readonly end: number;
  readonly value: bigint;
}

const WRITTEN = /\bwrmsr\b/iu;

function assignments(line: string): Assignment[] {
  const found: Assignment[] = [];
  const isSeverity = severityOn(line);
  const isWritten = WRITTEN.test(line);
  for (const match of line.matchAll(ASSIGNMENT)) {
    const value = group(match, "value");
    const name = match.groups?.["name"] ?? "";
    const byAddress = match.groups?.["address"] === undefined ? undefined : "sev-status";
    const named = NAMES.get(name.toLowerCase().replaceAll("_", "")) ?? byAddress;
    const bits = u64(value?.text.replace(/_?u64$/iu, ""));
    if (value === null || named === undefined || bits === null) continue;
    // `#define MSR_AMD64_SEV 0xc0010131` and its like: the register's address is not its content.
    if (bits === SEV_STATUS_MSR || bits === GHCB_MSR) continue;
    // What somebody writes to a register that cannot be written is not its content.
    if (isWritten && (byAddress !== undefined || /^(?:0x)?c0/iu.test(name))) continue;
    const operator = match.groups?.["operator"] ?? "";
    const isMask = !CONTENT_OPERATORS.has(operator);
    const { start, end } = value;
    const byte = { nameStart: match.index, operator, value: bits, token: { start, end } };
    if (named === "sev-status" && isSeverity(byte)) continue;
    found.push({ named, isMask, start, end, value: bits });
  }
  return found;
}

/** What one name and its value say; exit fields are read together, not here. */
function saidOf({ named, isMask, value, ...span }: Assignment): Said[] {
  switch (named) {
    case "sev-status": {
      if (isMask) return [said(span, null, bitsOf(named, value))];
      const held = plausibleStatus(value);
      return held === null ? [] : [said(span, { kind: named, value }, held)];
    }
    case "ghcb-msr":
      return isMask ? [] : [ghcbMsrSaid(span, value)];
    case "exitCode":
    case "exitInfo1":
    case "exitInfo2":
      return [];
    default:
      return isMask
        ? [said(span, null, bitsOf("sev-features", value))]
        : [featuresSaid(span, value, named)];
  }
}

/** Bits that source code tests or sets: nobody has them. */
function bitsOf(register: "sev-status" | "sev-features", value: bigint): Reading {
  return { kind: "register", register, value, mask: true };
}

/** The exit fields of a line, those of one exit together: a field that comes again is another exit's. */
function exitsOf(found: readonly Assignment[]): ExitField[][] {
  const exits: ExitField[][] = [];
  for (const field of found) {
    if (field.isMask || !isExitField(field)) continue;
    const last = exits.at(-1);
    if (last === undefined || last.some(({ named }) => named === field.named)) exits.push([field]);
    else last.push(field);
  }
  return exits;
}

type ExitField = Assignment & { readonly named: keyof ExitFields };

function isExitField(found: Assignment): found is ExitField {
  return EXIT_FIELDS.has(found.named);
}

const EXIT_FIELDS: ReadonlySet<Named> = new Set(["exitCode", "exitInfo1", "exitInfo2"]);

/** What the fields of one exit say; without the exit code they can be explained, and are no finding. */
function exitFieldsSaid(exit: readonly ExitField[], beside: bigint | null): Said[] {
  const valueOf = (name: Named) => exit.find(({ named }) => named === name)?.value ?? null;
  const exitInfo1 = valueOf("exitInfo1");
  const exitInfo2 = valueOf("exitInfo2");
  const isAlone = exitInfo1 === null && exitInfo2 === null;
  const exitCode = valueOf("exitCode") ?? (isAlone ? null : beside);
  const fields: ExitFields = { exitCode, exitInfo1, exitInfo2 };
  const parts: Recognised[] = exit.map(({ named, start, end }) => ({
    start,
    end,
    reading: exitReading(named, fields),
  }));
  return exitToken(fields, parts);
}

/** The exit fields of a line. Of several exits, one code under anybody's name is nobody's. */
function exitsSaid(line: string, found: readonly Assignment[]): Said[] {
  const exits = exitsOf(found);
  const beside = exits.length === 1 ? u64(EXIT_CODE_BESIDE.exec(line)?.groups?.["value"]) : null;
  return exits.flatMap((exit) => exitFieldsSaid(exit, beside));
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
    "VmsaFeatures",
    "vmsaFeatures",
    "vmsa_features",
    "sev_features",
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
    return [...found.flatMap(saidOf), ...exitsSaid(line, found)];
  },
  examples: [
    "guest SEV_STATUS = 0x0000000000000887",
    "SEV_STATUS: 0x7",
    "MSR 0xc0010131: 0x807",
    "MSR 0xc0010131 = 0x807",
    "rdmsr(0xc0010131) = 0x807",
    "SEV_STATUS MSR 0xc0010131: 0x807",
    "the guest has sev_status = 0x807.",
    "u64 sev_status = 0x887;",
    "uint64_t sev_status = 0x07;",
    "SEV_STATUS=0x7; VMPL=0",
    '{"severity":"INFO","message":"SEV_STATUS: 0x7"}',
    'severity=INFO msg="SEV_STATUS: 0x7"',
    "SEV_STATUS(0x87): SEV SEV-ES SEV-SNP DebugSwap",
    "sev_features: 0x00000001",
    "vmsa_features: 0x20",
    "SW_EXITCODE=0x8000fffe SW_EXITINFO1=0x20 SW_EXITINFO2=0x800",
    '"sev_supported_vmsa_features": "0x0000000000000020"',
  ],
  nearMisses: [
    "SEV_STATUS = 0x02 (severity)",
    "SEV_STATUS = 0x07; /* severity status */",
    "SEV_STATUS = 0x07;",
    "uint8_t SEV_STATUS = 0x03;",
    "static const u8 sev_status = 0x3, other = 0x1",
    "sev_status: 0x3 severity warn",
    "#define SEV_STATUS 0x03",
    "enum sev { SEV_STATUS = 0x03 }",
    "\tSEV_STATUS = 0x03,",
    "sev_status = 0x7.5",
    "sev_status = 0x1..0x7",
    "wrmsr 0xc0010131 0x807",
    "wrmsr(0xc0010131) = 0x807",
    "MSR 0xc0010131",
    "the MSR 0xc0010131 is SEV_STATUS",
    "exit_status = 0x800",
    "foo(sev_features, 0x1000)",
    "sev_status_table[0x10]",
    "const GHCB_MSR = 0xc0010130",
    "#define MSR_AMD64_SEV 0xc0010131",
    "vdev->guest_features = 0x130afe7a5",
    "SEV_STATUS = 0x7 << 3",
    "SVM: exit_info2:          0000000000000000",
  ],
};
