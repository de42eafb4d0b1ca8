import { SEV_SNP, featureNames } from "../../features";
import type { FeatureSet } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import type { Subject } from "../../guest/assessment";
import { assessDecode, guestOf } from "../../guest/assessment";
import { EVER_REFUSED, refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Decode } from "../../register/decode";
import { decode, statusOf } from "../../register/decode";
import { U64_MAX, hasBit, hexShort } from "../../text/u64";
import type { BitState, Glance, GlanceRow } from "../glance";
import { bareGlance } from "../glance";
import { answerOf, toneOf } from "../guest/verdict";
import type { Phrase } from "../phrase";
import { code, namesInBrief, say, strong } from "../phrase";
import { SIGNS } from "../report";
import { REGISTER_LABELS, onHost, reportOn } from "./decodeReport";
import { featureRows } from "./featureRows";
import { fixFor } from "./glanceFix";
import { leafGlance, terminationGlance } from "./leafGlance";

/** What is known of a value beside itself. */
interface Beside {
  /** The bits that its text shows, in SEV_STATUS positions; the default is all of them. */
  readonly known?: bigint;
  /** Whether the host may run KVM; the default is true. */
  readonly mayBeKvm?: boolean;
  /** A row for each bit but the base ones; the default is a few rows. */
  readonly everyBit?: boolean;
}

/** The answer to a decoded value in one look; what it says agrees with `reportOn`. */
export function glanceOf(decoded: Decode, subject: Subject, beside: Beside = {}): Glance {
  switch (decoded.register) {
    case "sev-status":
    case "sev-features":
      return featuresGlance(decoded, decoded.features, subject, beside);
    case "unsupported-features":
      return refusedGlance(decoded.features, guestOf(subject), beside);
    case "exit-info-1":
      return terminationGlance(reportOn(decoded, subject), decoded.reason, { channel: "nae" });
    case "ghcb-msr":
      return decoded.msr.reason === null
        ? leafGlance(reportOn(decoded, subject))
        : terminationGlance(reportOn(decoded, subject), decoded.msr.reason, {
            channel: "msr",
            guest: guestOf(subject),
          });
    case "guest-request-error":
      return leafGlance(reportOn(decoded, subject));
  }
}

/** SEV_STATUS or SEV_FEATURES of a running guest. */
function featuresGlance(
  decoded: Decode,
  set: FeatureSet,
  subject: Subject,
  { known = U64_MAX, mayBeKvm, everyBit }: Beside,
): Glance {
  const assessment = assessDecode(decoded, subject);
  const { register, value } = decoded;
  const title = say`${strong(REGISTER_LABELS[register])} ${code(hexShort(value))}`;
  const status = statusOf(decoded) ?? 0n;
  const lacking = assessment?.lacking ?? 0n;
  const glance = {
    ...bareGlance(title, say`${strong(withoutGuest(status, known))}`),
    bits: bitStates(decoded, lacking, known),
    rows: featureRows(set.features, assessment?.guest ?? null, assessment, everyBit),
    lines: implausibleLine(status),
  };
  if (assessment === null) return glance;
  const { verdict, guest, isCertain } = assessment;
  return {
    ...glance,
    verdict: answerOf(verdict, guest, isCertain),
    tone: toneOf(verdict, guest, isCertain),
    fix: fixFor(onHost(assessment.advised, mayBeKvm), guest),
  };
}

/** What a value says without a guest. */
function withoutGuest(status: bigint, known: bigint): string {
  if (hasBit(status, 2)) return "SEV-SNP is on";
  if ((known & SEV_SNP) === 0n) return "Whether SEV-SNP is on is not shown";
  if (hasBit(status, 1)) return "SEV-ES is on, SEV-SNP is off";
  return hasBit(status, 0) ? "SEV is on, SEV-SNP is off" : "SEV-SNP is off";
}

/** That a value cannot be the content of SEV_STATUS. */
function implausibleLine(status: bigint): Phrase[] {
  const isSnpAlone = hasBit(status, 2) && (status & 0b11n) !== 0b11n;
  if (!isSnpAlone && !(hasBit(status, 1) && !hasBit(status, 0))) return [];
  const present = featureNames(status & 0b111n).join(" ");
  return [say`⚠ ${present} alone: is this the right register?`];
}

/** The state of each bit of a register, bit 0 first. Masks are in SEV_STATUS bit positions. */
function bitStates({ register, value }: Decode, lacking: bigint, known: bigint): BitState[] {
  const shift = register === "sev-features" ? 2n : 0n;
  return Array.from({ length: 64 }, (_, bit) => {
    if (hasBit(value, bit)) return hasBit(lacking >> shift, bit) ? "lacking" : "set";
    // The two top bits of SEV_FEATURES have no position in SEV_STATUS.
    return bit + Number(shift) > 63 || hasBit(known >> shift, bit) ? "clear" : "open";
  });
}

/** SW_EXITINFO2 of a refusal: the features that the kernel has no code for. */
function refusedGlance(
  set: FeatureSet,
  guest: GuestProfile | null,
  { mayBeKvm, everyBit }: Beside,
): Glance {
  const { value, features } = set;
  const decoded = decode("unsupported-features", value);
  const title = say`${strong(REGISTER_LABELS["unsupported-features"])} ${code(hexShort(value))}`;
  const never = featureNames(value & ~EVER_REFUSED);
  if (value === 0n || never.length > 0) {
    const why =
      value === 0n
        ? say`${strong("No bit is set")}: no mask of unsupported features`
        : say`${strong("Not from Linux")}: no kernel refuses ${namesInBrief(never)}`;
    return {
      ...bareGlance(title, why, "unknown"),
      bits: bitStates(decoded, 0n, U64_MAX),
      rows: featureRows(features, guest, null, everyBit),
    };
  }
  const names = namesInBrief(featureNames(value));
  return {
    ...bareGlance(title, say`${strong("Guest refused to boot")} – missing ${names}`, "bad"),
    bits: bitStates(decoded, guest === null ? value : refusedBy(value, guest), U64_MAX),
    rows: refusedRows(features, guest, everyBit),
    lines: guest === null ? [] : fitLine(value, guest),
    fix: fixFor(onHost(adviseLacking(value | SEV_SNP, value, guest), mayBeKvm), guest),
  };
}

/** The refused features; without a guest, what the kernel that refused is missing. */
function refusedRows(
  features: FeatureSet["features"],
  guest: GuestProfile | null,
  everyBit?: boolean,
): GlanceRow[] {
  const rows = featureRows(features, guest, null, everyBit);
  return guest === null ? rows.map((row) => ({ ...row, sign: SIGNS.lacks, tone: "bad" })) : rows;
}

/** Whether a refusal of these features can come from a guest, in a few words. */
function fitLine(refused: bigint, guest: GuestProfile): Phrase[] {
  const { label, likely, check } = guest;
  const notLacked = namesInBrief(featureNames(refused & ~refusedBy(refused, guest)));
  if (check === null)
    return likely
      ? [say`${label} likely has no check: another kernel refused`]
      : [say`${label} has no check: another kernel refused`];
  if (notLacked === "")
    return likely ? [say`${label} likely fits this refusal`] : [say`${label} fits this refusal`];
  return likely
    ? [say`${label} likely does not refuse ${notLacked}: another kernel refused`]
    : [say`${label} does not refuse ${notLacked}: another kernel refused`];
}
