import { decode, statusOf } from "../../register/decode";
import type { ExitFields } from "../../ghcb";
import {
  TERMINATION_EVENT,
  carriesFeatureMask,
  decodeExit,
  decodeExitReturn,
  decodeGuestRequestError,
  decodeHvFeatures,
  reasonFromInfo1,
  terminationReason,
} from "../../ghcb";
import { SOURCES, featureNames } from "../../features";
import { assess, atLeast, isAssessed } from "../../guest/assessment";
import type { GuestProfile } from "../../guest/profile";
import { GHCB_MSR, SEV_STATUS_MSR } from "../../features/addresses";
import type { Reading } from "../../log/reading";
import { hexShort } from "../../text/u64";
import { REGISTER_LABELS, reportOn, unsupportedTitle } from "./decodeReport";
import { exitAnswerReport } from "./exitAnswerReport";
import { EXIT_FIELD_LABELS, exitReport } from "./exitReport";
import { guestRequestFields, hvFeatureFields, reasonNames, terminationReport } from "./ghcbReport";
import { NOTICES } from "../boot/notices";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";

/** Everything there is to say about a text that a line has explained. */
export function reportOnReading(reading: Reading, guest: GuestProfile | null): Report {
  switch (reading.kind) {
    case "register":
      return registerReport(reading, guest);
    case "exit":
      return fieldReport(reading, guest);
    case "answer":
      return exitAnswerReport(decodeExitReturn(reading.fields), reading.field);
    case "termination":
      return terminationReport(
        say`${strong("Termination")} ${code(`0x${reading.set.toString(16)}:0x${reading.code.toString(16)}`)}`,
        terminationReason(reading.set, reading.code),
        reading.channel,
      );
    case "repeated-info":
      return bareReport(
        say`${code("info")} ${code(hexShort(reading.value))}`,
        say`SW_EXITINFO1 again: this message of AMD's development trees repeats it instead of the mask in SW_EXITINFO2.`,
        "unknown",
      );
    case "invalid-field":
      return bareReport(
        say`${strong(EXIT_FIELD_LABELS[reading.field])} ${code(hexShort(reading.value))}`,
        say`not marked valid in this GHCB: whatever the field holds, the guest did not send it.`,
        "unknown",
      );
    case "guest-request-error":
      return guestRequestReport(reading.value);
    case "hypervisor-features":
      return hypervisorReport(reading);
    case "notice":
      return bareReport(say`${strong("Known message")}`, say`${NOTICES[reading.id]}`, "unknown");
    case "untold-termination":
      return bareReport(
        say`${strong("Termination")}${reading.channel === null ? "" : UNTOLD[reading.channel].by}`,
        reading.channel === null
          ? say`the guest ended its boot; the line gives no reason and no features.`
          : say`${UNTOLD[reading.channel].why}`,
        "bad",
      );
    case "msr-address":
      return msrReport(reading.address, hexShort(reading.address));
  }
}

const UNTOLD = {
  nae: {
    by: " by the GHCB",
    why: "what is printed is the page of the GHCB, not a reason; reason and mask are in the host kernel's kvm_amd line only.",
  },
  msr: { by: " by the GHCB MSR", why: "the line leaves the reason out." },
} as const;

function hypervisorReport({
  value,
  role,
}: Extract<Reading, { kind: "hypervisor-features" }>): Report {
  return {
    ...bareReport(
      say`${strong("Hypervisor features")} ${code(hexShort(value))}`,
      say`${role} features of the hypervisor, as the GHCB protocol numbers them: neither SEV_STATUS nor SEV_FEATURES.`,
    ),
    fields: hvFeatureFields(decodeHvFeatures(value)),
  };
}

/**
 * One exit field. Without an exit code on the line its meaning is open: what it would be in a termination is
 * said as a condition, never as the answer.
 */
function fieldReport(
  { fields, field }: Extract<Reading, { kind: "exit" }>,
  guest: GuestProfile | null,
): Report {
  const report = exitReport(decodeExit(fields), guest, field);
  const value = fields[field];
  if (fields.exitCode !== null || value === null) return report;
  return { ...report, notes: [...ifTermination(field, value, fields.exitInfo1), ...report.notes] };
}

