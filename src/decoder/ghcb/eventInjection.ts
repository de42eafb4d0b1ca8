import { bits, decodeFields, valueName, type DecodedField, type FieldSpec } from "./fields";

const VECTOR = { name: "vector", hi: 7, lo: 0 } as const;
const TYPE = {
  name: "type",
  hi: 10,
  lo: 8,
  values: [
    { value: 0n, name: "interrupt" },
    { value: 2n, name: "NMI" },
    { value: 3n, name: "exception" },
    { value: 4n, name: "software interrupt" },
  ],
} as const;
const ERROR_CODE_VALID = { name: "error code valid", hi: 11, lo: 11 } as const;
const VALID = { name: "valid", hi: 31, lo: 31 } as const;
const ERROR_CODE = { name: "error code", hi: 63, lo: 32 } as const;

/** EVENTINJ as SW_EXITINFO2 holds it. Source: edk2 MdePkg/Include/Register/Amd/Ghcb.h. */
export const EVENT_INJECTION_LAYOUT: readonly FieldSpec[] = [
  VECTOR,
  TYPE,
  ERROR_CODE_VALID,
  VALID,
  ERROR_CODE,
];

const EXCEPTION = "exception";

/** Exceptions that a hypervisor sends this way. Source: edk2 Ghcb.h (6, 13, 29). */
const EXCEPTION_NAMES = [
  { value: 6n, name: "#UD" },
  { value: 13n, name: "#GP" },
  { value: 29n, name: "#VC" },
] as const;

/** An event that the hypervisor wants the guest to raise. */
export interface DecodedEvent {
  /** Bit 31; without it the guest raises nothing. */
  readonly valid: boolean;
  /** Vector number, 0 to 255. */
  readonly vector: number;
  /** "exception", "NMI" …, or null for an undefined type. */
  readonly type: string | null;
  /** The exception's short name ("#GP"), or null for another type or vector. */
  readonly exception: string | null;
  /** The error code to push, or null where there is none. */
  readonly errorCode: bigint | null;
  readonly fields: readonly DecodedField[];
}

/** Decodes SW_EXITINFO2 beside the response GHCB_HV_RESP_ISSUE_EXCEPTION. */
export function decodeEventInjection(exitInfo2: bigint): DecodedEvent {
  const vector = bits(exitInfo2, VECTOR.hi, VECTOR.lo);
  const type = valueName(TYPE.values, bits(exitInfo2, TYPE.hi, TYPE.lo))?.name ?? null;
  const hasErrorCode = bits(exitInfo2, ERROR_CODE_VALID.hi, ERROR_CODE_VALID.lo) === 1n;
  return {
    valid: bits(exitInfo2, VALID.hi, VALID.lo) === 1n,
    vector: Number(vector),
    type,
    exception: type === EXCEPTION ? (valueName(EXCEPTION_NAMES, vector)?.name ?? null) : null,
    errorCode: hasErrorCode ? bits(exitInfo2, ERROR_CODE.hi, ERROR_CODE.lo) : null,
    fields: decodeFields(exitInfo2, EVENT_INJECTION_LAYOUT),
  };
}
