import { SEV_AND_ES, SEV_SNP_BIT, featureNames } from "../features";
import type { BootPath } from "../guest/catalogRow";
import { VTOM_BIT, requiredBelow } from "../guest/below";
import { DEFAULT_BOOT, check } from "../guest/check";
import type { BootConditions, Refusal, Verdict } from "../guest/check";
import { GHCB_VERSION_ADVICE } from "../guest/hostSwitches";
import type { GuestProfile, OwnWord } from "../guest/profile";
import type { Assumption } from "../guest/upstream";
import { hasBit, hexShort } from "../u64";
import type { Phrase } from "./phrase";
import { code, list, say, strong } from "./phrase";
import type { Tone } from "./report";
import { append } from "../lists";

const TONES: Readonly<Record<Verdict["outcome"], Tone>> = {
  boots: "good",
  refuses: "bad",
  undefined: "unknown",
  "not-snp": "neutral",
  "not-reached": "neutral",
};

/** A likely verdict is no verdict: its tone is that of what is not known. */
export function toneOf(verdict: Verdict, { likely }: GuestProfile): Tone {
  return likely && verdict.outcome !== "not-snp" ? "unknown" : TONES[verdict.outcome];
}

/** The verdict in one sentence, with the mark of what it rests on where that is a distribution's row. */
export function answerOf(verdict: Verdict, guest: GuestProfile): Phrase {
  const { label, likely } = guest;
  const lacks = list(verdict.lacks);
  const mark = markOf(guest);
  switch (verdict.outcome) {
    case "not-snp":
      return say`SEV-SNP is off, so ${label} checks no feature.`;
    case "not-reached":
      return say`${label} ${strong("does not reach the check")}: with vTom its kernel does not see this value (inferred), and such guests boot.`;
    case "boots":
      return likely
        ? say`${label} ${strong("likely boots")}${mark}: it likely lacks no enabled feature.`
        : say`${label} ${strong("boots")}${mark}: it lacks no enabled feature.`;
    case "undefined":
      return likely
        ? say`${label} likely has no check and no code for ${strong(lacks)}${mark}: what happens is ${strong("likely undefined")}.`
        : say`${label} has no check and no code for ${strong(lacks)}${mark}: what happens is ${strong("undefined")}.`;
    case "refuses":
      if (verdict.how === "svsm-panic") return svsmAnswer(verdict, guest);
      return likely
        ? say`${label} ${strong("likely refuses to boot")}${mark}: it likely lacks ${strong(lacks)}.`
        : say`${label} ${strong("refuses to boot")}${mark}: it lacks ${strong(lacks)}.`;
  }
}

/** The verdict where the SVSM refuses, in one sentence. */
function svsmAnswer(
  { missing, lacks }: Refusal & { readonly how: "svsm-panic" },
  { label }: GuestProfile,
): Phrase {
  const needs =
    missing === 0n ? "" : `it requires ${list(featureNames(missing))}, which this value lacks`;
  const not = lacks.length === 0 ? "" : `it does not support ${list(lacks)}`;
  const why = [needs, not].filter((part) => part !== "").join(", and ");
  return say`${label}: the SVSM ${strong("refuses to boot")}, before the kernel is asked: ${why}.`;
}

/** How an answer is known that was not read in upstream's code: for a distribution's kernel, or one that somebody defined. */
function markOf({ distribution, verification, own }: GuestProfile): string {
  if (own !== undefined) return ` (as ${own.definedIn} defines it)`;
  if (distribution === null || verification === "verified") return "";
  return ` (${verification})`;
}

/** What each boot path leaves in the logs, for a guest that does not boot with this SEV_STATUS value. */
export function consequencesOf(
  status: bigint,
  guest: GuestProfile,
  { ghcbVersion }: Pick<BootConditions, "ghcbVersion"> = DEFAULT_BOOT,
): Phrase[] {
  const verdict = check(status, guest);
  if (verdict.outcome === "undefined") return [undefinedConsequence(guest)];
  if (verdict.outcome === "not-snp" && hasBit(requiredBelow(guest.below), SEV_SNP_BIT))
    return [
      say`The SVSM itself requires SEV-SNP, and stops without it: a guest on it never has this value.`,
    ];
  if (verdict.outcome !== "refuses") return [];
  if (verdict.how === "svsm-panic") return [say`The SVSM panics: ${seenBy(verdict)}`];
  const paths: readonly BootPath[] = guest.check?.paths ?? [];
  const refuses = guest.likely ? "likely refuses" : "refuses";
  const whenNot = paths.includes("efi-stub")
    ? `Entered past its EFI stub (an IGVM file, a VMM that loads the kernel without firmware), the decompressor ${refuses}`
    : `The decompressor ${refuses}, on EFI boots too`;
  const host = check(status, guest, { boot: "decompressor", ghcbVersion });
  const consequences = host.outcome === "refuses" ? [say`${whenNot}: ${seenBy(host)}`] : [];
  if (paths.includes("efi-stub")) {
    const stub = check(status, guest, { boot: "efi-stub", ghcbVersion });
    if (stub.outcome === "refuses") {
      const how = guest.likely ? "it likely refuses there: " : "";
      consequences.unshift(
        say`Booted by its EFI stub (most guests under OVMF): ${how}${seenBy(stub)}`,
      );
    }
  }
  return consequences;
}

