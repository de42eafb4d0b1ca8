import type { DecodedExitReturn, ErrorCode, ExitFields } from "../../ghcb";
import { hexShort } from "../../text/u64";
import { EXIT_FIELD_LABELS } from "./exitReport";
import { fieldLine, guestRequestFields, hvFeatureFields } from "./ghcbReport";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";

/**
 * Everything there is to say about what a hypervisor answered in SW_EXITINFO1 and SW_EXITINFO2. In an answer
 * SW_EXITINFO2 is never a mask of unsupported features. With `asked` the title is about that one field.
 */
export function exitAnswerReport(
  answer: DecodedExitReturn,
  asked: keyof ExitFields | null = null,
): Report {
  const { response, exitCode, event, exitInfo2 } = answer;
  const detail = detailOf(answer);
  return {
    ...bareReport(titleOf(answer, asked), answerOf(answer, detail), toneOf(response)),
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
        : [
            {
              name: EXIT_FIELD_LABELS.exitInfo2,
              value: hexShort(exitInfo2.value),
              meaning: exitInfo2.meaning ?? "not known",
            },
          ]),
      ...(event?.fields.map(fieldLine) ?? []),
      ...(answer.guestRequest === null ? [] : guestRequestFields(answer.guestRequest)),
      ...(answer.hvFeatures === null ? [] : hvFeatureFields(answer.hvFeatures)),
    ],
    notes: [
      ...(exitCode === null || exitCode.name === null
        ? []
        : [say`It answers the request ${exitCode.name} (${code(hexShort(exitCode.value))}).`]),
      ...[response, detail].flatMap((row) =>
        row === null || row.mark === null ? [] : [say`${row.name} is ${row.mark}.`],
      ),
    ],
    sources: [...new Set([response, detail].flatMap((row) => (row === null ? [] : [row.source])))],
  };
}

function titleOf(
  { exitInfo1, exitInfo2 }: DecodedExitReturn,
  asked: keyof ExitFields | null,
): Phrase {
  const parts = [
    { field: "exitInfo1", operand: exitInfo1 },
    { field: "exitInfo2", operand: exitInfo2 },
  ] as const;
  return parts
    .filter(({ field, operand }) => operand !== null && (asked === null || asked === field))
    .flatMap(({ field, operand }, index) => [
      ...(index === 0 ? [] : say`, `),
      ...say`${strong(EXIT_FIELD_LABELS[field])} ${code(hexShort(operand?.value ?? 0n))}`,
    ]);
}

/** The row that says why: of a malformed request, or of a failed page state change. */
function detailOf({ malformedInput, pscError }: DecodedExitReturn): ErrorCode | null {
  return malformedInput ?? pscError;
}

function answerOf(
  { response, event, guestRequest }: DecodedExitReturn,
  detail: ErrorCode | null,
): Phrase {
  if (response === null) return say`the hypervisor's answer, which no source names.`;
  if (detail !== null) {
    return say`the hypervisor's answer: ${strong(detail.name)}. ${detail.meaning}`;
  }
  if (event !== null && event.valid) {
    return say`the hypervisor's answer: the guest is to raise ${strong(event.exception ?? `${event.type ?? "event"} ${event.vector}`)}.`;
  }
  if (guestRequest !== null) {
    const isOk = guestRequest.firmware.value === 0 && guestRequest.vmm.value === 0;
    return isOk
      ? say`the hypervisor's answer to a guest request: no error.`
      : say`the hypervisor's answer to a guest request: ${strong(guestRequest.vmm.name ?? guestRequest.firmware.name ?? "an error without a name")}.`;
  }
  return say`the hypervisor's answer: ${strong(response.name)}. ${response.meaning}`;
}

/** The first response means that all is well; any other one that something is not. */
function toneOf(response: ErrorCode | null): "neutral" | "bad" | "unknown" {
  if (response === null) return "unknown";
  return response.value === 0n ? "neutral" : "bad";
}
