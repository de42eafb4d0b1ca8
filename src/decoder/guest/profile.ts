import type { BelowId } from "./below";
import { BELOW, splitBelow } from "./below";
import { bugsOf } from "./catalog/bugs";
import type { CatalogRow, Verification } from "./catalog/row";
import { VERIFICATIONS } from "./catalog/row";
import type { Checking } from "./checking";
import { builtWithSecureAvic } from "./catalog/behaviour";
import type { Behaviour, DistributionRow, Otherwise } from "./distributions";
import { DISTRIBUTIONS, distributionRow, isUnread } from "./distributions";
import type { Release } from "./catalog/release";
import { parseRelease, releaseText } from "./catalog/release";
import type { GuestName } from "./guestName";
import { parseGuest } from "./guestName";
import type { Assumption } from "./catalog/upstream";
import { upstreamRow } from "./catalog/upstream";

/** Where a user's own guest comes from. */
export interface OwnWord {
  /** The setting or file that defines it: `sevStatus.guests`. */
  readonly definedIn: string;
  /** The guest that it is based on, if any. */
  readonly base: GuestProfile | null;
}

/** A guest kernel: what it checks, and how that is known. */
export interface GuestProfile extends Checking {
  /** `linux-` and the release as it was given, or a distribution row's id; names the same guest again, except where a banner said more. */
  readonly id: string;
  /** For people: `Linux 6.12.80`. */
  readonly label: string;
  /** Why the facts are not those of just this release; null where they are. */
  readonly assumption: Assumption | null;
  /** Nobody has read this kernel's source: every answer is only likely. */
  readonly likely: boolean;
  /** `+secure-avic` was asked for, but this kernel has no CONFIG_AMD_SECURE_AVIC. */
  readonly secureAvicIgnored: boolean;
  /** The id of the row that has the facts: the distribution's, else upstream's. */
  readonly row: string;
  /** The distribution's row; null for upstream kernels, and where no row matches. */
  readonly distribution: DistributionRow | null;
  /** The upstream release it is based on, where its own number does not say it; else null. */
  readonly upstream: string | null;
  /** The weakest evidence behind the facts; `own` for a guest that a user defined. */
  readonly verification: Verification | "own";
  readonly sources: readonly string[];
  readonly notes: readonly string[];
  /** What may hold instead, and when, if anything. */
  readonly otherwise: { readonly when: string; readonly answer: Checking } | null;
  /** Only for a guest that a user defined. */
  readonly own?: OwnWord;
}

/** How many texts keep their profile: a log may repeat one banner hundreds of thousands of times. */
const MOST_KEPT = 256;
const LONGEST_KEPT = 4096;
/** The texts looked up last, the latest at the end. */
const KEPT = new Map<string, GuestProfile | null>();

/**
 * The profile of a guest as people name it (see `parseGuest`), or by a row's id, with `+svsm`, `+paravisor` or
 * `+ovmf` for what runs below its kernel; null where the text names no kernel.
 */
export function guestProfile(text: string): GuestProfile | null {
  if (text.length > LONGEST_KEPT) return profileNamed(text);
  let profile = KEPT.get(text);
  if (profile === undefined) {
    // A copy: a part of a log's text would keep all of that text in memory.
    const copy = text.split("").join("");
    profile = Object.freeze(profileNamed(copy));
    KEPT.set(copy, profile);
    if (KEPT.size > MOST_KEPT) KEPT.delete(KEPT.keys().next().value ?? "");
  } else if (KEPT.size === MOST_KEPT) {
    KEPT.delete(text);
    KEPT.set(text, profile);
  }
  return profile;
}

function profileNamed(text: string): GuestProfile | null {
  const { guest, below } = splitBelow(text);
  const name = parseGuest(guest);
  const profile = name === null ? byId(guest) : profileOf(name);
  if (profile === null || below === null) return profile;
  // A kernel has one thing below it; a second name is no part of a release.
  return splitBelow(guest).below === null ? withBelow(profile, below) : null;
}

