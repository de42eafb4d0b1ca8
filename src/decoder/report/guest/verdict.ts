import { SEV_AND_ES, SEV_SNP_BIT, featureNames } from "../../features";
import type { Assessed } from "../../guest/assessment";
import { assess } from "../../guest/assessment";
import { VTOM_BIT } from "../../guest/below";
import type { Refusal, Verdict } from "../../guest/check";
import { GHCB_VERSION_ADVICE } from "../../guest/advice/hostSwitches";
import type { GuestProfile, OwnWord } from "../../guest/profile";
import type { Assumption } from "../../guest/catalog/upstream";
import { hasBit, hexShort } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { Tone } from "../report";
import { bugInFull } from "./bugs";
import { MSR_LINE, hostLine, svsmLine } from "./seen";

const TONES: Readonly<Record<Verdict["outcome"], Tone>> = {
  boots: "good",
  refuses: "bad",
  undefined: "unknown",
  "not-snp": "neutral",
  "not-reached": "neutral",
};

/** A likely or uncertain verdict has the tone of what is not known. */
export function toneOf({ outcome }: Verdict, { likely }: GuestProfile, isCertain = true): Tone {
  return (likely && outcome !== "not-snp") || !isCertain ? "unknown" : TONES[outcome];
}

/** The verdict in one sentence, with the mark of what it rests on where that is a distribution's row. */
export function answerOf(verdict: Verdict, guest: GuestProfile, isCertain = true): Phrase {
  const { label } = guest;
  const lacks = list(verdict.lacks);
  const mark = markOf(guest);
  const perhaps = perhapsOf(guest);
  switch (verdict.outcome) {
    case "not-snp":
      return say`SEV-SNP is off, so ${label} checks no feature.`;
    case "not-reached":
      if (guest.isNotReached === true)
        return say`${label} ${strong("does not reach the check")}${mark}: its loader places the uncompressed kernel, and nothing tests SEV_STATUS.`;
      return say`${label} ${strong("does not reach the check")}: with vTom the paravisor hides this value from the kernel. Such guests boot.`;
    case "boots":
      return isCertain
        ? say`${label} ${strong(`${perhaps}boots`)}${mark}: it ${perhaps}supports every enabled feature.`
        : say`${label} ${strong(`${perhaps}boots`)}${mark} with these features; others may be enabled.`;
    case "undefined":
      return verdict.unchecked === "on-boot-path"
        ? say`${label} ${perhaps}has no code for ${strong(lacks)}${mark}, and checks nothing where a loader places it uncompressed: the result is ${strong(`${perhaps}undefined`)}.`
        : say`${label} ${perhaps}has no check and no code for ${strong(lacks)}${mark}: the result is ${strong(`${perhaps}undefined`)}.`;
    case "refuses":
      if (verdict.how === "svsm-panic") return svsmAnswer(verdict, guest);
      if (verdict.unsupported === 0n)
        return say`${label} ${strong(`${perhaps}refuses to boot`)}${mark}: SEV-SNP needs GHCB version 2.`;
      return say`${label} ${strong(`${perhaps}refuses to boot`)}${mark}: ${perhaps}missing ${strong(lacks)}.`;
  }
}

function perhapsOf({ likely }: GuestProfile): string {
  return likely ? "likely " : "";
}

/** The verdict where the SVSM refuses, in one sentence. */
function svsmAnswer(
  { missing, lacks }: Refusal & { readonly how: "svsm-panic" },
  { label }: GuestProfile,
): Phrase {
  const needs = missing === 0n ? "" : `it requires ${list(featureNames(missing))}`;
  const not = lacks.length === 0 ? "" : `it does not support ${list(lacks)}`;
  const why = [needs, not].filter((part) => part !== "").join(", and ");
  return say`${label}: the SVSM ${strong("refuses to boot")} before the kernel starts: ${why}.`;
}

