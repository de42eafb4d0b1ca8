import { featuresFromStatus } from "../../../features";
import type { Span } from "../../../text/span";
import { maskOf } from "../../../text/u64";
import type { FeaturesRole, Match } from "../../finding";
import { matchOf } from "../kit/matches";

/** The role of the features that an SVSM lists. */
export type ListRole = Extract<FeaturesRole, "missing" | "guest">;

const ROLES: ReadonlyMap<string, ListRole> = new Map([
  ["Required features not available", "missing"],
  ["Unsupported features enabled", "guest"],
]);

/** The role of the list behind these words; null for other words. */
export function roleOfList(words: string | undefined): ListRole | null {
  return ROLES.get(words ?? "") ?? null;
}

/** The mark of the SVSM's own messages; anybody may write the words. */
export const PRINTED = /\[(?:SVSM|Stage2)\]/u;

/** A list of features by their names; `bits` are those of SEV_STATUS. */
export function listMatch(
  span: Span,
  line: number,
  role: ListRole,
  bits: readonly number[],
): Match {
  const fact = { kind: "sev-features", value: featuresFromStatus(maskOf(bits)), role } as const;
  // The list does not show every bit of those that are on.
  return matchOf(span, line, role === "guest" ? { ...fact, atLeast: true } : fact);
}
