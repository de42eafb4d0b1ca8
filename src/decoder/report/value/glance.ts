import { SEV_SNP, featureNames } from "../../features";
import type { FeatureSet } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import type { Advised } from "../../guest/advice/advise";
import { BELOW } from "../../guest/below";
import type { Assessed, Subject } from "../../guest/assessment";
import { assessDecode, guestOf } from "../../guest/assessment";
import type { Verdict } from "../../guest/check";
import { EVER_REFUSED, refusedBy } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Decode } from "../../register/decode";
import { decode, statusOf } from "../../register/decode";
import { U64_MAX, hasBit, hexShort } from "../../text/u64";
import type { BitState, Glance, GlanceRow } from "../glance";
import { bareGlance } from "../glance";
import { toneOf } from "../guest/verdict";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import { SIGNS } from "../report";
import { REGISTER_LABELS, reportOn } from "./decodeReport";
import { featureRows, namesInBrief } from "./featureRows";
import { fixFor } from "./glanceFix";
import { leafGlance, terminationGlance } from "./leafGlance";

/** The answer to a decoded value in one look; what it says agrees with `reportOn`. */
export function glanceOf(decoded: Decode, subject: Subject): Glance {
  switch (decoded.register) {
    case "sev-status":
    case "sev-features":
      return featuresGlance(decoded, decoded.features, subject);
    case "unsupported-features":
      return refusedGlance(decoded.features, guestOf(subject));
    case "exit-info-1":
      return terminationGlance(reportOn(decoded, subject), decoded.reason, { channel: "nae" });
    case "ghcb-msr":
      return decoded.msr.reason === null
        ? leafGlance(reportOn(decoded, subject))
        : terminationGlance(reportOn(decoded, subject), decoded.msr.reason, { channel: "msr" });
    case "guest-request-error":
      return leafGlance(reportOn(decoded, subject));
  }
}

/** SEV_STATUS or SEV_FEATURES of a running guest. `known`: the bits, in SEV_STATUS, that the text shows. */
export function featuresGlance(
  decoded: Decode,
  set: FeatureSet,
  subject: Subject,
  { known = U64_MAX, advice = (advised: Advised) => advised } = {},
): Glance {
  const assessment = assessDecode(decoded, subject);
  const { register, value } = decoded;
  const title = say`${strong(REGISTER_LABELS[register])} ${code(hexShort(value))}`;
  const status = statusOf(decoded) ?? 0n;
  const lacking = assessment?.lacking ?? 0n;
  const glance = {
    ...bareGlance(title, say`${strong(withoutGuest(status, known))}`),
    bits: bitStates(decoded, lacking, known),
    rows: featureRows(set.features, assessment?.guest ?? null, assessment),
    lines: implausibleLine(status),
  };
  if (assessment === null) return glance;
  const { verdict, guest, isCertain } = assessment;
  return {
    ...glance,
    verdict: verdictPhrase(verdict, assessment),
    tone: toneOf(verdict, guest, isCertain),
    fix: fixFor(advice(assessment.advised), guest),
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

/** A degree sign where the report explains what the verdict rests on. */
function caveat({ assumption, likely, otherwise, verification }: GuestProfile): string {
  if (likely) return "";
  const isSure = verification !== "inferred" && verification !== "unverified";
  return assumption === null && otherwise === null && isSure ? "" : "°";
}

function verdictPhrase(verdict: Verdict, { guest, isCertain, missingBelow }: Assessed): Phrase {
  const { label, below } = guest;
  const perhaps = guest.likely ? "likely " : "";
  const mark = caveat(guest);
  const names = namesInBrief(verdict.lacks);
  switch (verdict.outcome) {
    case "not-snp":
      return say`${strong("SEV-SNP is off")} – ${label} checks no feature`;
    case "not-reached":
      return guest.isNotReached === true
        ? say`${strong(`${label}${mark} does not reach the check`)} – its loader goes around it`
        : say`${strong(`${label} does not reach the check`)} – the paravisor hides this value`;
    case "boots":
      return isCertain
        ? say`${strong(`${label} ${perhaps}boots${mark}`)} – supports every enabled feature`
        : say`${strong(`${label} ${perhaps}boots${mark}`)} with these – others may be on`;
    case "undefined":
      return verdict.unchecked === "on-boot-path"
        ? say`${strong(`${label}: ${perhaps}undefined${mark}`)} – uncompressed, so no check; missing ${names}`
        : say`${strong(`${label}: ${perhaps}undefined${mark}`)} – no check, missing ${names}`;
    case "refuses": {
      if (verdict.how === "svsm-panic") {
        const off = namesInBrief(featureNames(missingBelow));
        const parts = [
          ...(missingBelow === 0n ? [] : [`requires ${off}`]),
          ...(names === "" ? [] : [`does not support ${names}`]),
        ];
        return say`${strong(`${below === undefined ? "The SVSM" : BELOW[below].name} refuses to boot`)} – ${parts.join(", ")}`;
      }
      const why = verdict.unsupported === 0n ? "SEV-SNP needs GHCB version 2" : `missing ${names}`;
      return say`${strong(`${label} ${perhaps}refuses to boot${mark}`)} – ${why}`;
    }
  }
}

/** SW_EXITINFO2 of a refusal: the features that the kernel has no code for. */
export function refusedGlance(
  set: FeatureSet,
  guest: GuestProfile | null,
  { advice = (advised: Advised) => advised } = {},
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
      rows: featureRows(features, guest, null),
    };
  }
  const names = namesInBrief(featureNames(value));
  return {
    ...bareGlance(title, say`${strong("Guest refused to boot")} – missing ${names}`, "bad"),
    bits: bitStates(decoded, guest === null ? value : refusedBy(value, guest), U64_MAX),
    rows: refusedRows(features, guest),
    lines: guest === null ? [] : fitLine(value, guest),
    fix: fixFor(advice(adviseLacking(value | SEV_SNP, value, guest)), guest),
  };
}

/** The refused features; without a guest, what the kernel that refused is missing. */
function refusedRows(features: FeatureSet["features"], guest: GuestProfile | null): GlanceRow[] {
  const rows = featureRows(features, guest, null);
  return guest === null ? rows.map((row) => ({ ...row, sign: SIGNS.lacks, tone: "bad" })) : rows;
}

/** Whether a refusal of these features can come from a guest, in a few words. */
function fitLine(refused: bigint, guest: GuestProfile): Phrase[] {
  const { label, likely, check } = guest;
  const perhaps = likely ? "likely " : "";
  const notLacked = namesInBrief(featureNames(refused & ~refusedBy(refused, guest)));
  if (check === null) return [say`${label} ${perhaps}has no check: another kernel refused`];
  return notLacked === ""
    ? [say`${label} ${perhaps}fits this refusal`]
    : [say`${label} ${perhaps}does not refuse ${notLacked}: another kernel refused`];
}
