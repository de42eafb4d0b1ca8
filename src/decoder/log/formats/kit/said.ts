import type { ExitFields } from "../../../ghcb";
import {
  TERMINATION_EVENT,
  carriesFeatureMask,
  reasonFromGhcbMsr,
  reasonFromInfo1,
} from "../../../ghcb";
import type { Ending, FeaturesRole, NoticeId, Software, Span, Fact } from "../../finding";
import { group, recognised, u64 } from "./groups";
import { isMention } from "./mention";
import { plausibleStatus } from "./plausible";
import type { LineFormat, Reading, Recognised, Said } from "../../reading";

/** One token that is a finding and its own explanation. */
export function said(span: Span, fact: Fact | null, reading: Reading): Said {
  const { start, end } = span;
  return { start, end, fact, parts: [{ start, end, reading }] };
}

/** The group as a SEV_STATUS value, where the register can hold it. */
export function statusSaid(match: RegExpExecArray, name: string): Said[] {
  const found = group(match, name);
  const value = u64(found?.text);
  if (found === null || value === null) return [];
  const reading = plausibleStatus(value);
  return reading === null ? [] : [said(found, { kind: "sev-status", value }, reading)];
}

/** A text that names bits of SEV_STATUS, and cannot name them all; `shows`: those that it would name if they were set. */
export function statusAtLeast(span: Span, value: bigint, shows = 0n): Said {
  return said(
    span,
    { kind: "sev-status", value, atLeast: true, ...(shows === 0n ? {} : { shows }) },
    {
      kind: "register",
      register: "sev-status",
      value,
      atLeast: true,
      ...(shows === 0n ? {} : { shows }),
    },
  );
}

/** A SEV_FEATURES value; only `guest` is what a guest runs with. */
export function featuresSaid(span: Span, value: bigint, role: FeaturesRole): Said {
  return said(span, { kind: "sev-features", value, role }, featuresReading(value, role));
}

export function featuresReading(value: bigint, role: FeaturesRole): Reading {
  const isMask = role === "allowed" || role === "supported" || role === "missing";
  return {
    kind: "register",
    register: "sev-features",
    value,
    ...(isMask ? { mask: true } : {}),
  };
}

/** The end that SW_EXITINFO1 and 2 of the termination event tell of. */
export function naeEnding(exitInfo1: bigint | null, exitInfo2: bigint | null): Ending {
  const told = exitInfo1 === null ? null : reasonFromInfo1(exitInfo1);
  // Bits above set and code mean that this is no reason we know how to read.
  if (told !== null && told.extra !== 0n)
    return { via: "nae", reason: null, unsupported: null, unreadable: true };
  const unsupported = told !== null && carriesFeatureMask(told) ? exitInfo2 : null;
  return { via: "nae", reason: told, unsupported };
}

/**
 * The end that KVM reports with what stood in the GHCB MSR: a termination request of the MSR protocol, or the
 * page of the GHCB that held the termination event, whose reason is lost then.
 */
export function endingByMsr(value: bigint): Ending {
  const reason = reasonFromGhcbMsr(value);
  if (reason !== null) return { via: "msr", reason, unsupported: null };
  return { via: (value & 0xfffn) === 0n ? "nae" : null, reason: null, unsupported: null };
}

/** {@link endingByMsr} as the finding of a token. */
export function endingSaid(span: Span, value: bigint): Said {
  const ending = endingByMsr(value);
  return said(
    span,
    { kind: "termination", ...ending },
    ending.reason === null
      ? { kind: "untold-termination", channel: ending.via === "nae" ? "nae" : null }
      : { kind: "register", register: "ghcb-msr", value },
  );
}

/** A termination by the GHCB MSR of which the text leaves the reason out. */
export function untoldByMsr(span: Span): Said {
  return said(
    span,
    { kind: "termination", via: "msr", reason: null, unsupported: null },
    { kind: "untold-termination", channel: "msr" },
  );
}

/** A GHCB MSR value: a termination request, or any other message. */
export function ghcbMsrSaid(span: Span, value: bigint): Said {
  const reason = reasonFromGhcbMsr(value);
  return said(
    span,
    reason === null
      ? { kind: "ghcb-msr", value }
      : { kind: "termination", via: "msr", reason, unsupported: null },
    { kind: "register", register: "ghcb-msr", value },
  );
}

