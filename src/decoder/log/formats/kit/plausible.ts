import { remembered } from "../../../text/remembered";
import { hasBit } from "../../../text/u64";
import type { FactOf } from "../../finding";

/**
 * Whether SEV_STATUS can hold a value: SEV-ES needs SEV, SEV-SNP needs SEV-ES, and the features above need SEV-ES.
 * Anything else is another thing of that name.
 */
export function isPlausibleStatus(value: bigint): boolean {
  const es = hasBit(value, 1);
  // DebugSwap was enabled for SEV-ES guests too: features above need SEV-ES, not always SEV-SNP.
  return es ? hasBit(value, 0) : value >> 2n === 0n;
}

/** The fact that SEV_STATUS has a value; equal values give the same object. */
export const statusFact = remembered((value: bigint): FactOf<"sev-status"> => ({
  kind: "sev-status",
  value,
}));
