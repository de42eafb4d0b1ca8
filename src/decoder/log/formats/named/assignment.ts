import { GHCB_MSR, SEV_STATUS_MSR } from "../../../features/addresses";
import type { ExitFields } from "../../../ghcb";
import type { Span } from "../../../text/span";
import { parseU64 } from "../../../text/u64";
import type { Fact, FeaturesRole, Match } from "../../finding";
import type { LineFormat } from "../format";
import { exitMatch, msrFact } from "../kit/exit";
import { group, hexGroup } from "../kit/groups";
import { matchOf } from "../kit/matches";
import { isPlausibleStatus, statusFact } from "../kit/plausible";
import { areOffsets, isOffset } from "./layout";
import { OF_GUESTS, isOfGuest } from "./guestFeatures";
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
  ["guestfeatures", "requested"],
  ["snpguestfeatures", "requested"],
  ["sevguestfeatures", "requested"],
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
  /\b(?<name>[a-z_]\w{2,40}|0xc001_?0131)(?: MSR)?(?: ?\((?:(?<address>(?:MSR )?(?:0x)?c001_?0131)|SEV_STATUS >> 2|MSR|VMSA)\))?["'\])]{0,3}(?:\s{0,8}(?<operator>[|&^]=|&=? ?~|[=!]=|->|[=:&|(])\s{0,8}|\s(?:is|was|to)\s| )["'([{]{0,2}(?<value>(?!0xc001_?013[01]\b)0x[\da-f_]{1,32}(?:ul{0,2}|l{1,2}u?|_?u64)?)(?!\w|\.[\w.])(?!\s{0,4}(?:[|&^]|<<|>>))/giu;

/** After these the value is the content of the named thing; after others its bits are tested or set. */
const CONTENT_OPERATORS: ReadonlySet<string> = new Set(["", "=", ":", "("]);

/** An exit code under a name that other things have too: it counts only beside the GHCB's other two fields. */
const EXIT_CODE_BESIDE = /\bexit_?code["']? {0,4}[ =:] {0,4}(?<value>0x[\da-f]{1,16})\b/iu;

interface Assignment extends Span {
  readonly named: Named;
  /** Bits that are tested or set: nobody has the value. */
  readonly isTested: boolean;
  readonly value: bigint;
}

/** As much of a line before a name as is looked at. */
const BESIDE = 100;

const WRITTEN = /\bwrmsr\b/iu;

function assignments(text: string): Assignment[] {
  const found: Assignment[] = [];
  let isSeverity: ReturnType<typeof severityOn> | null = null;
  ASSIGNMENT.lastIndex = 0;
  for (let match = ASSIGNMENT.exec(text); match !== null; match = ASSIGNMENT.exec(text)) {
    const { name = "", address, operator = "" } = match.groups ?? {};
    const byAddress = address === undefined ? undefined : "sev-status";
    const named = NAMES.get(name.toLowerCase().replaceAll("_", "")) ?? byAddress;
    const token = named === undefined ? null : group(match, "value");
    const value = token === null ? null : literal(token.text);
    if (token === null || named === undefined || value === null) continue;
    // `#define MSR_AMD64_SEV 0xc0010131` and its like: the register's address is not its content.
    if (value === SEV_STATUS_MSR || value === GHCB_MSR) continue;
    // The register is read only: what is written to its address is not its content.
    if ((byAddress !== undefined || /^(?:0x)?c0/iu.test(name)) && WRITTEN.test(text)) continue;
    if (named === "sev-status") {
      isSeverity ??= severityOn(text);
      if (isSeverity({ nameStart: match.index, operator, value, token })) continue;
    } else if (named !== "ghcb-msr") {
      if (OF_GUESTS.test(name) && !isOfGuest(text, match.index, value)) continue;
      const before = text.slice(Math.max(0, match.index - BESIDE), match.index);
      if (isOffset(named, value, before)) continue;
    }
    const { start, end } = token;
    found.push({ named, isTested: !CONTENT_OPERATORS.has(operator), start, end, value });
  }
  return found;
}

/** The value of a literal of C or Rust. */
function literal(text: string): bigint | null {
  // Most are plain hex of no more than 52 bits, which a double holds exactly.
  const number = text.length <= 15 ? Number(text) : NaN;
  if (!Number.isNaN(number)) return BigInt(number);
  const parsed = parseU64(text.replace(/_?u64$/iu, ""));
  return parsed.ok ? parsed.value : null;
}

/** What one name and its value state; null for exit fields, which are read together. */
function matchIn(found: Assignment, line: number): Match | null {
  const { named, isTested, value } = found;
  switch (named) {
    case "sev-status": {
      const fact = statusFact(value);
      if (isTested) return testedMatch(found, line, fact);
      return isPlausibleStatus(value) ? matchOf(found, line, fact) : null;
    }
    case "ghcb-msr":
      return isTested ? null : matchOf(found, line, msrFact(value), "msr");
    case "exitCode":
    case "exitInfo1":
    case "exitInfo2":
      return null;
    default: {
      const fact = { kind: "sev-features", value, role: named } as const;
      return isTested ? testedMatch(found, line, fact) : matchOf(found, line, fact);
    }
  }
}

function testedMatch(span: Span, line: number, fact: Fact): Match {
  return { ...matchOf(span, line, fact, "tested"), isMentioned: true };
}

type ExitField = Assignment & { readonly named: keyof ExitFields };

const EXIT_FIELDS: ReadonlySet<Named> = new Set(["exitCode", "exitInfo1", "exitInfo2"]);

function isExitField(found: Assignment): found is ExitField {
  return EXIT_FIELDS.has(found.named) && !found.isTested;
}

/** The exit fields of a line, exit by exit: a field that comes again belongs to the next exit. */
function exitsOf(fields: readonly ExitField[]): ExitField[][] {
  const exits: ExitField[][] = [];
  for (const field of fields) {
    const last = exits.at(-1);
    if (last === undefined || last.some(({ named }) => named === field.named)) exits.push([field]);
    else last.push(field);
  }
  return exits;
}

/** The exits of a line. Of several, one code under anybody's name belongs to none. */
function exitMatches(text: string, line: number, fields: readonly ExitField[]): Match[] {
  const exits = exitsOf(fields).filter((exit) => !areOffsets(exit));
  const code = exits.length === 1 ? EXIT_CODE_BESIDE.exec(text) : null;
  const beside = code === null ? null : hexGroup(code, "value");
  return exits.flatMap((exit) => {
    const valueOf = (name: Named) => exit.find(({ named }) => named === name)?.value ?? null;
    const [exitInfo1, exitInfo2] = [valueOf("exitInfo1"), valueOf("exitInfo2")];
    const isAlone = exitInfo1 === null && exitInfo2 === null;
    const exitCode = valueOf("exitCode") ?? (isAlone ? null : beside);
    const tokens = exit.map(({ named, start, end }) => ({ start, end, line, field: named }));
    return exitMatch({ exitCode, exitInfo1, exitInfo2 }, tokens) ?? [];
  });
}

/** `SEV_STATUS: 0x7`, `sev_features |= 0x20`, `SW_EXITINFO2=0x800`: the name before a value says what it is. */
export const namedValue: LineFormat = {
  name: "a value beside its register's name",
  software: "named",
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
    "guest_features",
    "guestFeatures",
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
  readText: (text, line) => {
    if (!text.includes("0x") && !text.includes("0X")) return [];
    const matches: Match[] = [];
    const exitFields: ExitField[] = [];
    for (const found of assignments(text)) {
      const match = matchIn(found, line);
      if (match !== null) matches.push(match);
      else if (isExitField(found)) exitFields.push(found);
    }
    if (exitFields.length === 0) return matches;
    return [...matches, ...exitMatches(text, line, exitFields)];
  },
};
