import { terminationReason } from "../../../ghcb";
import type { Fact, FeaturesRole, Field, Match, Token } from "../../finding";
import type { Span } from "../../../text/span";
import type { Read } from "../format";
import { endingByMsr, msrFact } from "./exit";
import type { ValueGroup } from "./groups";
import { group, valueGroup } from "./groups";
import { isPlausibleStatus, statusFact } from "./plausible";

/** The match of one text, which is its only token. */
export function matchOf(span: Span, line: number, fact: Fact, field: Field = "value"): Match {
  const { start, end } = span;
  return { start, end, fact, tokens: [{ start, end, line, field }] };
}

/** The token that is a whole place. */
export function tokenAt({ start, end, line }: Omit<Token, "field">, field: Field): Token {
  return { start, end, line, field };
}

/** A SEV_STATUS value; null where the register cannot hold it. */
export function statusMatch(found: ValueGroup, line: number): Match | null {
  const { value } = found;
  return isPlausibleStatus(value) ? matchOf(found, line, statusFact(value)) : null;
}

/** A lower bound of SEV_STATUS, by the names of bits. */
export function statusAtLeast(span: Span, line: number, value: bigint, shows = 0n): Match {
  const fact = { kind: "sev-status", value, atLeast: true } as const;
  return matchOf(span, line, shows === 0n ? fact : { ...fact, shows });
}

/** A termination of which only the message is known, and how it was asked for. */
export function untoldMatch(span: Span, line: number, via: "msr" | "efi-stub" | null): Match {
  const fact = { kind: "termination", via, reason: null, unsupported: null } as const;
  return matchOf(span, line, fact, "message");
}

/** Reads the group `value`. */
export function readValue(
  make: (found: ValueGroup, line: number) => Match | null,
  parse?: (text: string) => bigint | null,
): Read {
  return (match, line) => {
    const found = valueGroup(match, "value", parse);
    return found === null ? null : make(found, line);
  };
}

/** Reads the group `value` as SEV_STATUS. */
export const readStatus = readValue(statusMatch);

/** Reads the group `value` as SEV_FEATURES in a role. */
export function readFeatures(role: FeaturesRole, parse?: (text: string) => bigint | null): Read {
  return readValue(
    (found, line) => matchOf(found, line, { kind: "sev-features", value: found.value, role }),
    parse,
  );
}

/** Reads the groups that have the names of roles, each as SEV_FEATURES in that role. */
export function readFeaturesByRole(...roles: readonly FeaturesRole[]): Read {
  return (match, line) =>
    roles.flatMap((role) => {
      const found = valueGroup(match, role);
      if (found === null) return [];
      return [matchOf(found, line, { kind: "sev-features", value: found.value, role })];
    });
}

/**
 * Reads the group `value` as a status of the secure processor's firmware. `isLaunch`: the VMM ends because of it.
 * `isHostStart`: the host's driver could not start the firmware.
 */
export function readFirmwareStatus(
  parse?: (text: string) => bigint | null,
  step: { readonly isLaunch?: true; readonly isHostStart?: true } = {},
): Read {
  return readValue((found, line) => {
    const { value } = found;
    // The driver's own start value, -1, is no answer of the firmware.
    if (value === 0n || value >= 0xffff_ffffn) return null;
    return matchOf(found, line, { kind: "guest-request-error", value, isStatus: true, ...step });
  }, parse);
}

/** Reads the group `value` as a value of the GHCB MSR. */
export const readGhcbMsr = readValue((found, line) =>
  matchOf(found, line, msrFact(found.value), "msr"),
);

/** The GHCB MSR of a guest that was terminated. */
export function endingMatch(found: ValueGroup, line: number): Match {
  const fact = endingByMsr(found.value);
  return matchOf(found, line, fact, fact.reason === null ? "message" : "msr");
}

/** Reads the group `reason`, with the groups `set` and `code` in it, as a termination by the GHCB MSR. */
export function readReason(radix: 10 | 16): Read {
  return (match, line) => {
    const found = group(match, "reason");
    const set = parseInt(match.groups?.["set"] ?? "", radix);
    const code = parseInt(match.groups?.["code"] ?? "", radix);
    // A set has 4 bits and a code 8: anything larger is not this message.
    if (found === null || set > 0xf || code > 0xff) return null;
    const reason = terminationReason(set, code);
    const fact = { kind: "termination", via: "msr", reason, unsupported: null } as const;
    return matchOf(found, line, fact, "reason");
  };
}

/** The same of a guest on Microsoft's hypervisor. */
export function onMshv(read: Read): Read {
  return (match, line) => {
    const found = read(match, line);
    if (found === null) return null;
    return "fact" in found ? ofMshv(found) : found.map(ofMshv);
  };
}

function ofMshv(match: Match): Match {
  return { ...match, fact: factOnMshv(match.fact) };
}

/** What a text of Microsoft's hypervisor, or of its paravisor, states. */
export function factOnMshv(fact: Fact): Fact {
  return fact.kind === "termination" ? { ...fact, hypervisor: "mshv" } : fact;
}

/** Reads the group `value` as the sign of a termination whose reason is not printed. */
export function readUntold(via: "msr" | null): Read {
  return (match, line) => {
    const found = group(match, "value");
    return found === null ? null : untoldMatch(found, line, via);
  };
}
