import type { ExitFields } from "../../../ghcb";
import {
  TERMINATION_EVENT,
  carriesFeatureMask,
  reasonFromGhcbMsr,
  reasonFromInfo1,
  terminationReason,
} from "../../../ghcb";
import { remembered } from "../../../text/remembered";
import type { Ending, Fact, FactOf, Match, Token } from "../../finding";
import { valueGroup } from "./groups";

/** What SW_EXITINFO1 and 2 of the termination event say. */
export function naeEnding(exitInfo1: bigint | null, exitInfo2: bigint | null): Ending {
  const reason = exitInfo1 === null ? null : reasonFromInfo1(exitInfo1);
  // Bits above set and code mean that this is no reason we know how to read.
  if (reason !== null && reason.extra !== 0n)
    return { via: "nae", reason: null, unsupported: null, unreadable: true };
  const unsupported = reason !== null && carriesFeatureMask(reason) ? exitInfo2 : null;
  return { via: "nae", reason, unsupported };
}

const termination = (
  exitInfo1: bigint | null,
  exitInfo2: bigint | null,
): FactOf<"termination"> => ({
  kind: "termination",
  exit: { exitCode: TERMINATION_EVENT, exitInfo1, exitInfo2 },
  ...naeEnding(exitInfo1, exitInfo2),
});

const rememberedTermination = remembered((exitInfo1: bigint | null) =>
  remembered((exitInfo2: bigint | null) => termination(exitInfo1, exitInfo2)),
);

/** What the termination event with these fields states; equal fields give the same object. */
export function naeTermination(
  exitInfo1: bigint | null,
  exitInfo2: bigint | null,
): FactOf<"termination"> {
  return rememberedTermination(exitInfo1)(exitInfo2);
}

/** What the exit fields state together. */
export function exitFact(exit: ExitFields): Fact {
  const { exitCode, exitInfo1, exitInfo2 } = exit;
  return exitCode === TERMINATION_EVENT
    ? naeTermination(exitInfo1, exitInfo2)
    : { kind: "vmgexit", exitCode, exitInfo1, exitInfo2 };
}

/**
 * The match of exit fields. Its text is the mask of features, else the reason, else the first token. Without the exit
 * code the fields have no meaning: they can be explained, and are no finding.
 */
export function exitMatch(exit: ExitFields, tokens: readonly Token[]): Match | null {
  const fact = exitFact(exit);
  const main = fact.kind === "termination" ? mainField(fact) : null;
  const token = tokens.find(({ field }) => field === main) ?? tokens[0];
  if (token === undefined) return null;
  const { start, end } = token;
  return exit.exitCode === null
    ? { start, end, fact, tokens, isMentioned: true }
    : { start, end, fact, tokens };
}

function mainField({ unsupported }: Ending): "exitInfo1" | "exitInfo2" {
  return unsupported === null ? "exitInfo1" : "exitInfo2";
}

/** Reads the group `exitCode`. */
export const readExitCode = (match: RegExpExecArray, line: number): Match | null => {
  const found = valueGroup(match, "exitCode");
  if (found === null) return null;
  const { start, end, value } = found;
  return exitMatch({ exitCode: value, exitInfo1: null, exitInfo2: null }, [
    { start, end, line, field: "exitCode" },
  ]);
};

/** What a GHCB MSR value states: a termination request, or any other message of the protocol. */
export function msrFact(value: bigint, exit?: ExitFields): Fact {
  const reason = reasonFromGhcbMsr(value);
  const others = exit === undefined ? {} : { exit };
  return reason === null
    ? { kind: "ghcb-msr", value, ...others }
    : { kind: "termination", ...others, msr: value, via: "msr", reason, unsupported: null };
}

/**
 * What the GHCB MSR states beside KVM's report of a termination: its reason, or the page of the GHCB that held the
 * termination event. The reason is lost then.
 */
export function endingByMsr(value: bigint): Fact & { readonly kind: "termination" } {
  const reason = reasonFromGhcbMsr(value);
  const via = reason !== null ? "msr" : (value & 0xfffn) === 0n ? "nae" : null;
  return { kind: "termination", msr: value, via, reason, unsupported: null };
}

/**
 * What a reason set and code state that a VMM took out of KVM's data without a look at what that is. A pair that no
 * source names is most likely of a GHCB's address, and so of a termination by the GHCB. Null for a pair that no GHCB
 * MSR value holds.
 */
export function likelyEnding(set: bigint, code: bigint): Fact | null {
  if (set > 0xfn || code > 0xffn) return null;
  const reason = terminationReason(Number(set), Number(code));
  const isKnown = reason.candidates.length > 0;
  return {
    kind: "termination",
    via: isKnown ? "msr" : "nae",
    reason: isKnown ? reason : null,
    unsupported: null,
    isLikely: true,
  };
}
