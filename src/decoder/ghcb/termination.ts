import { field, fieldMask, fieldValue, type FieldSpec } from "./fields";
import { TERMINATION_REASONS, type ReasonRow } from "./terminationReasons";

/** Why a guest asked to be terminated. */
export interface TerminationReason {
  /** Reason set, 0 to 15. */
  readonly set: number;
  /** Reason code within the set, 0 to 255. */
  readonly code: number;
  /** What the code may mean, one per software that defines it; empty for an unknown one. */
  readonly candidates: readonly ReasonRow[];
  /** Bits of the carrying value outside request, set and code, where they stand; 0n as it should be. */
  readonly extra: bigint;
}

type ReasonLayout = readonly [set: FieldSpec, code: FieldSpec];

/** A reason in SW_EXITINFO1 of the termination event. */
export const INFO1_REASON_LAYOUT: ReasonLayout = [
  field(3, 0, "reason set"),
  field(11, 4, "reason code"),
];

/** A reason in the GHCB MSR holding a termination request. */
export const MSR_REASON_LAYOUT: ReasonLayout = [
  field(15, 12, "reason set"),
  field(23, 16, "reason code"),
];

/** The low 12 bits of a GHCB MSR value, which say what the value is. */
export const MSR_INFO_FIELD = field(11, 0, "request");

/** SW_EXITCODE of the termination event (SVM_VMGEXIT_TERM_REQUEST). */
export const TERMINATION_EVENT = 0x8000_fffen;

/** Low 12 bits of the GHCB MSR for a termination request (GHCB_MSR_TERM_REQ). */
export const MSR_TERMINATION_REQUEST = 0x100n;

/** The reason for a set and code; unknown ones have no candidates. Never throws. */
export function terminationReason(set: number, code: number): TerminationReason {
  const candidates = TERMINATION_REASONS.filter((row) => row.set === set && row.code === code);
  return { set, code, candidates, extra: 0n };
}

/** The reason in SW_EXITINFO1 of the termination event (exit code 0x8000fffe), of those who use that event. */
export function reasonFromInfo1(info1: bigint): TerminationReason {
  const reason = reasonFrom(info1, INFO1_REASON_LAYOUT, 0n);
  return { ...reason, candidates: reason.candidates.filter(({ msrOnly }) => msrOnly !== true) };
}

/** The reason in a GHCB MSR value, or null where the value is no termination request. */
export function reasonFromGhcbMsr(value: bigint): TerminationReason | null {
  return fieldValue(value, MSR_INFO_FIELD) === MSR_TERMINATION_REQUEST
    ? reasonFrom(value, MSR_REASON_LAYOUT, fieldMask(MSR_INFO_FIELD))
    : null;
}

/** SW_EXITINFO1 that carries a reason; set and code are cut to 4 and 8 bits as Linux' macro does. */
export function info1ForReason(set: number, code: number): bigint {
  return reasonBits(set, code, INFO1_REASON_LAYOUT);
}

/** The GHCB MSR value that carries a reason; set and code are cut to 4 and 8 bits likewise. */
export function ghcbMsrTermination(set: number, code: number): bigint {
  return MSR_TERMINATION_REQUEST | reasonBits(set, code, MSR_REASON_LAYOUT);
}

/**
 * Whether SW_EXITINFO2 beside this reason, in the termination event, holds unsupported SEV_STATUS
 * bits. Stray bits in SW_EXITINFO1 say that it is not the message we know, so they say no.
 */
export function carriesFeatureMask({ extra, candidates }: TerminationReason): boolean {
  return extra === 0n && candidates.some(({ carriesFeatures }) => carriesFeatures);
}

function reasonFrom(value: bigint, [set, code]: ReasonLayout, known: bigint): TerminationReason {
  return {
    ...terminationReason(Number(fieldValue(value, set)), Number(fieldValue(value, code))),
    extra: value & ~(known | fieldMask(set) | fieldMask(code)),
  };
}

function reasonBits(set: number, code: number, [setField, codeField]: ReasonLayout): bigint {
  const placed = (number: number, field: FieldSpec) =>
    (BigInt(number) << BigInt(field.lo)) & fieldMask(field);
  return placed(set, setField) | placed(code, codeField);
}
