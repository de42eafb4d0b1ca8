import { featureNames } from "../../features";
import type { DecodedExit, DecodedExitReturn, DecodedOperand, NamedExitCode } from "../../ghcb";
import type { GuestProfile } from "../../guest/profile";
import { hex64 } from "../../text/u64";
import type { Json } from "../render/json";
import { fieldJson, guestJson, reasonJson } from "../render/json";

/**
 * The object that `decode --exit-code` prints. `unsupported` and `features` are those of a feature
 * refusal; a request of a guest holds no feature set of its own, so `verdict` is always null.
 */
export function exitJson(exit: DecodedExit, guest: GuestProfile | null): Json {
  const { exitCode, exitInfo1, exitInfo2, termination } = exit;
  const reason = termination?.reason ?? null;
  const unsupported = termination?.unsupported ?? null;
  return {
    exitCode: exitCode === null ? null : exitCodeJson(exitCode),
    exitInfo1: exitInfo1 === null ? null : operandJson(exitInfo1),
    exitInfo2: exitInfo2 === null ? null : operandJson(exitInfo2),
    reason: reason === null ? null : reasonJson(reason),
    unsupported: unsupported === null ? null : hex64(unsupported),
    features: featureNames(unsupported ?? 0n),
    guest: guest === null ? null : guestJson(guest),
    verdict: null,
  };
}

/** The object that `decode --exit-code … --answer` prints: each part null where the answer has none of it. */
export function exitAnswerJson(answer: DecodedExitReturn): Json {
  const { exitCode, exitInfo1, exitInfo2, response, malformedInput, pscError } = answer;
  const { event, guestRequest, hvFeatures } = answer;
  return {
    exitCode: exitCode === null ? null : exitCodeJson(exitCode),
    exitInfo1: exitInfo1 === null ? null : operandJson(exitInfo1),
    exitInfo2: exitInfo2 === null ? null : operandJson(exitInfo2),
    response: response?.name ?? null,
    error: (malformedInput ?? pscError)?.name ?? null,
    event:
      event === null
        ? null
        : {
            valid: event.valid,
            vector: event.vector,
            type: event.type,
            exception: event.exception,
          },
    guestRequest:
      guestRequest === null
        ? null
        : { firmware: guestRequest.firmware.value, vmm: guestRequest.vmm.value },
    hypervisorFeatures: hvFeatures === null ? null : hvFeatures.known.map(({ name }) => name),
  };
}

function exitCodeJson({ value, name }: NamedExitCode): Json {
  return { value: hex64(value), name };
}

function operandJson({ value, meaning, fields, exitCode }: DecodedOperand): Json {
  return {
    value: hex64(value),
    meaning,
    fields: fields.map(fieldJson),
    ...(exitCode === undefined ? {} : { exitCode: exitCodeJson(exitCode) }),
  };
}
