/** How long a piece is: wherever it stands, three of its characters begin at a multiple of four. */
export const PIECE = 6;

/**
 * Where in a word the piece begins by which it is found at the least cost: one whose characters hardly stand in a log's
 * other lines, or are looked for already. `isSought` says so of the three characters at a place of the word.
 */
export function pieceOf(word: string, isSought: (at: number) => boolean): number {
  const costs = Array.from({ length: word.length - 2 }, (_, at) =>
    isSought(at) ? 0 : share(word, at) * share(word, at + 1) * share(word, at + 2),
  );
  let best = 0;
  let least = Infinity;
  for (let start = 0; start + PIECE <= word.length; start++) {
    const cost = costs.slice(start, start + PIECE - 2).reduce((sum, one) => sum + one, 0);
    if (cost >= least) continue;
    least = cost;
    best = start;
  }
  return best;
}

/** How common a character is in a kernel's log, roughly: the fraction of its characters that it makes up. */
function share(word: string, at: number): number {
  const rank = COMMONEST.indexOf(word.charAt(at));
  return (rank === -1 ? 1 : COMMONEST.length - rank) / 1000;
}

const COMMONEST = " 0e1tasnoidr2cl3:p45.u6789mfbhg=/_vxky-w";
