/** The one of `words` that a mistyped word most likely stands for, or null where none is near. */
export function nearest(word: string, words: readonly string[]): string | null {
  const typed = word.toLowerCase();
  // A longer text is no slip of the fingers, and is not worth measuring.
  if (typed.length > LONGEST) return null;
  const ranked = words
    .map((candidate) => ({ candidate, away: distance(typed, candidate) }))
    .filter(({ candidate, away }) => away <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.candidate ?? words.find((one) => isBeginning(typed, one)) ?? null;
}

const LONGEST = 40;
const SHORTEST_BEGINNING = 2;

function isBeginning(typed: string, word: string): boolean {
  return typed.length >= SHORTEST_BEGINNING && word.startsWith(typed);
}

/** How many letters must be put in, taken out or replaced to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
