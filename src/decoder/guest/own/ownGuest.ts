import { maskOf } from "../../text/u64";
import { quoted } from "../../text/quoted";
import { visible } from "../../text/visible";
import { BOTH, DECOMPRESSOR } from "../catalog/behaviour";
import type { Checking, GuestCheck } from "../checking";
import type { GuestProfile } from "../profile";
import { guestProfile, withBelow } from "../profile";
import type { OwnEntry } from "./entry";
import { featureBit } from "./entry";

/** The profile of an entry, or why its fields do not go together, each problem a sentence without its subject. */
export type OwnProfile =
  | { readonly ok: true; readonly profile: GuestProfile }
  | { readonly ok: false; readonly key: keyof OwnEntry | null; readonly problem: string };

/** Makes a guest of an entry whose fields are good by themselves. */
export function ownProfile(entry: OwnEntry, definedIn: string): OwnProfile {
  const { base: baseText, add, remove } = entry;
  const both = add.find((name) => remove.some((other) => featureBit(other) === featureBit(name)));
  if (both !== undefined) {
    return failed("remove", `${quoted(both)} is added and removed: expected it in one of the two.`);
  }
  const base = baseText === null ? null : guestProfile(baseText);
  if (baseText !== null && base === null) {
    return failed(
      "base",
      `${quoted(baseText)} names no kernel: expected a release such as 6.12.80, or a distribution such as rhel-9.4.`,
    );
  }
  if (base?.below !== undefined) {
    return failed(
      "base",
      `${quoted(baseText ?? "")} says what is below it: expected that in "below".`,
    );
  }
  const problem = missing(entry, base) ?? contradiction(entry, base ?? NO_BASE);
  if (problem !== null) return problem;
  return { ok: true, profile: profileOf(entry, base, definedIn) };
}

const NO_BASE: Checking = { snpGuest: true, check: null };

function failed(key: keyof OwnEntry | null, problem: string): OwnProfile & { readonly ok: false } {
  return { ok: false, key, problem };
}

/** What an entry must say because nothing else does: a check needs both of its masks. */
function missing(
  { required, implemented, add, remove, efiStub }: OwnEntry,
  base: GuestProfile | null,
): (OwnProfile & { readonly ok: false }) | null {
  if (required !== null && implemented !== null) return null;
  if (base === null) {
    return failed(null, 'it has no "base": expected one, or both "required" and "implemented".');
  }
  const changes = [...add, ...remove].length > 0 || efiStub !== null;
  if (base.check !== null || (required === null && implemented === null && !changes)) return null;
  return failed(
    "base",
    `${base.label} has no check to change: expected both "required" and "implemented" beside it.`,
  );
}

function contradiction(
  entry: OwnEntry,
  base: Checking,
): (OwnProfile & { readonly ok: false }) | null {
  const implemented = entry.implemented ?? base.check?.implemented ?? 0n;
  const idle = entry.remove.find((name) => (maskOfNames([name]) & implemented) === 0n);
  if (idle === undefined) return null;
  return failed(
    "remove",
    `${quoted(idle)} is not among what it implements: expected a feature that is.`,
  );
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
  const { check } = base;
  const all = required ?? check?.required ?? null;
  const has = implemented ?? check?.implemented ?? null;
  if (all === null || has === null) return { snpGuest: base.snpGuest, check };
  const own: GuestCheck = {
    required: all,
    implemented: (has | maskOfNames(add)) & ~maskOfNames(remove),
    paths: efiStub === null ? (check?.paths ?? BOTH) : efiStub ? BOTH : DECOMPRESSOR,
    stubHidesMask: check?.stubHidesMask ?? false,
  };
  return { snpGuest: true, check: own };
}

function maskOfNames(names: readonly string[]): bigint {
  return maskOf(names.flatMap((name) => featureBit(name) ?? []));
}
