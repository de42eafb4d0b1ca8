import { bits, fieldMask, type FieldSpec } from "./fields";
import { TERMINATION_REASONS, type ReasonName } from "./terminationReasons";

/** Why a guest asked to be terminated. */
export interface TerminationReason {
  /** Reason set, 0 to 15. */
  readonly set: number;
  /** Reason code within the set, 0 to 255. */
  readonly code: number;
  /** What the code may mean, one per software that defines it; empty for an unknown one. */
  readonly candidates: readonly ReasonName[];
  /** Bits of the carrying value outside request, set and code, where they stand; 0n as it should be. */
  readonly extra: bigint;
}

/** [3:0] and [11:4] of SW_EXITINFO1 of the termination event. */
export const INFO1_REASON_LAYOUT = [
  { name: "reason set", hi: 3, lo: 0 },
  { name: "reason code", hi: 11, lo: 4 },
] as const satisfies readonly FieldSpec[];

/** [15:12] and [23:16] of the GHCB MSR holding a termination request. */
export const MSR_REASON_LAYOUT = [
  { name: "reason set", hi: 15, lo: 12 },
  { name: "reason code", hi: 23, lo: 16 },
] as const satisfies readonly FieldSpec[];

/** The low 12 bits of a GHCB MSR value, which say what the value is. */
export const MSR_INFO_FIELD = { name: "request", hi: 11, lo: 0 } as const satisfies FieldSpec;

/** SW_EXITCODE of the termination event (SVM_VMGEXIT_TERM_REQUEST). */
export const TERMINATION_EVENT = 0x8000_fffen;

/** Low 12 bits of the GHCB MSR for a termination request (GHCB_MSR_TERM_REQ). */
export const MSR_TERMINATION_REQUEST = 0x100n;

type ReasonLayout = typeof INFO1_REASON_LAYOUT | typeof MSR_REASON_LAYOUT;

/** The reason for a set and code; unknown ones have no candidates. Never throws. */
export function terminationReason(set: number, code: number): TerminationReason {
  return withExtra(set, code, 0n);
}

/** The reason in SW_EXITINFO1 of the termination event (exit code 0x8000fffe), of those who use that event. */
export function reasonFromInfo1(info1: bigint): TerminationReason {
  const { set, code, extra } = reasonFrom(info1, INFO1_REASON_LAYOUT, 0n);
  const candidates = rowsOf(set, code).filter(({ msrOnly }) => msrOnly !== true);
  return { set, code, candidates, extra };
}

/** The reason in a GHCB MSR value, or null where the value is no termination request. */
export function reasonFromGhcbMsr(value: bigint): TerminationReason | null {
  const info = bits(value, MSR_INFO_FIELD.hi, MSR_INFO_FIELD.lo);
  if (info !== MSR_TERMINATION_REQUEST) return null;
  return reasonFrom(value, MSR_REASON_LAYOUT, fieldMask(MSR_INFO_FIELD.hi, MSR_INFO_FIELD.lo));
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
export function carriesFeatureMask(reason: TerminationReason): boolean {
  return reason.extra === 0n && reason.candidates.some((row) => row.carriesFeatures);
}

function reasonFrom(value: bigint, [set, code]: ReasonLayout, known: bigint): TerminationReason {
  const extra = value & ~(known | fieldMask(set.hi, set.lo) | fieldMask(code.hi, code.lo));
  return withExtra(
    Number(bits(value, set.hi, set.lo)),
    Number(bits(value, code.hi, code.lo)),
    extra,
  );
}

function reasonBits(set: number, code: number, [setField, codeField]: ReasonLayout): bigint {
  return (
    (bits(BigInt(set), setField.hi - setField.lo, 0) << BigInt(setField.lo)) |
    (bits(BigInt(code), codeField.hi - codeField.lo, 0) << BigInt(codeField.lo))
  );
}

function withExtra(set: number, code: number, extra: bigint): TerminationReason {
  return { set, code, candidates: rowsOf(set, code), extra };
}

function rowsOf(set: number, code: number): readonly Row[] {
  return ROWS.get(set * CODES + code) ?? [];
}

type Row = (typeof TERMINATION_REASONS)[number];

/** Codes of one set. */
const CODES = 0x100;

const ROWS: ReadonlyMap<number, readonly Row[]> = new Map(
  TERMINATION_REASONS.map(({ set, code }) => [
    set * CODES + code,
    TERMINATION_REASONS.filter((row) => row.set === set && row.code === code),
  ]),
);
