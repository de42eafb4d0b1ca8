import {
  bits,
  decodeFields,
  fieldMask,
  valueName,
  type DecodedField,
  type FieldSpec,
} from "./fields";
import { decodeHvFeatures, type HvFeatures } from "./hvFeatures";
import { MSR_MESSAGES, type MsrMessage } from "./msrRequests";
import { MSR_INFO_FIELD, reasonFromGhcbMsr, type TerminationReason } from "./termination";

/** `request` of a value that is no message but the address of the GHCB page. */
export const GHCB_GPA = "GHCB GPA";

/** `request` of a value whose low 12 bits no table names; `code` has them. */
export const UNKNOWN_REQUEST = "unknown";

/** A decoded value of the GHCB MSR (C001_0130). */
export interface DecodedGhcbMsr {
  /** The value decoded. */
  readonly value: bigint;
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
  /** Guest physical address in bytes of the page that the value speaks of, or null. */
  readonly gpa: bigint | null;
}

const PAGE_SHIFT = 12n;

// The code is a field of every message, so that its bits never count as reserved.
const CODE_MASK = fieldMask(MSR_INFO_FIELD.hi, MSR_INFO_FIELD.lo);

/**
 * Decodes a GHCB MSR value, as the guest writes it or as the hypervisor answers. Low 12 bits of
 * zero make it the address of the GHCB page. Never throws.
 */
export function decodeGhcbMsr(value: bigint): DecodedGhcbMsr {
  const code = value & CODE_MASK;
  const nothing = { message: null, fields: [], reason: null, hvFeatures: null };
  if (code === 0n) return { value, request: GHCB_GPA, code, ...nothing, gpa: value };
  const message = MSR_MESSAGES.find((row) => row.code === code);
  if (message === undefined)
    return { value, request: UNKNOWN_REQUEST, code, ...nothing, gpa: null };
  return {
    value,
    request: message.name,
    code,
    message,
    fields: dataFields(value, message),
    reason: reasonFromGhcbMsr(value),
    hvFeatures: featuresOf(value, message),
    gpa: pageOf(value, message.fields),
  };
}

function dataFields(value: bigint, message: MsrMessage): DecodedField[] {
  return decodeFields(value, [MSR_INFO_FIELD, ...message.fields]).filter(
    ({ name }) => name !== MSR_INFO_FIELD.name,
  );
}

function featuresOf(value: bigint, message: MsrMessage): HvFeatures | null {
  const field = message.fields.find(({ name }) => name === message.hvFeaturesField);
  return field === undefined ? null : decodeHvFeatures(bits(value, field.hi, field.lo));
}

function pageOf(value: bigint, layout: readonly FieldSpec[]): bigint | null {
  const field = layout.find(({ isFrameNumber }) => isFrameNumber);
  if (field === undefined) return null;
  const frame = bits(value, field.hi, field.lo);
  // A frame number with a name of its own ("no preference") stands for no page.
  return valueName(field.values, frame) === undefined ? frame << PAGE_SHIFT : null;
}
