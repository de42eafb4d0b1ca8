import type { DecodedExit, DecodedExitReturn } from "../../ghcb";
import { FIRMWARE_STATUS, errorByValue } from "../../ghcb";
import type { Assessed } from "../../guest/assessment";
import { assessDecode } from "../../guest/assessment";
import type { BootPath } from "../../guest/catalog/row";
import type { GuestProfile } from "../../guest/profile";
import type { Decode } from "../../register/decode";
import { decode, statusOf } from "../../register/decode";
import type { Glance } from "../glance";
import { seenInBrief } from "../guest/seen";
import { implausible } from "../guest/verdict";
import type { Phrase } from "../phrase";
import { code, say } from "../phrase";
import type { Answer } from "../render/answerText";
import type { Report } from "../report";
import type { Asking } from "./decodeReport";
import { reportOn } from "./decodeReport";
import { exitAnswerReport } from "./exitAnswerReport";
import { exitReport } from "./exitReport";
import { glanceOf } from "./glance";
import { leafGlance, terminationGlance } from "./leafGlance";

/** The answer to a SEV_STATUS value for a guest; `path`: it is started in this way. */
export function checkAnswer(assessment: Assessed, path: BootPath | null, asking: Asking): Answer {
  const decoded = decode("sev-status", assessment.status.value);
  const glance = glanceOf(decoded, assessment, { everyBit: true });
  return {
    // Names that were typed are no register's content.
    glance: asking.origin === "names" ? { ...glance, lines: [] } : glance,
    fields: [],
    seen: seenInBrief(assessment, path),
    isLikely: assessment.guest.likely,
    report: reportOn(decoded, assessment, asking),
  };
}

/** The answer to a decoded value, for a guest where one is chosen. */
export function decodeAnswer(decoded: Decode, guest: GuestProfile | null): Answer {
  const report = reportOn(decoded, guest, { detail: "in full" });
  const glance = glanceOf(decoded, guest, { everyBit: true });
  const assessment = assessDecode(decoded, guest);
  const isTermination =
    decoded.register === "exit-info-1" ||
    (decoded.register === "ghcb-msr" && decoded.msr.reason !== null);
  if (decoded.features === null) return withFields(glance, report, isTermination);
  const lines = [...glance.lines, ...firmwareStatusLine(decoded)];
  return {
    glance: { ...glance, lines },
    fields: [],
    seen: assessment === null ? [] : seenInBrief(assessment),
    isLikely: guest?.likely === true,
    report,
  };
}

/** What a value that is no SEV_STATUS may be instead: people ask for a firmware status by its number alone. */
function firmwareStatusLine(decoded: Decode): Phrase[] {
  const isDoubtful = implausible(statusOf(decoded) ?? 0n) !== null;
  const status = isDoubtful ? errorByValue(FIRMWARE_STATUS, decoded.value) : null;
  if (status === null) return [];
  return [
    say`As a status of the secure processor's firmware: ${status.name} (${code("--as guest-request-error")})`,
  ];
}

/** The answer to the exit fields of a request. */
export function exitAnswer(exit: DecodedExit, guest: GuestProfile | null): Answer {
  const report = exitReport(exit, guest);
  const { reason = null, unsupported = null } = exit.termination ?? {};
  if (unsupported !== null && unsupported !== 0n) {
    const mask = decode("unsupported-features", unsupported);
    const glance = { ...glanceOf(mask, guest, { everyBit: true }), title: report.title };
    return { glance, fields: [], seen: [], isLikely: false, report };
  }
  return reason === null || unsupported === 0n
    ? withFields(leafGlance(report), report)
    : withFields(terminationGlance(report, reason, { channel: "nae", guest }), report, true);
}

/** The answer to what a hypervisor answered. */
export function exitReturnAnswer(answer: DecodedExitReturn): Answer {
  const report = exitAnswerReport(answer);
  return withFields(leafGlance(report), report);
}

/** An answer with all fields of its report; the lines of a glance are some of these, or where to look next. */
function withFields(glance: Glance, report: Report, looksNext = false): Answer {
  return {
    glance: looksNext ? glance : { ...glance, lines: [] },
    fields: report.fields,
    seen: [],
    isLikely: false,
    report,
  };
}
