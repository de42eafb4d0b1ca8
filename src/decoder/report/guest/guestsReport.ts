import { featureNames } from "../../features";
import type { Assessed } from "../../guest/assessment";
import { assess } from "../../guest/assessment";
import type { BootConditions } from "../../guest/check";
import { goesOn } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { hex64, hexShort } from "../../text/u64";
import type { Json } from "../render/json";
import { assessmentJson, guestJson } from "../render/json";
import { outcomeInBrief } from "./outcome";
import { list } from "../phrase";
import { columns } from "../render/text";
import { visible } from "../../text/visible";

/** The SEV_STATUS values to assess every guest of a list with; masks are in SEV_STATUS bit positions. */
export interface Question {
  /** The value that the guests run with now. */
  readonly before: bigint;
  /** The value with the features to enable; the same where there are none. */
  readonly status: bigint;
  readonly conditions: BootConditions;
}

/** One guest of a list, assessed with both values. */
export interface AskedGuest {
  /** The line of the list, from 1. */
  readonly line: number;
  readonly guest: GuestProfile;
  readonly before: Assessed;
  readonly after: Assessed;
}

/** Assesses one guest of a list. */
export function askGuest(
  { line, guest }: Pick<AskedGuest, "line" | "guest">,
  { before, status, conditions }: Question,
): AskedGuest {
  return {
    line,
    guest,
    before: assess(before, guest, conditions),
    after: assess(status, guest, conditions),
  };
}

/** Whether a guest boots now, and would not with the features to enable. */
function stopsBooting({ before, after }: AskedGuest): boolean {
  return goesOn(before.verdict) && !goesOn(after.verdict);
}

/** The answers for a list of guests: how many do not go on, then a line for each. */
export function guestsText(asked: readonly AskedGuest[], question: Question): string {
  const added = question.status & ~question.before;
  const rows = asked.map((one) => cells(one, added));
  const head = ["line", "guest", ...(added === 0n ? [] : ["now"]), "outcome", "missing", "known"];
  return [
    headline(asked, question.status, added),
    ...(rows.length === 0 ? [] : ["", ...columns([head, ...rows])]),
  ].join("\n");
}

function headline(asked: readonly AskedGuest[], status: bigint, added: bigint): string {
  const name = `SEV_STATUS ${hexShort(status)}`;
  const stopped = asked.filter(({ after }) => !goesOn(after.verdict));
  const all = `${asked.length} ${asked.length === 1 ? "guest" : "guests"}`;
  const doNot = (count: number) => `${count === 1 ? "does" : "do"} not boot`;
  if (added === 0n) return `${name}: ${stopped.length} of ${all} ${doNot(stopped.length)}.`;
  const newly = stopped.filter(stopsBooting).length;
  const already = stopped.length - newly;
  const rest = already === 0 ? "" : `; ${already} more ${doNot(already)} now either`;
  return `${name}, with ${list(featureNames(added))} enabled: ${newly} of ${all} would stop booting${rest}.`;
}

function cells({ line, guest, before, after }: AskedGuest, added: bigint): string[] {
  return [
    String(line),
    visible(guest.label),
    ...(added === 0n ? [] : [outcomeInBrief(before.verdict, guest.likely)]),
    outcomeInBrief(after.verdict, guest.likely),
    reasonOf(after),
    guest.assumption === null
      ? guest.verification
      : `${guest.verification}, assumed from ${guest.assumption.from}`,
  ];
}

/** The missing features, and those that the SVSM requires and that are off. */
function reasonOf({ verdict, missingBelow }: Assessed): string {
  const missing = featureNames(missingBelow);
  const isVersion = verdict.outcome === "refuses" && verdict.how === "ghcb-msr-termination";
  const parts = [
    ...verdict.lacks,
    ...missing.map((name) => `(SVSM requires ${name})`),
    ...(isVersion && verdict.unsupported === 0n ? ["(GHCB version 2)"] : []),
  ];
  return parts.length === 0 ? "-" : parts.join(" ");
}

/** The answer for one guest of a list, for programs. */
export function askedGuestJson(asked: AskedGuest, { before, status }: Question): Json {
  return {
    line: asked.line,
    guest: guestJson(asked.guest),
    value: hex64(status),
    verdict: assessmentJson(asked.after),
    ...(before === status
      ? {}
      : { before: { value: hex64(before), verdict: assessmentJson(asked.before) } }),
    stopsBooting: stopsBooting(asked),
  };
}
