import {
  decodeGuestRequestError,
  errorByValue,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
  type ErrorCode,
  type GuestRequestError,
} from "./errors";
import { decodeEventInjection, EVENT_INJECTION_LAYOUT, type DecodedEvent } from "./eventInjection";
import {
  decodeOperand,
  namedExitCode,
  operandInUse,
  type DecodedOperand,
  type ExitFields,
  type NamedExitCode,
} from "./exit";
import type { Operand } from "./exitCodes";
import { bits } from "./fields";
import { decodeHvFeatures, type HvFeatures } from "./hvFeatures";

/** The answer of a hypervisor, decoded. At most one of the last five is set. */
export interface DecodedExitReturn {
  /** What the guest had asked, if known: the answer depends on it. */
  readonly exitCode: NamedExitCode | null;
  /** SW_EXITINFO1[31:0], or null where it or its meaning is not known. */
  readonly response: ErrorCode | null;
  readonly exitInfo1: DecodedOperand | null;
  readonly exitInfo2: DecodedOperand | null;
  /** Why the hypervisor could not use the request (GHCB_ERR_…), null for an unknown code. */
  readonly malformedInput: ErrorCode | null;
  /** The exception that the guest is to raise. */
  readonly event: DecodedEvent | null;
  readonly guestRequest: GuestRequestError | null;
  /** What went wrong with a page state change; null for success and for an unknown code. */
  readonly pscError: ErrorCode | null;
  readonly hvFeatures: HvFeatures | null;
}

type Detail = Pick<
  DecodedExitReturn,
  "malformedInput" | "event" | "guestRequest" | "pscError" | "hvFeatures"
>;

const RESPONSE = { name: "response", hi: 31, lo: 0 } as const;
const [NO_ACTION, ISSUE_EXCEPTION, MALFORMED_INPUT] = HV_RESPONSES;

const RESPONSE_OPERAND: Operand = { meaning: "response of the hypervisor", fields: [RESPONSE] };
const EVENT_OPERAND: Operand = {
  meaning: "event to raise",
  fields: EVENT_INJECTION_LAYOUT,
  holds: "event",
};
const MALFORMED_OPERAND: Operand = {
  meaning: "why the request was malformed",
  fields: [],
  holds: "malformed-input",
};

const NO_DETAIL: Detail = {
  malformedInput: null,
  event: null,
  guestRequest: null,
  pscError: null,
  hvFeatures: null,
};

/**
 * Decodes what a hypervisor answers. `exitInfo1` and `exitInfo2` are the fields after VMGEXIT,
 * `exitCode` is the guest's request and `requestInfo1` its SW_EXITINFO1, where they are known.
 * SW_EXITINFO2 of an answer is never a feature mask of a refusal.
 */
export function decodeExitReturn(
  { exitCode, exitInfo1, exitInfo2 }: ExitFields,
  requestInfo1: bigint | null = null,
): DecodedExitReturn {
  const named = exitCode === null ? null : namedExitCode(exitCode);
  const code = exitInfo1 === null ? null : bits(exitInfo1, RESPONSE.hi, RESPONSE.lo);
  const response = code === null ? null : errorByValue(HV_RESPONSES, code);
  const operand = info2Operand(response, named, requestInfo1);
  return {
    exitCode: named,
    response,
    exitInfo1: decodeOperand(exitInfo1, RESPONSE_OPERAND),
    exitInfo2: decodeOperand(exitInfo2, operand),
    ...(exitInfo2 === null ? NO_DETAIL : detailOf(operand, exitInfo2)),
  };
}

function info2Operand(
  response: ErrorCode | null,
  named: NamedExitCode | null,
  requestInfo1: bigint | null,
): Operand | null {
  switch (response?.value) {
    case MALFORMED_INPUT.value:
      return MALFORMED_OPERAND;
    case ISSUE_EXCEPTION.value:
      return EVENT_OPERAND;
    case NO_ACTION.value: {
      const row = named?.row ?? null;
      return row === null ? null : operandInUse(row.info2Out, row, requestInfo1);
    }
    default:
      return null;
  }
}

function detailOf(operand: Operand | null, exitInfo2: bigint): Detail {
  switch (operand?.holds) {
    case "malformed-input":
      return { ...NO_DETAIL, malformedInput: errorByValue(MALFORMED_INPUT_ERRORS, exitInfo2) };
    case "event":
      return { ...NO_DETAIL, event: decodeEventInjection(exitInfo2) };
    case "guest-request-error":
      return { ...NO_DETAIL, guestRequest: decodeGuestRequestError(exitInfo2) };
    case "psc-error":
      return { ...NO_DETAIL, pscError: errorByValue(PSC_ERRORS, exitInfo2) };
    case "hv-features":
      return { ...NO_DETAIL, hvFeatures: decodeHvFeatures(exitInfo2) };
    default:
      return NO_DETAIL;
  }
}