/** What three exit fields say together; null without the exit code, which alone gives them a meaning. */
export function exitFact(fields: ExitFields): Fact | null {
  const { exitCode, exitInfo1, exitInfo2 } = fields;
  if (exitCode === null) return null;
  return exitCode === TERMINATION_EVENT
    ? { kind: "termination", ...naeEnding(exitInfo1, exitInfo2) }
    : { kind: "vmgexit", ...fields };
}

/** How one exit field is explained with the others in sight: SW_EXITINFO2 may be a mask of features. */
export function exitReading(field: keyof ExitFields, fields: ExitFields): Reading {
  const { exitCode, exitInfo1, exitInfo2 } = fields;
  const isMask =
    field === "exitInfo2" &&
    exitCode === TERMINATION_EVENT &&
    exitInfo1 !== null &&
    exitInfo2 !== null &&
    carriesFeatureMask(reasonFromInfo1(exitInfo1));
  return isMask
    ? { kind: "register", register: "unsupported-features", value: exitInfo2 }
    : { kind: "exit", field, fields };
}

/** The exit fields of one match (groups `exitCode`, `exitInfo1`, `exitInfo2`), each read with the others in sight. */
export function exitSaid(match: RegExpExecArray, knownCode: bigint | null = null): Said[] {
  const fields: ExitFields = {
    exitCode: knownCode ?? u64(match.groups?.["exitCode"]),
    exitInfo1: u64(match.groups?.["exitInfo1"]),
    exitInfo2: u64(match.groups?.["exitInfo2"]),
  };
  const parts = (["exitCode", "exitInfo1", "exitInfo2"] as const).flatMap((field) =>
    recognised(match, field, () => exitReading(field, fields)),
  );
  return exitToken(fields, parts);
}

/** The finding of exit fields; its token is the mask, else the reason, else the exit code. */
export function exitToken(fields: ExitFields, parts: readonly Recognised[]): Said[] {
  const fact = exitFact(fields);
  const mask = fact?.kind === "termination" && fact.unsupported !== null;
  const reason = fact?.kind === "termination" && fields.exitInfo1 !== null;
  const token =
    (mask ? parts.find(({ reading }) => isMask(reading)) : undefined) ??
    (reason ? parts.find(({ reading }) => isField(reading, "exitInfo1")) : undefined) ??
    parts[0];
  return token === undefined ? [] : [{ start: token.start, end: token.end, fact, parts }];
}

function isMask(reading: Reading): boolean {
  return reading.kind === "register" && reading.register === "unsupported-features";
}

function isField(reading: Reading, field: keyof ExitFields): boolean {
  return reading.kind === "exit" && reading.field === field;
}

/**
 * A message without a value, known by words that stand in it and nowhere else, or by a pattern around words that
 * others may use too.
 */
export function noticeFormat(row: {
  readonly id: NoticeId;
  readonly name: string;
  readonly software: Software;
  readonly since?: string;
  readonly words: string;
  /** The whole message, where its words alone are not the whole or not enough; with the flag `g`. */
  readonly pattern?: RegExp;
  readonly examples: readonly string[];
  readonly nearMisses: readonly string[];
}): LineFormat {
  const { id, name, software, words, pattern, examples, nearMisses } = row;
  return {
    name,
    software,
    since: row.since ?? null,
    anchors: [words],
    recognise: (line) =>
      (pattern === undefined ? spansOfWords(line, words) : spansOfPattern(line, pattern))
        .filter((span) => !goesOn(line, span) && !isMention(line, span))
        .map((span) => noticeSaid(span, id)),
    examples,
    nearMisses,
  };
}

function spansOfPattern(line: string, pattern: RegExp): Span[] {
  return Array.from(line.matchAll(pattern), ({ 0: text, index }) => ({
    start: index,
    end: index + text.length,
  }));
}

function spansOfWords(line: string, words: string): Span[] {
  const spans: Span[] = [];
  for (let at = line.indexOf(words); at !== -1; at = line.indexOf(words, at + words.length)) {
    spans.push({ start: at, end: at + words.length });
  }
  return spans;
}

/** More of a sentence; a name and a mark after it begin the next message of a text that holds several. */
const MORE = /^(?:\w|, | (?![\w-]{1,40}(?:\[\d{1,7}\])?(?:: |=))[\w(])/u;

/** Whether words that end without a full stop are a part of a longer text, which says something else. */
function goesOn(line: string, { end }: Span): boolean {
  return line.charAt(end - 1) !== "." && MORE.test(line.slice(end, end + 64));
}

/** A message without a value. */
export function noticeSaid(span: Span, id: NoticeId): Said {
  return said(span, { kind: "notice", id }, { kind: "notice", id });
}
