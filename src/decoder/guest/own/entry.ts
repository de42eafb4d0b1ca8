import { FEATURES, bitByName } from "../../features";
import type { BelowId } from "../below";

/** What one guest of a user's own may say. Masks are in SEV_STATUS bit positions. */
export interface OwnEntry {
  readonly name: string;
  /** A GUEST of the catalog; null where the entry is made from none. */
  readonly base: string | null;
  /** SNP_FEATURES_IMPL_REQ, instead of the base's; null for the base's. */
  readonly required: bigint | null;
  /** SNP_FEATURES_PRESENT, instead of the base's; null for the base's. */
  readonly implemented: bigint | null;
  /** Features that it has code for besides. */
  readonly add: readonly string[];
  /** Features of the base's that it has no code for. */
  readonly remove: readonly string[];
  /** Whether its EFI stub makes the check too; null for what the base does. */
  readonly efiStub: boolean | null;
  readonly below: BelowId | null;
  readonly note: string | null;
  readonly source: string | null;
}

/** The keys of an entry, as they are written. The published schema has the same. */
export const KEYS = [
  "name",
  "base",
  "required",
  "implemented",
  "add",
  "remove",
  "efiStub",
  "below",
  "note",
  "source",
] as const satisfies readonly (keyof OwnEntry)[];

/** The limits of what is read; the published schema has the same. */
export const MOST_GUESTS = 100;
export const MOST_FEATURES = 64;
export const LONGEST_TEXT = 500;

/** No `+` and no `:`, which are what may follow a guest's name, and what names where a guest is from. */
export const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._~()/-]{0,62}[\p{L}\p{N}._~()/-])?$/u;
export const MASK = /^0x[\da-f](?:_?[\da-f]){0,15}$/iu;
/** A position that the check can ask about: SEV, SEV-ES and SEV-SNP are no part of it. */
export const NUMBERED = /^bit (?:[3-9]|[1-5]\d|6[0-3])$/u;

/** The features that the check can ask about, as Linux prints them. */
export const FEATURE_NAMES: readonly string[] = FEATURES.flatMap(({ name, need }) =>
  name === null || need === "base" ? [] : [name],
);

/** The SEV_STATUS bit of a feature as an entry names it; null for what is none. */
export function featureBit(name: string): number | null {
  return FEATURE_NAMES.includes(name) || NUMBERED.test(name) ? bitByName(name) : null;
}