function ifTermination(field: keyof ExitFields, value: bigint, exitInfo1: bigint | null): Phrase[] {
  if (field === "exitInfo1") {
    const reason = reasonFromInfo1(value);
    return reason.candidates.length === 0 || reason.extra !== 0n
      ? []
      : [
          say`If the exit code is ${TERM_REQUEST}, a termination, this is its reason: ${reasonNames(reason)}.`,
        ];
  }
  const names = list(featureNames(value));
  if (exitInfo1 !== null && !carriesFeatureMask(reasonFromInfo1(exitInfo1))) return [];
  return names === ""
    ? []
    : [
        say`If the exit code is ${TERM_REQUEST}, a termination, and SW_EXITINFO1 is ${code("0x20")}, these SEV_STATUS features are missing in the guest kernel: ${names}.`,
      ];
}

const TERM_REQUEST = code(hexShort(TERMINATION_EVENT));

function registerReport(
  {
    register,
    value,
    atLeast: isBound,
    synthetic,
    mask,
    stub,
  }: Extract<Reading, { kind: "register" }>,
  guest: GuestProfile | null,
): Report {
  if (synthetic === true) {
    return {
      ...reportOn(decode(register, value), null),
      tone: "neutral",
      answer: say`Linux' Hyper-V code makes up this value with vTom alone. The register itself holds more: SEV-SNP may be on.`,
    };
  }
  const decoded = decode(register, value);
  const status = statusOf(decoded);
  const bound =
    guest === null || status === null || isBound !== true ? null : assess(atLeast(status), guest);
  const isSnpOpen = bound?.verdict === null;
  const asked = bound === null ? guest : isAssessed(bound) ? bound : null;
  const report = reportOn(decoded, mask === true ? null : asked);
  if (mask === true) {
    const note = say`These bits are tested, set, allowed or supported here. They are not a running guest's value, so there is no verdict.`;
    return { ...report, notes: [note, ...report.notes] };
  }
  if (stub === true) return { ...report, title: unsupportedTitle(value) };
  if (isBound !== true) return report;
  const note = say`A lower bound: the line shows only bits that have a name.`;
  return {
    ...report,
    title: say`${strong(REGISTER_LABELS[register])} at least ${code(hexShort(value))}`,
    notes: [
      note,
      ...(isSnpOpen && guest !== null
        ? [
            say`The line does not tell whether SEV-SNP is on, so there is no verdict for ${guest.label}.`,
          ]
        : []),
      ...report.notes,
    ],
  };
}

function guestRequestReport(value: bigint): Report {
  return {
    ...bareReport(
      say`${strong("SW_EXITINFO2")} ${code(hexShort(value))} of a guest request`,
      value === 0n
        ? say`no error.`
        : say`two error codes, the secure processor's and the hypervisor's; no feature mask.`,
    ),
    fields: guestRequestFields(decodeGuestRequestError(value)),
  };
}

/** What a model-specific register is, under the address or the name by which a text speaks of it. */
export function msrReport(address: bigint, spelled: string): Report {
  const title = say`${code(spelled)}`;
  switch (address) {
    case SEV_STATUS_MSR:
      return {
        ...bareReport(
          title,
          say`the address of ${strong("SEV_STATUS")} (MSR C001_0131): which SEV features the guest runs with. The hypervisor cannot intercept its reading.`,
        ),
        notes: [
          say`The command ${code("rdmsr")} prints it as bare hex digits; ${code("bc")} and shell arithmetic read those as decimal unless told otherwise.`,
        ],
        sources: [LINUX_MSR, "AMDESE/AMDSEV issue 147: the register cannot be intercepted"],
      };
    case GHCB_MSR:
      return {
        ...bareReport(
          title,
          say`the address of the ${strong("GHCB MSR")} (C001_0130): the GHCB's page, or a request of the MSR protocol.`,
        ),
        sources: [LINUX_MSR],
      };
    default:
      return bareReport(title, say`a model-specific register.`);
  }
}

const LINUX_MSR = `${SOURCES.linux.title}: ${SOURCES.linux.reference}`;