/** How sure an answer is for a distribution's kernel, or where the guest is defined. */
function markOf({ distribution, verification, own }: GuestProfile): string {
  if (own !== undefined) return ` (as defined in ${own.definedIn})`;
  if (distribution === null || verification === "verified") return "";
  return ` (${verification})`;
}

/** What each boot path leaves in the logs, for a guest that does not boot. */
export function consequencesOf(assessment: Assessed): Phrase[] {
  const { verdict, guest, requiredBelow } = assessment;
  if (verdict.outcome === "undefined")
    return verdict.unchecked === "by-kernel"
      ? [undefinedConsequence(guest)]
      : [...uncheckedConsequence(assessment), ...checkedConsequences(assessment)];
  if (verdict.outcome === "not-snp" && hasBit(requiredBelow, SEV_SNP_BIT))
    return [say`The SVSM requires SEV-SNP and stops without it: no guest on it has this value.`];
  if (verdict.outcome !== "refuses") return [];
  if (verdict.how === "svsm-panic") return [say`The SVSM panics: ${seenBy(verdict)}`];
  return [...checkedConsequences(assessment), ...uncheckedConsequence(assessment)];
}

/** What is left where a loader places the kernel uncompressed; nothing to say where that makes no difference. */
function uncheckedConsequence(assessment: Assessed): Phrase[] {
  if (assessment.on("uncompressed")?.outcome !== "undefined") return [];
  return [
    say`Placed uncompressed by its loader (${code("vmlinux")}: OpenHCL and others): no check runs, and the result is ${perhapsOf(assessment.guest)}undefined. No log line says so.`,
  ];
}

/** What the EFI stub and the decompressor leave in the logs. */
function checkedConsequences(assessment: Assessed): Phrase[] {
  const { guest } = assessment;
  const hasStub = guest.check?.paths.includes("efi-stub") === true;
  const stops = `${perhapsOf(guest)}stops the boot`;
  const whenNot = hasStub
    ? `Without the EFI stub (IGVM, direct boot): the decompressor ${stops}`
    : `The decompressor ${stops}, also after an EFI boot`;
  const stub = hasStub ? assessment.on("efi-stub") : null;
  const host = assessment.on("decompressor");
  const how =
    stub?.outcome === "refuses" && stub.unsupported === 0n
      ? "after ExitBootServices (seen in 6.1.170, else inferred), "
      : guest.likely
        ? "the stub likely stops the boot: "
        : "";
  return [
    ...(stub?.outcome === "refuses"
      ? [say`With the EFI stub (most guests under OVMF): ${how}${seenBy(stub)}`]
      : []),
    ...(host?.outcome === "refuses" ? [say`${whenNot}: ${seenBy(host)}`] : []),
  ];
}

/** How a refusal ends the boot, in one sentence. */
export function endOf(refusal: Refusal, guest: GuestProfile): Phrase {
  const ends = `${perhapsOf(guest)}ends`;
  switch (refusal.how) {
    case "ghcb-termination":
      return say`The decompressor ${ends} the boot with a GHCB termination.`;
    case "ghcb-msr-termination":
      if (refusal.unsupported === 0n)
        return say`The kernel ${ends} the boot with a GHCB MSR termination.`;
      return refusal.because === "ghcb-version"
        ? say`The decompressor ${ends} the boot with a GHCB MSR termination, which loses the mask.`
        : say`The decompressor ${ends} the boot with a GHCB MSR termination: a known bug of this kernel loses the mask.`;
    case "efi-unsupported":
      return say`The EFI stub ${ends} the boot and returns to the firmware, without a termination.`;
    case "svsm-panic":
      return say`The SVSM ends the boot with a GHCB MSR termination.`;
  }
}

