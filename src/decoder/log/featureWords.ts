import { bitByName } from "../features";

/** Some programs write a name with blanks in it: `VMSA reg prot`. */
const MOST_WORDS = 3;

/**
 * The SEV_STATUS bits that a list of names stands for, names separated by blanks, by `|` or by commas; a name
 * may have blanks of its own. Null where one of the words is no feature, and for no words at all.
 */
export function featureWords(text: string): number[] | null {
  const words = text.split(/[\s|,]+/u).filter((word) => word !== "");
  const bits: number[] = [];
  for (let at = 0; at < words.length;) {
    const name = longestName(words, at);
    if (name === null) return null;
    bits.push(name.bit);
    at += name.words;
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
