import type { DecodedExitReturn } from "../../ghcb";
import { hexShort } from "../../text/u64";
import type { AskedField } from "./exitReport";
import { exitFieldsJson, exitLine, exitTitle } from "./exitReport";
import { causeNotes, fieldLine, guestRequestFields, hvFeatureFields } from "./ghcbReport";
import type { Json } from "../render/json";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";

/**
 * Everything there is to say about what a hypervisor answered in SW_EXITINFO1 and SW_EXITINFO2. In an answer
 * SW_EXITINFO2 is never a mask of unsupported features. With `asked` the title is about that one field.
 */
export function exitAnswerReport(answer: DecodedExitReturn, asked: AskedField = null): Report {
  const { response, exitCode, event, exitInfo2, error, guestRequest, hvFeatures } = answer;
  const rows = [response, error].filter((row) => row != null);
  // The first response means that all is well; any other one that something is not.
  const tone = response === null ? "unknown" : response.value === 0n ? "neutral" : "bad";
  return {
    ...bareReport(exitTitle({ ...answer, exitCode: null }, asked), answerOf(answer), tone),
    fields: [
      ...(response === null
        ? []
        : [
            {
              name: "SW_EXITINFO1 [31:0]",
              value: hexShort(response.value),
              meaning: response.name,
            },
          ]),
      ...(exitInfo2 === null
        ? []
        : [exitLine("exitInfo2", exitInfo2.value, exitInfo2.meaning ?? "not known")]),
      ...(event === undefined ? [] : (exitInfo2?.fields.map(fieldLine) ?? [])),
      ...(guestRequest === undefined ? [] : guestRequestFields(guestRequest)),
      ...(hvFeatures === undefined ? [] : hvFeatureFields(hvFeatures)),
    ],
    notes: [
      ...(exitCode === null || exitCode.name === null
        ? []
        : [say`It answers the request ${exitCode.name} (${code(hexShort(exitCode.value))}).`]),
      ...(guestRequest === undefined ? [] : causeNotes(guestRequest)),
    ],
    sources: [...new Set(rows.map(({ source }) => source))],
  };
}

function answerOf({ response, event, error, guestRequest }: DecodedExitReturn): Phrase {
  if (response === null) return say`the hypervisor's answer, which no source names.`;
  if (error != null) return say`the hypervisor's answer: ${strong(error.name)}. ${error.meaning}`;
  if (event?.valid === true) {
    return say`the hypervisor's answer: the guest is to raise ${strong(event.exception ?? `${event.type ?? "event"} ${event.vector}`)}.`;
  }
  if (guestRequest !== undefined) {
    const { firmware, vmm } = guestRequest;
    return firmware.value === 0 && vmm.value === 0
      ? say`the hypervisor's answer to a guest request: no error.`
      : say`the hypervisor's answer to a guest request: ${strong(vmm.name ?? firmware.name ?? "an error without a name")}.`;
  }
  return say`the hypervisor's answer: ${strong(response.name)}. ${response.meaning}`;
}

/** The object that `decode --exit-code … --answer` prints: each part null where the answer has none of it. */
export function exitAnswerJson(answer: DecodedExitReturn): Json {
  const { response, error, event, guestRequest, hvFeatures } = answer;
  return {
    ...exitFieldsJson(answer),
    response: response?.name ?? null,
    error: error?.name ?? null,
    event: event === undefined ? null : { ...event },
    guestRequest:
      guestRequest === undefined
        ? null
        : { firmware: guestRequest.firmware.value, vmm: guestRequest.vmm.value },
    hypervisorFeatures: hvFeatures?.known.map(({ name }) => name) ?? null,
  };
}
