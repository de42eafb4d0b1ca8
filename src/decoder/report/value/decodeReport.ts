import type { Decode, Register } from "../../register/decode";
import { statusOf } from "../../register/decode";
import { FIRMWARE_STATUS, errorByValue } from "../../ghcb";
import { SEV_SNP, SOURCES, featureNames, featureRow } from "../../features";
import type { Feature, FeatureSet } from "../../features";
import type { Advised } from "../../guest/advice/advise";
import { adviceWithoutKvm, adviseLacking } from "../../guest/advice/advise";
import type { Assessed, Assessment, Subject } from "../../guest/assessment";
import { assessDecode, guestOf } from "../../guest/assessment";
import { EVER_REFUSED, refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { hexShort } from "../../text/u64";
import type { Detail } from "../guest/advice";
import { adviceOn, adviceSources, measurementNote } from "../guest/advice";
import { ghcbMsrReport, guestRequestReport, terminationReport } from "./ghcbReport";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { FeatureLine, Report } from "../report";
import { bareReport } from "../report";
import { standingLine } from "../guest/standing";
import {
  answerOf,
  assumptionOf,
  consequencesOf,
  implausible,
  toneOf,
  verdictNotes,
} from "../guest/verdict";

/** What a register is called where the field's people read it. */
export const REGISTER_LABELS: Readonly<Record<Register, string>> = {
  "sev-status": "SEV_STATUS",
  "sev-features": "SEV_FEATURES",
  "unsupported-features": "SW_EXITINFO2",
  "ghcb-msr": "GHCB MSR",
  "exit-info-1": "SW_EXITINFO1",
  "guest-request-error": "Guest request error",
};

/** Where a feature set is from: a register, or names that were typed. */
export type Origin = "value" | "names";

/** A SEV_STATUS value that a guest is to be checked with, and where it is from. */
export interface Asked {
  readonly status: bigint;
  readonly origin: Origin;
}

/** How to report a feature set; by default as a register's content, with brief advice. */
export interface Asking {
  readonly origin?: Origin;
  readonly detail?: Detail;
  /** Whether the host may run KVM; the default is true. */
  readonly mayBeKvm?: boolean;
}

/** Everything there is to say about a decoded value, against a guest where one is chosen. */
export function reportOn(decoded: Decode, subject: Subject, asking: Asking = {}): Report {
  switch (decoded.register) {
    case "ghcb-msr":
      return ghcbMsrReport(decoded.msr, decoded.value, guestOf(subject));
    case "exit-info-1": {
      const title = say`${code("SW_EXITINFO1")} ${code(hexShort(decoded.value))}`;
      return terminationReport(title, decoded.reason, { channel: "nae" });
    }
    case "guest-request-error":
      return guestRequestReport(titleOf(decoded.register, decoded.value), decoded.error);
    case "unsupported-features":
      return refusedReport(decoded.features, guestOf(subject), asking);
    default:
      return featureReport(decoded, decoded.features, assessDecode(decoded, subject), asking);
  }
}

/** The advice for a host, without what needs KVM where it runs none. */
export function onHost(advised: Advised, mayBeKvm = true): Advised {
  return mayBeKvm ? advised : adviceWithoutKvm(advised);
}

/** What a mask of unsupported features is called where it is no field of a GHCB. */
export function unsupportedTitle(value: bigint): Phrase {
  return say`${strong("Unsupported features")} ${code(hexShort(value))}`;
}

function titleOf(register: Register, value: bigint): Phrase {
  return say`${strong(REGISTER_LABELS[register])} ${code(hexShort(value))}`;
}

/** SEV_STATUS or SEV_FEATURES of a running guest. */
function featureReport(
  decoded: Decode,
  set: FeatureSet,
  assessment: Assessed | null,
  { origin = "value", detail = "brief", mayBeKvm }: Asking,
): Report {
  const base = {
    ...bareReport(titleOf(decoded.register, decoded.value), enabled(set)),
    features: featureLines(set.features, assessment?.guest ?? null, assessment),
    sources: featureSources(set.features),
  };
  const doubt = origin === "names" ? null : implausible(statusOf(decoded) ?? 0n);
  const notes = [
    ...(doubt === null ? [] : [doubt, ...asFirmwareStatus(decoded.value)]),
    ...disputes(set.features),
  ];
  if (assessment === null) return { ...base, notes };
  const { verdict, guest, isCertain } = assessment;
  const advised = onHost(assessment.advised, mayBeKvm);
  return {
    ...base,
    answer: answerOf(verdict, guest, isCertain),
    tone: toneOf(verdict, guest, isCertain),
    consequences: consequencesOf(assessment),
    advice: adviceOn(advised, guest, detail),
    notes: [...measurementNote(advised.lacking), ...verdictNotes(assessment), ...notes],
    sources: [
      ...base.sources,
      ...guest.sources.map((source) => `${guest.label}: ${source}`),
      ...adviceSources(advised),
    ],
  };
}

/** What a value that is no SEV_STATUS may be instead: people ask for a firmware status by its number alone. */
function asFirmwareStatus(value: bigint): Phrase[] {
  const status = errorByValue(FIRMWARE_STATUS, value);
  if (status === null) return [];
  return [
    say`As a status of the secure processor's firmware (fw_err, exitinfo2 of a guest request) it is ${strong(status.name)}: ${status.meaning} ${code("--as guest-request-error")} says more.`,
  ];
}

function enabled({ features }: FeatureSet): Phrase {
  if (features.length === 0) return say`no bit is set: no SEV feature is enabled.`;
  return say`${list(features.map(({ name }) => name))} ${features.length === 1 ? "is" : "are"} enabled.`;
}

/** SW_EXITINFO2 of a refusal: the features that the kernel has no code for. */
function refusedReport(set: FeatureSet, guest: GuestProfile | null, { mayBeKvm }: Asking): Report {
  const { value, features } = set;
  const report = {
    ...bareReport(titleOf("unsupported-features", value), refusedAnswer(value), "unknown"),
    features: featureLines(features, guest, null),
    notes: disputes(features),
    sources: featureSources(features),
  };
  if (value === 0n || (value & ~EVER_REFUSED) !== 0n) return report;
  const advised = onHost(adviseLacking(value | SEV_SNP, value, guest), mayBeKvm);
  const assumed = guest === null ? [] : assumptionOf(guest);
  return {
    ...report,
    tone: "bad",
    consequences: guest === null ? [] : [fitOf(value, guest)],
    advice: adviceOn(advised, guest),
    notes: [...measurementNote(value), ...assumed, ...report.notes],
    sources: [...report.sources, ...adviceSources(advised)],
  };
}

function refusedAnswer(refused: bigint): Phrase {
  if (refused === 0n) return say`no bit is set: this is not a mask of unsupported features.`;
  const never = featureNames(refused & ~EVER_REFUSED);
  return never.length === 0
    ? say`the guest refused to boot – missing ${strong(list(featureNames(refused)))}`
    : say`no Linux kernel in the catalog refuses ${strong(list(never))}, so this mask is not from Linux.`;
}

/** Whether a refusal of these features can come from a guest, in one sentence. */
export function fitOf(refused: bigint, guest: GuestProfile): Phrase {
  const { label, likely } = guest;
  if (guest.check === null) {
    return likely
      ? say`${label} likely has no check, so ${strong("another kernel")} likely refused.`
      : say`${label} has no check: ${strong("another kernel")} refused.`;
  }
  const notLacked = list(featureNames(refused & ~refusedBy(refused, guest)));
  if (notLacked === "") {
    return say`${label} ${likely ? "likely refuses" : "refuses"} these features: it ${strong(likely ? "likely fits" : "fits")} this refusal.`;
  }
  return likely
    ? say`${label} likely does not refuse ${notLacked}, so ${strong("another kernel")} likely refused.`
    : say`${label} does not refuse ${notLacked}: ${strong("another kernel")} refused.`;
}

function featureLines(
  features: readonly Feature[],
  guest: GuestProfile | null,
  assessment: Assessment | null,
): FeatureLine[] {
  return features.map(({ bit, name, statusBit }) => ({
    bit,
    name,
    meaning:
      statusBit === null ? "It has no position in SEV_STATUS." : featureRow(statusBit).meaning,
    ...standingLine(statusBit, guest, assessment),
  }));
}

function rowsOf(features: readonly Feature[]) {
  return features.flatMap(({ statusBit }) => (statusBit === null ? [] : [featureRow(statusBit)]));
}

function disputes(features: readonly Feature[]): Phrase[] {
  return rowsOf(features).flatMap(({ bit, name, disagreement, unverified }) =>
    [disagreement, unverified]
      .filter((doubt) => doubt !== undefined)
      .map((doubt) => say`${name ?? `SEV_STATUS bit ${bit}`}: ${doubt}`),
  );
}

function featureSources(features: readonly Feature[]): string[] {
  const ids = new Set(rowsOf(features).flatMap(({ sources }) => sources));
  return [...ids].map((id) => `${SOURCES[id].title}: ${SOURCES[id].reference}`);
}