/** Where a refusal shows, and as what. */
function seenBy(refusal: Refusal): Phrase {
  switch (refusal.how) {
    case "ghcb-termination":
      return say`a termination by the GHCB, ${code("SW_EXITINFO1")} ${code(hexShort(refusal.exitInfo1))} and ${code("SW_EXITINFO2")} ${code(hexShort(refusal.exitInfo2))}. The host's log has ${code(hostLine(refusal.exitInfo1, refusal.exitInfo2))} (KVM 6.10 and later). Vendors' host kernels with an older KVM print ${code("vmgexit: exit code 0x8000fffe is not valid")} without the mask, and the guest hangs.`;
    case "svsm-panic":
      return say`the SVSM's console has ${code(svsmLine(refusal.missing))} and the names, then a termination by the GHCB MSR protocol, ${code(hexShort(refusal.ghcbMsr))}. The host's log has ${code("SEV-ES guest requested termination: 0x0:0x0")}, without a mask.`;
    case "ghcb-msr-termination":
      return refusal.because === "ghcb-version"
        ? say`a termination by the GHCB MSR protocol, ${code(hexShort(refusal.ghcbMsr))}, because the GHCB version is below 2. The host's log has ${code(MSR_LINE)}${refusal.unsupported === 0n ? "" : "; the mask is lost"}.`
        : say`a termination by the GHCB MSR protocol, ${code(hexShort(refusal.ghcbMsr))}: a known bug of this kernel loses the mask, ${code(hexShort(refusal.unsupported))}. The host's log has ${code(MSR_LINE)}.`;
    case "efi-unsupported":
      if (!refusal.showsMask) {
        return say`the guest's console has ${code(refusal.message)} without the mask, which is ${code(hexShort(refusal.unsupported))}, and the firmware takes over. The host's log has nothing.`;
      }
      return say`the guest's console has ${code(refusal.message)} and the firmware takes over. The host's log has nothing.`;
  }
}

function undefinedConsequence(guest: GuestProfile): Phrase {
  const { snpGuest, distribution } = guest;
  const perhaps = perhapsOf(guest);
  if (distribution !== null) {
    return snpGuest
      ? say`This kernel ${perhaps}has SEV-SNP guest code without the check: it ignores features it does not know, and may work, hang or corrupt its state. No log line says which.`
      : say`This kernel ${perhaps}has no SEV-SNP guest code at all, or it is compiled out: do not expect it to run.`;
  }
  return snpGuest
    ? say`The kernel predates the check (6.2, and 6.1.9 in 6.1.y): it ignores features it does not know, and may work, hang or corrupt its state. No log line says which.`
    : say`The kernel has no SEV-SNP guest code at all (added in 5.19): do not expect it to run.`;
}

const ASSUMPTIONS: Readonly<Record<Exclude<Assumption["code"], "unknown">, string>> = {
  "older-than-catalog": "is older than the catalog",
  "newer-than-catalog": "is newer than the catalog",
  "between-branches": "is from a branch that is not in the catalog",
  "point-release": "is a point release that is not in the catalog",
  "release-candidate": "is a release candidate",
  distribution: "is a distribution's build",
};

/** What the answer for a guest rests on, where it is not the catalog's own row for it. */
export function assumptionOf(guest: GuestProfile): Phrase[] {
  const { label, assumption, secureAvicIgnored, likely, own } = guest;
  if (assumption === null && !secureAvicIgnored) return [];
  if (own !== undefined) return baseOf(own).flatMap(assumptionOf);
  const notes: Phrase[] = [];
  if (assumption?.code === "unknown") {
    notes.push(
      say`What ${label} checks is ${strong("unknown")}: likely the same as ${assumption.from}. Every answer is only likely.`,
    );
  } else if (assumption !== null) {
    notes.push(
      say`${label} ${ASSUMPTIONS[assumption.code]}: ${strong("assumed")} from upstream ${assumption.from}.${likely ? " Every answer is only likely." : ""}`,
    );
  }
  if (secureAvicIgnored) {
    notes.push(
      say`${label} has no ${code("CONFIG_AMD_SECURE_AVIC")} (added in 6.18): the option is ignored.`,
    );
  }
  return notes;
}

const VERIFICATIONS = {
  derived: "is derived from the commits that changed it; its own source was not read.",
  inferred: "is inferred; its own source was not read.",
  unverified: "is unverified.",
} as const;

