import { splitBelow } from "./below";
import type { GuestProfile } from "./profile";
import { guestProfile, withBelow } from "./profile";

/** A guest outside the catalog: defined by a user, or read from kernel source. */
export interface NamedGuest {
  /** Its name as a GUEST, case-insensitive. */
  readonly name: string;
  /** A short description for a list. */
  readonly description: string;
  /** The lookup finds the guest by this profile's `id` too. */
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

/** A named guest with `+svsm` and the like; null for none, or where it is defined with other software below it. */
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
