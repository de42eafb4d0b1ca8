import { splitBelow } from "./below";
import type { GuestProfile } from "./profile";
import { guestProfile, withBelow } from "./profile";

/** A guest that the catalog does not have: one that a user defined, or that was read from a kernel's source. */
export interface NamedGuest {
  /** What names it where a GUEST is asked for; its case does not count. */
  readonly name: string;
  /** What tells it from others, in a few words, for a list to pick from. */
  readonly description: string;
  /** Its `id` is such that the lookup finds the guest by it again. */
  readonly profile: GuestProfile;
}

/** The profile of a guest as people name it; null where the text names none. */
export type GuestLookup = (text: string) => GuestProfile | null;

/** Finds `others` by their names, the first of a name where two have it, and the catalog's guests as {@link guestProfile} does. */
export function guestLookup(others: readonly NamedGuest[]): GuestLookup {
  const byName = new Map(
    [...others].reverse().map(({ name, profile }) => [nameKey(name), profile]),
  );
  return (text) => byName.get(nameKey(text)) ?? ownOnSomething(text, byName) ?? guestProfile(text);
}

/** One of the others with its `+svsm`; null where it is none, or says itself that something else is below it. */
function ownOnSomething(text: string, byName: ReadonlyMap<string, GuestProfile>) {
  const { guest, below } = splitBelow(text);
  const profile = below === null ? null : (byName.get(nameKey(guest)) ?? null);
  if (below === null || profile === null) return null;
  return profile.below === undefined || profile.below === below ? withBelow(profile, below) : null;
}

/** Two names with the same key are one name. */
export function nameKey(name: string): string {
  return name.trim().toLowerCase();
}
