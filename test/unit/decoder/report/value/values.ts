import type { Register } from "../../../../../src/decoder/register/decode";
import type { BitState } from "../../../../../src/decoder/report/glance";
import { bitMask, maskOf } from "../../../../../src/decoder/text/u64";

export { U64_MAX, bitMask } from "../../../../../src/decoder/text/u64";

/** The bits that a strip shows as lacking, in SEV_STATUS positions. */
export function featuresMask(register: Register, bits: readonly BitState[] | null): bigint {
  const lacking = maskOf((bits ?? []).flatMap((state, bit) => (state === "lacking" ? [bit] : [])));
  return register === "sev-features" ? lacking * bitMask(2) : lacking;
}
