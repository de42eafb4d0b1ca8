import { decodeFields, fieldValue, type DecodedField } from "./fields";
import { decodeHvFeatures, type HvFeatures } from "./hvFeatures";
import { HV_FEATURES_FIELD, MSR_MESSAGES, type MsrMessage } from "./msrRequests";
import { MSR_INFO_FIELD, reasonFromGhcbMsr, type TerminationReason } from "./termination";

/** `request` of a value that is no message but the address of the GHCB page. */
export const GHCB_GPA = "GHCB GPA";

/** `request` of a value whose low 12 bits no table names; `code` has them. */
export const UNKNOWN_REQUEST = "unknown";

/** A decoded value of the GHCB MSR (C001_0130). */
export interface DecodedGhcbMsr {
  /** Name of the message ("PSC_REQ"), {@link GHCB_GPA} or {@link UNKNOWN_REQUEST}. */
  readonly request: string;
  /** The low 12 bits. */
  readonly code: bigint;
  /** The row of the table, or null for an address and for an unknown code. */
  readonly message: MsrMessage | null;
  /** Everything above the low 12 bits; set bits of no field appear as "reserved". */
  readonly fields: readonly DecodedField[];
  /** The reason, for a termination request, else null. */
  readonly reason: TerminationReason | null;
  /** The features, for the answer that holds them, else null. */
  readonly hvFeatures: HvFeatures | null;
}

/**
 * Decodes a GHCB MSR value, as the guest writes it or as the hypervisor answers. Low 12 bits of
 * zero make it the address of the GHCB page. Never throws.
 */
export function decodeGhcbMsr(value: bigint): DecodedGhcbMsr {
  const code = fieldValue(value, MSR_INFO_FIELD);
  const message = MSR_MESSAGES.find((row) => row.code === code) ?? null;
  const base = { code, message, fields: [], reason: null, hvFeatures: null };
  if (code === 0n) return { ...base, request: GHCB_GPA };
  if (message === null) return { ...base, request: UNKNOWN_REQUEST };
  // The code is a field of every message, so that its bits never count as reserved.
  const [, ...fields] = decodeFields(value, [MSR_INFO_FIELD, ...message.fields]);
  const bitmap = fields.find(({ name }) => name === HV_FEATURES_FIELD);
  return {
    ...base,
    request: message.name,
    fields,
    reason: reasonFromGhcbMsr(value),
    hvFeatures: bitmap === undefined ? null : decodeHvFeatures(bitmap.value),
  };
}
