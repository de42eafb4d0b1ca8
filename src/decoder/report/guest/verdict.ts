import { SEV_AND_ES, SEV_SNP_BIT, featureNames } from "../../features";
import type { Assessed } from "../../guest/assessment";
import { assess } from "../../guest/assessment";
import { VTOM_BIT } from "../../guest/below";
import type { Verdict } from "../../guest/check";
import { GHCB_VERSION_ADVICE } from "../../guest/advice/hostSwitches";
import type { GuestProfile, OwnWord } from "../../guest/profile";
import type { Assumption } from "../../guest/catalog/upstream";
import { hasBit } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { Tone } from "../report";
import { bugInFull } from "./bugs";
import { seenWays } from "./seen";

export { answerOf } from "./verdictWords";

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

/** What each boot path leaves in the logs, for a guest that does not boot. */
export function consequencesOf(assessment: Assessed): Phrase[] {
  const { verdict, guest, requiredBelow } = assessment;
  if (verdict.outcome === "not-snp" && hasBit(requiredBelow, SEV_SNP_BIT))
    return [say`The SVSM requires SEV-SNP and stops without it: no guest on it has this value.`];
  if (verdict.outcome !== "refuses" && verdict.outcome !== "undefined") return [];
  return seenWays(assessment).map(({ title, lines }) => {
    const seen = lines.flatMap(({ where, line, note }, index) => {
      const space = index === 0 ? "" : " ";
      return line === null
        ? say`${space}${where}: ${note}`
        : say`${space}${where}: ${code(line)} (${note})`;
    });
    return guest.likely ? say`${title}, likely – ${seen}` : say`${title} – ${seen}`;
  });
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
  const { sure, likely } = INSTEAD[verdict.outcome];
  const lacks = verdict.lacks.length === 0 ? "" : ` (${list(verdict.lacks)})`;
  return [say`${guest.likely ? likely(when) : sure(when)}${lacks}.`];
}

/** What holds instead, and when; with the missing features after it. */
const INSTEAD: Readonly<
  Record<Verdict["outcome"], Readonly<Record<"sure" | "likely", (when: string) => string>>>
> = {
  boots: {
    sure: (when) => `If ${when}, it boots instead`,
    likely: (when) => `If ${when}, it likely boots instead`,
  },
  refuses: {
    sure: (when) => `If ${when}, it refuses to boot instead`,
    likely: (when) => `If ${when}, it likely refuses to boot instead`,
  },
  undefined: {
    sure: (when) => `If ${when}, it has no check instead, and the result is undefined`,
    likely: (when) => `If ${when}, it likely has no check instead, and the result is undefined`,
  },
  "not-snp": {
    sure: (when) => `If ${when}, it checks nothing instead`,
    likely: (when) => `If ${when}, it likely checks nothing instead`,
  },
  "not-reached": {
    sure: (when) => `If ${when}, it does not reach the check instead`,
    likely: (when) => `If ${when}, it likely does not reach the check instead`,
  },
};

/** Why a value cannot be the content of SEV_STATUS, or null. */
export function implausible(status: bigint): Phrase | null {
  const withoutBelow = hasBit(status, SEV_SNP_BIT) && (status & SEV_AND_ES) !== SEV_AND_ES;
  if (!withoutBelow && !(hasBit(status, 1) && !hasBit(status, 0))) return null;
  const present = list(featureNames(status & 0b111n));
  return say`No SEV_STATUS has ${present} alone: SEV-ES needs SEV, and SEV-SNP needs both. Is this the right register?`;
}