/** How a refusal ends the boot, in one sentence. */
export function endOf(refusal: Refusal, { likely }: GuestProfile): Phrase {
  const ends = likely ? "likely ends" : "ends";
  switch (refusal.how) {
    case "ghcb-termination":
      return say`Its decompressor ${ends} the boot with a GHCB termination.`;
    case "ghcb-msr-termination":
      return say`Its decompressor ${ends} the boot with a GHCB MSR termination, which loses the mask.`;
    case "efi-unsupported":
      return say`Its EFI stub ${ends} the boot and goes back to the firmware, without a termination.`;
    case "svsm-panic":
      return say`The SVSM ends the boot with a GHCB MSR termination.`;
  }
}

/** Where a refusal shows, and as what. */
export function seenBy(refusal: Refusal): Phrase {
  switch (refusal.how) {
    case "ghcb-termination":
      return say`a termination by the GHCB, ${code("SW_EXITINFO1")} ${code(hexShort(refusal.exitInfo1))} and ${code("SW_EXITINFO2")} ${code(hexShort(refusal.exitInfo2))}. The host's log has ${code(`kvm_amd: SEV-ES guest requested termination: reason ${hexShort(refusal.exitInfo1)} info ${hexShort(refusal.exitInfo2)}`)} (KVM 6.10 and later; older KVM prints ${code("vmgexit: exit code 0x8000fffe is not valid")}, without the mask, and the guest hangs in silence: inferred).`;
    case "svsm-panic":
      return say`its console has ${code(refusal.missing === 0n ? "Unsupported features enabled:" : "Required features not available:")} and the names, then a termination by the GHCB MSR protocol, ${code(hexShort(refusal.ghcbMsr))}. The host's log has ${code("SEV-ES guest requested termination: 0x0:0x0")}, without a mask.`;
    case "ghcb-msr-termination":
      return say`a termination by the GHCB MSR protocol, ${code(hexShort(refusal.ghcbMsr))}, because the GHCB version is below 2. The host's log has ${code("SEV-ES guest requested termination: 0x0:0x2")}; the mask is lost. ${GHCB_VERSION_ADVICE}`;
    case "efi-unsupported":
      if (!refusal.showsMask) {
        return say`the guest's console has ${code("Unsupported SEV-SNP features detected")} without the mask, which is ${code(hexShort(refusal.unsupported))}, and the firmware takes over again. Nothing reaches the host's log.`;
      }
      return say`the guest's console has ${code(`EFI stub: ERROR: Unsupported SEV-SNP features detected: ${hexShort(refusal.unsupported)}`)} and the firmware takes over again. Nothing reaches the host's log. (The prefix ${code("EFI stub: ERROR:")} is unverified.)`;
  }
}

function undefinedConsequence({ snpGuest, distribution, likely }: GuestProfile): Phrase {
  const perhaps = likely ? "likely " : "";
  if (distribution !== null) {
    return snpGuest
      ? say`This kernel ${perhaps}has SEV-SNP guest code without the check: it starts with features it does not know, and may work, hang or corrupt its state. No log line says which.`
      : say`This kernel ${perhaps}has no SEV-SNP guest code at all, or it is compiled out: it cannot be expected to run.`;
  }
  return snpGuest
    ? say`The kernel predates the check (6.2, and 6.1.9 in 6.1.y): it starts with features it does not know, and may work, hang or corrupt its state. No log line says which.`
    : say`The kernel has no SEV-SNP guest code at all (5.19 brought it): it cannot be expected to run.`;
}

