import { maskOf } from "../../text/u64";
import { quoted } from "../../text/quoted";
import { visible } from "../../text/visible";
import { BOTH, DECOMPRESSOR } from "../catalog/behaviour";
import type { Checking, GuestCheck } from "../checking";
import type { GuestProfile } from "../profile";
import { guestProfile, withBelow } from "../profile";
import type { OwnEntry } from "./entry";
import { featureBit } from "./entry";

/** Why the fields of an entry do not go together: a sentence without its subject. */
interface Contradiction {
  /** The key at fault; null for the entry as a whole. */
  readonly key: keyof OwnEntry | null;
  readonly problem: string;
}

/** Makes a guest of an entry whose fields are good by themselves, if they go together. */
export function ownProfile(entry: OwnEntry, definedIn: string): GuestProfile | Contradiction {
  const base = entry.base === null ? null : guestProfile(entry.base);
  return contradiction(entry, base) ?? profileOf(entry, base, definedIn);
}

const NO_BASE: Checking = { snpGuest: true, check: null };

function contradiction(entry: OwnEntry, base: GuestProfile | null): Contradiction | null {
  const { add, remove, required, implemented } = entry;
  const both = add.find((name) => remove.some((other) => featureBit(other) === featureBit(name)));
  if (both !== undefined) {
    const problem = `${quoted(both)} is added and removed: expected it in one of the two.`;
    return { key: "remove", problem };
  }
  if (entry.base !== null && base === null) {
    const problem = `${quoted(entry.base)} names no kernel: expected a release such as 6.12.80, or a distribution such as rhel-9.4.`;
    return { key: "base", problem };
  }
  if (base?.below !== undefined) {
    const problem = `${quoted(entry.base ?? "")} says what is below it: expected that in "below".`;
    return { key: "base", problem };
  }
  if (required === null || implemented === null) {
    if (base === null) {
      const problem = 'it has no "base": expected one, or both "required" and "implemented".';
      return { key: null, problem };
    }
    const changes = [required, implemented, entry.efiStub, ...add, ...remove];
    if (base.check === null && changes.some((change) => change !== null)) {
      const problem = `${base.label} has no check to change: expected both "required" and "implemented" beside it.`;
      return { key: "base", problem };
    }
  }
  const has = implemented ?? base?.check?.implemented ?? 0n;
  const idle = remove.find((name) => (maskOfNames([name]) & has) === 0n);
  if (idle === undefined) return null;
  const problem = `${quoted(idle)} is not among what it implements: expected a feature that is.`;
  return { key: "remove", problem };
}

function profileOf(entry: OwnEntry, base: GuestProfile | null, definedIn: string): GuestProfile {
  const { name, note, source, below } = entry;
  const isWhole = entry.required !== null && entry.implemented !== null;
  const otherwise = base?.otherwise ?? null;
  const profile: GuestProfile = {
    ...changed(base ?? NO_BASE, entry),
    id: name,
    label: name,
    assumption: isWhole ? null : (base?.assumption ?? null),
    likely: !isWhole && (base?.likely ?? false),
    secureAvicIgnored: !isWhole && (base?.secureAvicIgnored ?? false),
    row: base?.row ?? name,
    distribution: base?.distribution ?? null,
    upstream: base?.upstream ?? null,
    verification: "own",
    sources: [source === null ? definedIn : visible(source), ...(base?.sources ?? [])],
    notes: [
      ...(note === null ? [] : [visible(note)]),
      ...(base?.notes.map((one) => `Its base, ${base.label}: ${one}`) ?? []),
    ],
    otherwise:
      isWhole || otherwise === null
        ? null
        : { when: otherwise.when, answer: changed(otherwise.answer, entry) },
    own: { definedIn, base },
  };
  return below === null ? profile : { ...withBelow(profile, below), id: name };
}

/** What a guest does once an entry has its word. */
function changed(base: Checking, entry: OwnEntry): Checking {
  const { required, implemented, add, remove, efiStub } = entry;
  const { check, bugs } = base;
  const all = required ?? check?.required ?? null;
  const has = implemented ?? check?.implemented ?? null;
  const inherited = bugs === undefined ? {} : { bugs };
  if (all === null || has === null) return { snpGuest: base.snpGuest, check, ...inherited };
  const own: GuestCheck = {
    required: all,
    implemented: (has | maskOfNames(add)) & ~maskOfNames(remove),
    paths: efiStub === null ? (check?.paths ?? BOTH) : efiStub ? BOTH : DECOMPRESSOR,
    stubHidesMask: check?.stubHidesMask ?? false,
  };
  return { snpGuest: true, check: own, ...inherited };
}

function maskOfNames(names: readonly string[]): bigint {
  return maskOf(names.flatMap((name) => featureBit(name) ?? []));
}
