import { hasBit } from "../../../text/u64";
import type { Reading } from "../../reading";

/**
 * A value as SEV_STATUS, if the register can hold it: SEV-ES needs SEV, SEV-SNP needs SEV-ES, and the features
 * above need SEV-ES. Null for anything else, which is then some other thing of that name.
 */
export function plausibleStatus(value: bigint): Reading | null {
  const es = hasBit(value, 1);
  const snp = hasBit(value, 2);
  const above = value >> 3n !== 0n;
  if ((es && !hasBit(value, 0)) || (snp && !es)) return null;
  // DebugSwap was enabled for SEV-ES guests too: features above need SEV-ES, not always SEV-SNP.
  if (above && !es) return null;
  return { kind: "register", register: "sev-status", value };
}