const ASSUMPTIONS: Readonly<Record<Exclude<Assumption["code"], "unknown">, string>> = {
  "older-than-catalog": "is older than the catalog",
  "newer-than-catalog": "is newer than the catalog",
  "between-branches": "is of a branch that the catalog has no row for",
  "point-release": "is a point release that the catalog has no row for",
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
      say`What ${label} checks is ${strong("unknown")}: likely as ${assumption.from}, and every answer is no more than likely.`,
    );
  } else if (assumption !== null) {
    notes.push(
      say`${label} ${ASSUMPTIONS[assumption.code]}: ${strong("assumed")} from upstream ${assumption.from}${likely ? ", and every answer is no more than likely" : ""}.`,
    );
  }
  if (secureAvicIgnored) {
    notes.push(
      say`${label} has no ${code("CONFIG_AMD_SECURE_AVIC")} (6.18 brought it); the option was ignored.`,
    );
  }
  return notes;
}

const VERIFICATIONS = {
  derived: "is concluded from the commits that changed it; its own source was not read.",
  inferred: "is inferred; its own source was not read.",
  unverified: "is unverified.",
} as const;

/** Whose kernel a guest is, where its release says so, or who defined it. */
export function distributionOf({ label, distribution, upstream, own }: GuestProfile): Phrase[] {
  if (own !== undefined) return [ownSentence(label, own), ...baseOf(own).flatMap(distributionOf)];
  if (distribution === null) return [];
  const name = `${distribution.distribution} ${distribution.release}`;
  // A row that was named itself need not be told again.
  if (label.startsWith(name)) return [];
  return [
    say`${label} is of ${name}${upstream === null ? "" : `, made from upstream ${upstream}`}.`,
  ];
}

function baseOf({ base }: OwnWord): GuestProfile[] {
  return base === null ? [] : [base];
}

function ownSentence(label: string, own: OwnWord): Phrase {
  const base = own.base === null ? "" : `, made from ${own.base.label}`;
  return say`${label} is a guest of your own${base}: it is as ${own.definedIn} defines it.`;
}

/** What must be known to trust the verdict for a SEV_STATUS value. */
export function verdictNotes(status: bigint, guest: GuestProfile): Phrase[] {
  const { verification, label } = guest;
  const notes = [...distributionOf(guest), ...assumptionOf(guest), ...otherwiseOf(status, guest)];
  if (verification !== "verified" && verification !== "unknown" && verification !== "own") {
    const what = guest.check === null ? `That ${label} has no check` : `What ${label} checks`;
    notes.push(say`${what} ${VERIFICATIONS[verification]}`);
  }
  append(
    notes,
    guest.notes.map((note) => say`${note}`),
  );
  if (
    guest.below === undefined &&
    hasBit(status, VTOM_BIT) &&
    check(status, guest).outcome === "refuses"
  ) {
    notes.push(
      say`With vTom set a paravisor runs the guest: on Azure such guests boot, because the kernel does not see this value (mechanism inferred). The verdict is for a kernel that reads it itself.`,
    );
  }
  return notes;
}

/** The verdict that would hold otherwise, where it is another one. */
function otherwiseOf(status: bigint, guest: GuestProfile): Phrase[] {
  if (guest.otherwise === null) return [];
  const { when, answer } = guest.otherwise;
  const verdict = check(status, answer);
  const given = check(status, guest);
  if (verdict.outcome === given.outcome && verdict.unsupported === given.unsupported) return [];
  const perhaps = guest.likely ? "likely " : "";
  const lacks = verdict.lacks.length === 0 ? "" : ` (${list(verdict.lacks)})`;
  return [say`If ${when}, it ${perhaps}${IN_BRIEF[verdict.outcome]}${lacks} instead.`];
}

const IN_BRIEF: Readonly<Record<Verdict["outcome"], string>> = {
  boots: "boots",
  refuses: "refuses to boot",
  undefined: "has no check, and what happens is undefined",
  "not-snp": "checks nothing",
  "not-reached": "does not reach the check",
};

/** Why a SEV_STATUS value can be no register's content, or null. */
export function implausible(status: bigint): Phrase | null {
  const withoutBelow = hasBit(status, SEV_SNP_BIT) && (status & SEV_AND_ES) !== SEV_AND_ES;
  if (!withoutBelow && !(hasBit(status, 1) && !hasBit(status, 0))) return null;
  const present = list(featureNames(status & 0b111n));
  return say`No SEV_STATUS can hold ${present} alone: each of SEV, SEV-ES and SEV-SNP needs the ones before it. Is this the right register?`;
}
