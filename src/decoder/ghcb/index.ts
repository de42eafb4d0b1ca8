/** GHCB: exit codes and their operands, the MSR protocol, termination reasons and error codes. */
export {
  decodeGuestRequestError,
  errorByValue,
  GUEST_REQUEST_VMM_ERRORS,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
  type ErrorCode,
  type GuestRequestError,
} from "./errors";
export { decodeEventInjection, EVENT_INJECTION_LAYOUT, type DecodedEvent } from "./eventInjection";
export {
  decodeExit,
  namedExitCode,
  type DecodedExit,
  type DecodedOperand,
  type ExitFields,
  type NamedExitCode,
  type Termination,
} from "./exit";
export { EXIT_CODES, exitCodeByValue, type ExitCode, type Operand } from "./exitCodes";
export { decodeExitReturn, type DecodedExitReturn } from "./exitReturn";
export { bits, RESERVED, type DecodedField, type FieldSpec, type ValueName } from "./fields";
export { FIRMWARE_STATUS, type FirmwareStatus } from "./firmwareStatus";
export { decodeHvFeatures, HV_FEATURES, type HvFeature, type HvFeatures } from "./hvFeatures";
export { decodeGhcbMsr, GHCB_GPA, UNKNOWN_REQUEST, type DecodedGhcbMsr } from "./msrProtocol";
export { MSR_MESSAGES, type MsrMessage } from "./msrRequests";
export type { Mark, SymbolRef } from "./provenance";
export {
  carriesFeatureMask,
  ghcbMsrTermination,
  info1ForReason,
  MSR_TERMINATION_REQUEST,
  TERMINATION_EVENT,
  reasonFromGhcbMsr,
  reasonFromInfo1,
  terminationReason,
  type TerminationReason,
} from "./termination";
export {
  REASON_CAUSES,
  reasonCauses,
  type ReasonCause,
  type TerminationChannel,
} from "./terminationCauses";
export {
  REASON_SETS,
  TERMINATION_REASONS,
  type ReasonName,
  type ReasonRow,
} from "./terminationReasons";