/** The distribution of a kernel, where its release names one, or where the guest is defined. */
export function distributionOf({ label, distribution, upstream, own }: GuestProfile): Phrase[] {
  if (own !== undefined) return [ownSentence(label, own), ...baseOf(own).flatMap(distributionOf)];
  if (distribution === null) return [];
  const name = `${distribution.distribution} ${distribution.release}`;
  // The label of a row already says it.
  if (label.startsWith(name)) return [];
  return [
    say`${label} is from ${name}${upstream === null ? "" : `, based on upstream ${upstream}`}.`,
  ];
}

/** The distribution of a guest, and what is assumed of it. */
export function aboutGuest(guest: GuestProfile): Phrase[] {
  return [...distributionOf(guest), ...assumptionOf(guest)];
}

function baseOf({ base }: OwnWord): GuestProfile[] {
  return base === null ? [] : [base];
}

function ownSentence(label: string, own: OwnWord): Phrase {
  const base = own.base === null ? "" : `, based on ${own.base.label}`;
  return say`${label} is a guest that you defined in ${own.definedIn}${base}.`;
}

/** What must be known to trust a verdict. */
export function verdictNotes(assessment: Assessed): Phrase[] {
  const { guest, status, verdict } = assessment;
  const { verification, below } = guest;
  const notes = [...aboutGuest(guest), ...otherwiseOf(assessment)];
  if (verification !== "verified" && verification !== "unknown" && verification !== "own") {
    notes.push(say`${aboutCheck(guest)} ${VERIFICATIONS[verification]}`);
  }
  for (const note of guest.notes) notes.push(say`${note}`);
  // The answer names both boot paths, whichever was asked for.
  const inDecompressor = assess(status, guest, {
    ...assessment.conditions,
    boot: "decompressor",
  });
  for (const bug of inDecompressor.bugs) notes.push(bugInFull(bug));
  if (verdict.outcome === "refuses" && assessment.conditions.ghcbVersion < 2)
    notes.push(say`${GHCB_VERSION_ADVICE}`);
  if (below === undefined && hasBit(status.value, VTOM_BIT) && verdict.outcome === "refuses") {
    notes.push(
      say`With vTom a paravisor runs the guest. On Azure such guests boot, because the paravisor hides this value from the kernel. The verdict is for a kernel that reads it itself.`,
    );
  }
  return notes;
}

/** What is known of a guest's check, as the subject of a sentence. */
function aboutCheck({ label, check, isNotReached }: GuestProfile): string {
  if (isNotReached === true) return `That ${label} does not reach its check`;
  return check === null ? `That ${label} has no check` : `What ${label} checks`;
}

/** The verdict that would hold otherwise, where it is another one. */
function otherwiseOf({ otherwise, guest }: Assessed): Phrase[] {
  if (otherwise === null) return [];
  const { when, verdict } = otherwise;
  const lacks = verdict.lacks.length === 0 ? "" : ` (${list(verdict.lacks)})`;
  return [say`If ${when}, it ${perhapsOf(guest)}${IN_BRIEF[verdict.outcome]}${lacks} instead.`];
}

const IN_BRIEF: Readonly<Record<Verdict["outcome"], string>> = {
  boots: "boots",
  refuses: "refuses to boot",
  undefined: "has no check, and the result is undefined",
  "not-snp": "checks nothing",
  "not-reached": "does not reach the check",
};

/** Why a value cannot be the content of SEV_STATUS, or null. */
export function implausible(status: bigint): Phrase | null {
  const withoutBelow = hasBit(status, SEV_SNP_BIT) && (status & SEV_AND_ES) !== SEV_AND_ES;
  if (!withoutBelow && !(hasBit(status, 1) && !hasBit(status, 0))) return null;
  const present = list(featureNames(status & 0b111n));
  return say`No SEV_STATUS has ${present} alone: SEV-ES needs SEV, and SEV-SNP needs both. Is this the right register?`;
}