/** The same guest with this software below its kernel. */
export function withBelow(guest: GuestProfile, below: BelowId): GuestProfile {
  const { name, source, note } = BELOW[below];
  const { otherwise } = guest;
  if (guest.below === below) return guest;
  return {
    ...guest,
    id: `${guest.id}+${below}`,
    label: `${guest.label} on ${name}`,
    below,
    sources: [...guest.sources, source],
    notes: [...guest.notes, ...(note === undefined ? [] : [note])],
    otherwise: otherwise === null ? null : { ...otherwise, answer: { ...otherwise.answer, below } },
  };
}

/** The profile of a catalog row itself. */
export function rowProfile(row: CatalogRow, secureAvic = false): GuestProfile {
  const { from, first } = row;
  const given = { id: `linux-${from}`, label: `Linux ${from}`, secureAvic, upstream: null };
  return profile({ ...given, madeFrom: first }, upstreamAnswer(row, null));
}

/** The profile of a distribution's row itself; null for one that leaves the answer to upstream's releases. */
export function distributionProfile(row: DistributionRow, secureAvic = false): GuestProfile | null {
  const { id, distribution, release } = row;
  const label = `${distribution} ${release}`;
  const answer = distributionAnswer(row, null);
  // The first kernel of the row has what the row is about.
  const madeFrom = parseRelease(row.from ?? "");
  const given = { id, label, secureAvic, upstream: null, madeFrom };
  return answer === null ? null : profile(given, answer);
}

const ROW_ID = /^(?<id>[a-z][\w.-]*)(?<avic>\+secure-avic)?$/u;
/** No row's id is longer. */
const LONGEST_ID = 64;

function byId(text: string): GuestProfile | null {
  const groups = ROW_ID.exec(text.trim().slice(0, LONGEST_ID).toLowerCase())?.groups;
  const row = DISTRIBUTIONS.find(({ id }) => id === groups?.["id"]);
  return row === undefined ? null : distributionProfile(row, groups?.["avic"] !== undefined);
}

function profileOf(name: GuestName): GuestProfile {
  const upstream = name.upstream === null ? null : releaseText(name.upstream);
  const { text, secureAvic } = name;
  const release = name.upstream ?? name.release;
  const id = `linux-${text}`;
  const given = { id, label: `Linux ${text}`, secureAvic, upstream, madeFrom: release };
  const row = distributionRow(text, name.given);
  const own = row === null ? null : distributionAnswer(row, text);
  if (own !== null) return profile(given, own);
  const { row: nearest, assumption } = upstreamRow(release);
  const isOwn = name.release.suffix === "" && row === null;
  const byDistribution = { code: "distribution", from: releaseText(release) } as const;
  const answered = upstreamAnswer(nearest, assumption ?? (isOwn ? null : byDistribution));
  return profile(given, isOwn ? answered : followed(builtBy(row, answered), row));
}

/** An upstream answer for the kernel as a distribution builds it; null: one without a row. */
function builtBy(row: DistributionRow | null, answered: Answer): Answer {
  const withOption = builtWithSecureAvic(answered.behaviour);
  if (withOption === null) return answered;
  const isSet = row?.answer.check === "by-upstream-point" ? row.answer.secureAvic : null;
  if (isSet === null) {
    const when = "it is built with CONFIG_AMD_SECURE_AVIC=y";
    return { ...answered, otherwise: { when, answer: withOption } };
  }
  return isSet ? { ...answered, behaviour: withOption } : answered;
}

/** An upstream answer with what the row of a distribution adds; null: one without a row. */
function followed(answered: Answer, row: DistributionRow | null): Answer {
  if (row === null) return answered;
  return {
    ...answered,
    otherwise: row.otherwise ?? answered.otherwise,
    distribution: row,
    verification: leastSure(answered.verification, row.verification),
    sources: [...answered.sources, row.source],
    notes: [...notesOf(row.note), ...answered.notes],
  };
}

