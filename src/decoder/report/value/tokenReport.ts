import { SEV_SNP, featureNames } from "../../features";
import type { ExitFields } from "../../ghcb";
import {
  TERMINATION_EVENT,
  carriesFeatureMask,
  decodeExit,
  decodeExitReturn,
  decodeGuestRequestError,
  decodeHvFeatures,
  reasonFromInfo1,
} from "../../ghcb";
import type { Known } from "../../guest/assessment";
import { assess, atLeast, exactly, isAssessed } from "../../guest/assessment";
import type { GuestProfile } from "../../guest/profile";
import type { Fact, FactOf, Field, Via } from "../../log/finding";
import { NOTICES } from "../../log/notices";
import type { RegisterValue } from "../../log/tokenRegister";
import { isMask, registerOf } from "../../log/tokenRegister";
import { decode, statusOf } from "../../register/decode";
import { U64_MAX, hexShort } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { REGISTER_LABELS, reportOn, unsupportedTitle } from "./decodeReport";
import { exitAnswerReport } from "./exitAnswerReport";
import { EXIT_FIELD_LABELS, exitReport } from "./exitReport";
import {
  guestRequestReport,
  hvFeatureFields,
  likelyNote,
  reasonCodes,
  reasonNames,
  terminationReport,
} from "./ghcbReport";

/** The SEV_STATUS of a running guest that a token shows, and how surely; null for anything else. */
export function knownIn(fact: Fact, field: Field): Known | null {
  if (isMask(fact, field) || (fact.kind === "sev-status" && fact.synthetic === true)) return null;
  const found = registerOf(fact, field);
  const status = found === null ? null : statusOf(decode(found.register, found.value));
  if (status === null) return null;
  if (!("atLeast" in fact)) return exactly(status);
  return atLeast(status, fact.kind === "sev-status" ? fact.shows : 0n);
}

/**
 * Everything there is to say about a token, by the fact that it shows a field of. `mayBeKvm`: the host may run KVM, as
 * far as the rest of the log shows.
 */
export function reportOnToken(
  fact: Fact,
  field: Field,
  guest: GuestProfile | null,
  mayBeKvm = true,
): Report {
  const isKvm = mayBeKvm && mayBeKvmBy(fact);
  switch (field) {
    case "exitCode":
    case "exitInfo1":
    case "exitInfo2":
      return exitFieldReport(fact, field, guest, isKvm);
    case "processorExitCode":
      return exitReport(decodeExit({ ...exitOf(fact), ...NO_INFO }), guest, "exitCode");
    case "reason":
      return reasonReport(fact, guest, isKvm);
    case "repeated-info":
      return repeatedReport(exitOf(fact).exitInfo1 ?? 0n);
    case "message":
      return fact.kind === "notice"
        ? bareReport(say`${strong("Known message")}`, say`${NOTICES[fact.id].meaning}`, "unknown")
        : fact.kind === "termination"
          ? endingReport(fact)
          : untoldReport(null);
    default:
      return valueReport(fact, field, guest, isKvm);
  }
}

const NO_INFO = { exitInfo1: null, exitInfo2: null };
const NO_FIELDS: ExitFields = { exitCode: null, ...NO_INFO };

/** The exit fields that a fact has and that were set for its exit. */
export function exitOf(fact: Fact): ExitFields {
  switch (fact.kind) {
    case "vmgexit":
      return fact;
    case "termination":
    case "ghcb-msr":
      return fact.exit ?? NO_FIELDS;
    case "ghcb": {
      const valueOf = (field: keyof ExitFields) =>
        fact[field]?.valid === true ? fact[field].value : null;
      return {
        exitCode: valueOf("exitCode"),
        exitInfo1: valueOf("exitInfo1"),
        exitInfo2: valueOf("exitInfo2"),
      };
    }
    default:
      return NO_FIELDS;
  }
}

/**
 * One exit field. Without the exit code its meaning is open: a note says what it means in a termination, never the
 * answer.
 */
function exitFieldReport(
  fact: Fact,
  field: keyof ExitFields,
  guest: GuestProfile | null,
  mayBeKvm: boolean,
): Report {
  const fields = exitOf(fact);
  const value = fields[field];
  if (fact.kind === "ghcb" && value === null) return invalidReport(field, fact[field]?.value ?? 0n);
  if (fact.kind === "vmgexit" && fact.answer === true)
    return field === "exitCode"
      ? exitReport(decodeExit({ ...fields, ...NO_INFO }), guest, field)
      : exitAnswerReport(decodeExitReturn(fields), field);
  const mask = registerOf(fact, field);
  if (mask !== null) return reportOn(decode(mask.register, mask.value), guest, { mayBeKvm });
  const report = exitReport(decodeExit(fields), guest, field, mayBeKvm);
  if (fields.exitCode !== null || value === null) return report;
  return { ...report, notes: [...ifTermination(field, value, fields.exitInfo1), ...report.notes] };
}

/** A field of a GHCB dump that is not marked valid. */
function invalidReport(field: keyof ExitFields, value: bigint): Report {
  return bareReport(
    say`${strong(EXIT_FIELD_LABELS[field])} ${code(hexShort(value))}`,
    say`not marked valid in this GHCB: whatever the field holds, the guest did not send it.`,
    "unknown",
  );
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
        say`If the exit code is ${TERM_REQUEST}, a termination, and SW_EXITINFO1 is ${code("0x20")}, these are the SEV_STATUS features that the guest lacks: ${names}.`,
      ];
}

const TERM_REQUEST = code(hexShort(TERMINATION_EVENT));

