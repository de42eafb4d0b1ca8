import { bitByName } from "../../../features";

/** Some programs write a name with blanks in it: `VMSA reg prot`. */
const MOST_WORDS = 3;

/**
 * The SEV_STATUS bits that a list of names stands for, names separated by blanks, by `|` or by commas; a name
 * may have blanks of its own. Null where one of the words is no feature, and for no words at all.
 */
export function featureWords(text: string): number[] | null {
  return bitsOfWords(text, () => false);
}

/** A name as Linux makes them up for features: `DebugSwap`, `SecureTSC`. Words of prose have no capital inside. */
const NAME_OF_A_FEATURE = /^(?=.{0,24}[a-z])[A-Za-z][a-z\d]{0,24}[A-Z][A-Za-z\d]{0,24}$/u;

/** The same where a newer kernel may have names that are not known yet: the bits of those that are. */
export function knownFeatureWords(text: string): number[] | null {
  return bitsOfWords(text, (word) => NAME_OF_A_FEATURE.test(word));
}

function bitsOfWords(text: string, isPassedOver: (word: string) => boolean): number[] | null {
  const words = text.split(/[\s|,]+/u).filter((word) => word !== "");
  const bits: number[] = [];
  for (let at = 0; at < words.length;) {
    const name = longestName(words, at);
    if (name === null && !isPassedOver(words[at] ?? "")) return null;
    if (name !== null) bits.push(name.bit);
    at += name?.words ?? 1;
  }
  return bits.length === 0 ? null : bits;
}

/** The longest name that begins at a word: `SNP BTB Isolation`, not `SNP`. */
function longestName(words: readonly string[], at: number): { bit: number; words: number } | null {
  for (let count = MOST_WORDS; count > 0; count--) {
    if (at + count > words.length) continue;
    const bit = bitByName(words.slice(at, at + count).join(" "));
    if (bit !== null) return { bit, words: count };
  }
  return null;
}