function leastSure(a: Verification, b: Verification): Verification {
  return VERIFICATIONS.indexOf(a) < VERIFICATIONS.indexOf(b) ? b : a;
}

function notesOf(note: string | undefined): string[] {
  return note === undefined ? [] : [note];
}

/** What a row says, before it is known what the guest is called and how it is built. */
interface Answer extends Pick<
  GuestProfile,
  "assumption" | "row" | "distribution" | "sources" | "notes"
> {
  readonly verification: Verification;
  readonly behaviour: Behaviour;
  readonly otherwise: Otherwise | null;
}

function upstreamAnswer(row: CatalogRow, assumption: Assumption | null): Answer {
  const { id, masks, snpGuest, source, verification, note } = row;
  return {
    behaviour: masks === null ? { check: "none", snpGuest } : { check: "masks", masks },
    otherwise: null,
    assumption,
    row: id,
    distribution: null,
    verification,
    sources: [source],
    notes: notesOf(note),
  };
}

/** What a distribution's row says of a release, or of itself where that is null; null where it leaves the answer to upstream. */
function distributionAnswer(row: DistributionRow, release: string | null): Answer | null {
  const { id, answer: own, source, verification, note, numbers, otherwise } = row;
  const seenTo = numbers?.seenTo;
  if (own.check === "by-upstream-point") return null;
  const unread = release !== null && isUnread(row, release);
  const lastRead = unread ? [`The last build that was read is ${seenTo?.join(".") ?? ""}.`] : [];
  return {
    behaviour: own.check === "unknown" ? own.likely : own,
    // Up to the last build that was read, nothing else can hold.
    otherwise: seenTo === undefined || unread ? (otherwise ?? null) : null,
    assumption: own.check === "unknown" ? { code: "unknown", from: own.as } : null,
    row: id,
    distribution: row,
    verification: unread ? leastSure(verification, "inferred") : verification,
    sources: [source],
    notes: [...notesOf(note), ...lastRead],
  };
}

interface Given {
  readonly id: string;
  readonly label: string;
  readonly secureAvic: boolean;
  readonly upstream: string | null;
  /** The upstream release that its code is from, as far as known: its bugs are the kernel's. */
  readonly madeFrom: Release | null;
}

function profile(
  { id, label, secureAvic, upstream, madeFrom }: Given,
  { behaviour, otherwise, ...answered }: Answer,
): GuestProfile {
  const masks = behaviour.check === "masks" ? behaviour.masks : null;
  const applied = secureAvic && masks?.implementedWithSecureAvic != null;
  return {
    id: `${id}${applied ? "+secure-avic" : ""}`,
    label: `${label}${applied ? " with Secure AVIC" : ""}`,
    ...checkingOf(behaviour, secureAvic),
    ...bugsIn(behaviour, madeFrom),
    ...answered,
    likely: answered.verification === "unknown",
    secureAvicIgnored: secureAvic && !applied,
    upstream,
    otherwise: otherwise && { ...otherwise, answer: checkingOf(otherwise.answer, secureAvic) },
  };
}

/** The known bugs of a kernel with SEV-SNP guest code. */
function bugsIn(behaviour: Behaviour, madeFrom: Release | null): Pick<Checking, "bugs"> {
  const runs = behaviour.check === "masks" || behaviour.snpGuest;
  const bugs = madeFrom === null || !runs ? [] : bugsOf(madeFrom);
  return bugs.length === 0 ? {} : { bugs };
}

function checkingOf(behaviour: Behaviour, secureAvic: boolean): Checking {
  if (behaviour.check === "none") {
    const { snpGuest, isNotReached } = behaviour;
    return { snpGuest, check: null, ...(isNotReached === true ? { isNotReached } : {}) };
  }
  const { required, implemented, implementedWithSecureAvic, paths } = behaviour.masks;
  return {
    snpGuest: true,
    check: {
      required,
      implemented: (secureAvic ? implementedWithSecureAvic : null) ?? implemented,
      paths,
      stubHidesMask: behaviour.stubHidesMask === true,
    },
  };
}
