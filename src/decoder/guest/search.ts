import { DISTRIBUTIONS } from "./distributions";
import { OTHER_NAMES } from "./distributions/otherNames";

/** A guest in a list that people search by typing. */
export interface Searched {
  /** Names the guest: `rhel-9.4`, `6.12.78`. */
  readonly name: string;
  readonly label: string;
  /** It stands in for kernels without a row of their own. */
  readonly isStandIn: boolean;
}

/** How well a text fits a guest: of two fits the one with the larger number at the first difference is better. */
type Fit = readonly number[];

/**
 * The guests that a text may mean, as people type it (`rhel9`, `ubuntu 24.04`, `debian bookworm`, `6.12.y`), the best
 * first: those with just its number before those whose number only begins with it, then in the order of the list.
 */
export function matchingGuests<Guest extends Searched>(
  text: string,
  guests: readonly Guest[],
): Guest[] {
  const typed = wordsOf(text.slice(0, LONGEST)).flatMap((word) => {
    const other = OTHER_NAMES[word];
    return other === undefined ? [word] : wordsOf(other);
  });
  if (typed.length === 0) return [];
  return guests
    .map((guest) => ({ guest, fit: fitOf(typed, guest) }))
    .filter((one): one is { guest: Guest; fit: Fit } => one.fit !== null)
    .sort((a, b) => compareFits(b.fit, a.fit))
    .map(({ guest }) => guest);
}

/** The distribution that a text names and whose kernels are upstream's by their releases; null for none. */
export function upstreamFollower(text: string): string | null {
  const name = text.replace(/\d[\d.]*/gu, " ");
  const rows = DISTRIBUTIONS.filter(({ answer }) => answer.check === "by-upstream-point");
  const named = rows.map(({ id, distribution }) => ({
    name: id,
    label: distribution,
    isStandIn: false,
  }));
  return matchingGuests(name, named)[0]?.label ?? null;
}

/** Nobody types more than a name; a pasted log is none. */
const LONGEST = 200;

/** `6.12.` is the branch of 6.12.y: no number is equal to it. */
const WORDS = /\d+(?:\.\d+)*(?:\.(?=[xy]\b))?|\p{L}+/gu;

/** Words of letters, and numbers with their dots: `rhel9.4` has `rhel` and `9.4`, `6.12.y` has `6.12.`. */
function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(WORDS) ?? [];
  return words.filter((word) => !["v", "x", "y"].includes(word));
}

function fitOf(typed: readonly string[], { name, label, isStandIn }: Searched): Fit | null {
  const ofName = wordsOf(name);
  // A number alone is upstream's.
  if (typed.every(isNumber) && !ofName.every(isNumber)) return null;
  const all = [...ofName, ...wordsOf(label)];
  if (!typed.every((word) => all.some((own) => fits(word, own)))) return null;
  const numbers = typed.filter(isNumber);
  return [
    isStandIn ? 0 : 1,
    // The name says what the row is about, the label also what else has the same kernel.
    numbers.filter((number) => ofName.some((own) => fits(number, own))).length,
    numbers.filter((number) => ofName.includes(number)).length,
    typed.filter((word, index) => fits(word, ofName[index] ?? "")).length,
    -ofName.length,
  ];
}

function isNumber(word: string): boolean {
  return /^\d/u.test(word);
}

/** Whether a typed word is a name's word or its beginning: of a number its first parts. */
function fits(typed: string, own: string): boolean {
  if (!isNumber(typed)) return own.startsWith(typed);
  const number = typed.replace(/\.$/u, "");
  return own === number || own.startsWith(`${number}.`);
}

function compareFits(a: Fit, b: Fit): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