/** The reason of a termination, with the features that it is about where they stand beside it. */
function reasonReport(fact: Fact, guest: GuestProfile | null, mayBeKvm: boolean): Report {
  if (fact.kind !== "termination") return untoldReport(null);
  const { exit, reason, via, isLikely } = fact;
  if (exit !== undefined) return exitReport(decodeExit(exit), guest, "exitInfo1", mayBeKvm);
  if (reason === null) return endingReport(fact);
  const title = say`${strong("Termination")} ${code(reasonCodes(reason))}`;
  const channel = via === "efi-stub" ? null : via;
  const report = terminationReport(title, reason, { channel, guest, mayBeKvm });
  return isLikely === true
    ? { ...report, notes: [say`${likelyNote(reason)}`, ...report.notes] }
    : report;
}

/** Whether the host may run KVM, as far as a fact shows. */
export function mayBeKvmBy(fact: Fact): boolean {
  return fact.kind !== "termination" || fact.hypervisor === undefined;
}

/** A termination whose reason the text does not show. */
function endingReport({ via, isLikely }: FactOf<"termination">): Report {
  if (isLikely !== true) return untoldReport(via);
  return {
    ...bareReport(
      say`${strong("Termination")}`,
      say`the guest asked to be terminated, most likely by the GHCB: these are most likely no reason set and code.`,
      "bad",
    ),
    notes: [say`${likelyNote(null)}`],
  };
}

function repeatedReport(value: bigint): Report {
  return bareReport(
    say`${code("info")} ${code(hexShort(value))}`,
    say`SW_EXITINFO1 once more: this message of AMD's development trees repeats it, and the mask in SW_EXITINFO2 is lost.`,
    "unknown",
  );
}

/** A termination of which the text says neither reason nor features. */
function untoldReport(via: Via): Report {
  const told = via === null || via === "efi-stub" ? null : UNTOLD[via];
  return bareReport(
    say`${strong("Termination")}${told?.by ?? ""}`,
    say`${told?.why ?? "the guest ended its boot; the line says neither why nor for which features."}`,
    "bad",
  );
}

const UNTOLD = {
  nae: {
    by: " by the GHCB",
    why: "what is printed is the page of the GHCB, not a reason; reason and mask are in the host kernel's kvm_amd line only.",
  },
  msr: { by: " by the GHCB MSR", why: "the line leaves the reason out." },
} as const;

function valueReport(
  fact: Fact,
  field: Field,
  guest: GuestProfile | null,
  mayBeKvm: boolean,
): Report {
  if (fact.kind === "hypervisor-features") return hypervisorReport(fact);
  if (fact.kind === "guest-request-error") return requestErrorReport(fact);
  const found = registerOf(fact, field);
  if (fact.kind === "termination" && fact.reason !== null && found?.register === "ghcb-msr") {
    const title = say`${strong("GHCB MSR")} ${code(hexShort(found.value))}`;
    return terminationReport(title, fact.reason, {
      channel: "msr",
      guest,
      mayBeKvm,
    });
  }
  return found === null ? untoldReport(null) : registerReport(fact, field, found, guest, mayBeKvm);
}

function requestErrorReport({ value, isStatus }: FactOf<"guest-request-error">): Report {
  const shown = code(hexShort(value));
  const title =
    isStatus === true
      ? say`${strong("Firmware status")} ${shown}`
      : say`${strong("SW_EXITINFO2")} ${shown} of a guest request`;
  return guestRequestReport(title, decodeGuestRequestError(value));
}

function hypervisorReport({ value, role }: FactOf<"hypervisor-features">): Report {
  return {
    ...bareReport(
      say`${strong("Hypervisor features")} ${code(hexShort(value))}`,
      say`${role} features of the hypervisor, as the GHCB protocol numbers them: neither SEV_STATUS nor SEV_FEATURES.`,
    ),
    fields: hvFeatureFields(decodeHvFeatures(value)),
  };
}

function registerReport(
  fact: Fact,
  field: Field,
  { register, value }: RegisterValue,
  guest: GuestProfile | null,
  mayBeKvm: boolean,
): Report {
  const decoded = decode(register, value);
  if (fact.kind === "sev-status" && fact.synthetic === true)
    return {
      ...reportOn(decoded, null),
      tone: "neutral",
      answer: say`synthetic: Linux sees only vTom behind the paravisor. It does not mean that SEV-SNP is off.`,
    };
  if (isMask(fact, field)) {
    const report = reportOn(decoded, null);
    const note = say`Bits that are tested, set, allowed or supported here, not what a running guest has: no verdict.`;
    return { ...report, notes: [note, ...report.notes] };
  }
  if (field === "unsupported")
    return { ...reportOn(decoded, guest, { mayBeKvm }), title: unsupportedTitle(value) };
  const known = knownIn(fact, field);
  if (known === null || known.known === U64_MAX) return reportOn(decoded, guest, { mayBeKvm });
  const assessment = guest === null ? null : assess(known, guest);
  const isSnpOpen = (known.known & SEV_SNP) === 0n;
  const isSnpOff = (known.known & ~known.value & SEV_SNP) !== 0n;
  const report = reportOn(
    decoded,
    assessment !== null && isAssessed(assessment) ? assessment : null,
    { mayBeKvm },
  );
  return {
    ...report,
    title: say`${strong(REGISTER_LABELS[register])} ${isSnpOff ? "" : "at least "}${code(hexShort(value))}`,
    notes: [
      isSnpOff
        ? say`By names: SEV-SNP would be on the list if it were on.`
        : say`A lower bound: the line names bits, and bits without a name are not on it.`,
      ...(isSnpOpen && guest !== null
        ? [say`Whether SEV-SNP is on is not on this line, so ${guest.label} is not asked.`]
        : []),
      ...report.notes,
    ],
  };
}
