import {
  decodeGuestRequestError,
  errorByValue,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
  type ErrorCode,
  type GuestRequestError,
} from "./errors";
import {
  decodeOperand,
  namedExitCode,
  type DecodedOperand,
  type ExitFields,
  type NamedExitCode,
} from "./exit";
import type { Operand } from "./exitRow";
import { decodeFields, field, fieldValue } from "./fields";
import { decodeHvFeatures, type HvFeatures } from "./hvFeatures";

/** The answer of a hypervisor, decoded. */
export interface DecodedExitReturn extends AnswerDetail {
  /** What the guest had asked, if known: the answer depends on it. */
  readonly exitCode: NamedExitCode | null;
  /** SW_EXITINFO1[31:0], or null where it or its meaning is not known. */
  readonly response: ErrorCode | null;
  readonly exitInfo1: DecodedOperand | null;
  readonly exitInfo2: DecodedOperand | null;
}

/** What SW_EXITINFO2 says; at most one of these is set. */
interface AnswerDetail {
  /** Why the request was malformed, or what went wrong with a page state change; null for an unknown code. */
  readonly error?: ErrorCode | null;
  readonly event?: DecodedEvent;
  readonly guestRequest?: GuestRequestError;
  readonly hvFeatures?: HvFeatures;
}

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
}

const RESPONSE = field(31, 0, "response");
const RESPONSE_OPERAND: Operand = { meaning: "response of the hypervisor", fields: [RESPONSE] };
const MALFORMED_OPERAND: Operand = {
  meaning: "why the request was malformed",
  holds: "malformed-input",
};

const VECTOR = field(7, 0, "vector");
const TYPE = field(10, 8, "type", {
  values: { 0: "interrupt", 2: "NMI", 3: "exception", 4: "software interrupt" },
});
const VALID = field(31, 31, "valid");

/** EVENTINJ as SW_EXITINFO2 holds it. Source: edk2 MdePkg/Include/Register/Amd/Ghcb.h. */
const EVENT_OPERAND: Operand = {
  meaning: "event to raise",
  fields: [VECTOR, TYPE, field(11, 11, "error code valid"), VALID, field(63, 32, "error code")],
  holds: "event",
};

/** Exceptions that a hypervisor sends this way. Source: edk2 Ghcb.h (6, 13, 29). */
const EXCEPTION_NAMES: Readonly<Record<number, string>> = { 6: "#UD", 13: "#GP", 29: "#VC" };

/**
 * Decodes what a hypervisor answers. `exitInfo1` and `exitInfo2` are the fields after VMGEXIT,
 * `exitCode` is the guest's request, where it is known. SW_EXITINFO2 of an answer is never a
 * feature mask of a refusal.
 */
export function decodeExitReturn(fields: ExitFields): DecodedExitReturn {
  const { exitCode, exitInfo1, exitInfo2 } = fields;
  const named = exitCode === null ? null : namedExitCode(exitCode);
  const response =
    exitInfo1 === null ? null : errorByValue(HV_RESPONSES, fieldValue(exitInfo1, RESPONSE));
  const operand = info2Operand(response, named);
  return {
    exitCode: named,
    response,
    exitInfo1: decodeOperand(exitInfo1, RESPONSE_OPERAND),
    exitInfo2: decodeOperand(exitInfo2, operand),
    ...(exitInfo2 === null ? {} : detailOf(operand, exitInfo2)),
  };
}

function info2Operand(response: ErrorCode | null, named: NamedExitCode | null): Operand | null {
  switch (response?.name) {
    case "GHCB_HV_RESP_MALFORMED_INPUT":
      return MALFORMED_OPERAND;
    case "GHCB_HV_RESP_ISSUE_EXCEPTION":
      return EVENT_OPERAND;
    case "GHCB_HV_RESP_NO_ACTION":
      return named?.row?.info2Out ?? null;
    default:
      return null;
  }
}

function detailOf(operand: Operand | null, exitInfo2: bigint): AnswerDetail {
  switch (operand?.holds) {
    case "malformed-input":
      return { error: errorByValue(MALFORMED_INPUT_ERRORS, exitInfo2) };
    case "psc-error":
      return { error: errorByValue(PSC_ERRORS, exitInfo2) };
    case "event":
      return { event: decodeEvent(exitInfo2) };
    case "guest-request-error":
      return { guestRequest: decodeGuestRequestError(exitInfo2) };
    case "hv-features":
      return { hvFeatures: decodeHvFeatures(exitInfo2) };
    default:
      return {};
  }
}

/** Decodes SW_EXITINFO2 beside the response GHCB_HV_RESP_ISSUE_EXCEPTION. */
function decodeEvent(exitInfo2: bigint): DecodedEvent {
  const vector = Number(fieldValue(exitInfo2, VECTOR));
  const [type] = decodeFields(exitInfo2, [TYPE]);
  const meaning = type?.meaning ?? null;
  return {
    valid: fieldValue(exitInfo2, VALID) === 1n,
    vector,
    type: meaning,
    exception: meaning === "exception" ? (EXCEPTION_NAMES[vector] ?? null) : null,
  };
}
