/**
 * Where in a word the piece of so many characters begins that costs a search for it the least: one that hardly
 * stands in a log's other lines, or that shares its pairs of characters with the pieces already looked for.
 * `moves` says by pair how far the search may go already.
 */
export function pieceOf(word: string, length: number, moves: Uint8Array): number {
  let best = 0;
  let least = Infinity;
  for (let start = 0; start + length <= word.length; start++) {
    const cost = costOf(word, start, length, moves);
    if (cost >= least) continue;
    least = cost;
    best = start;
  }
  return best;
}

/** How many more steps a search takes for this piece, up to a factor. */
function costOf(word: string, start: number, length: number, moves: Uint8Array): number {
  let cost = 0;
  for (let end = 1; end < length; end++) {
    const first = word.charCodeAt(start + end - 1);
    const second = word.charCodeAt(start + end);
    const lost = (moves[(first << 8) | second] ?? 0) - (length - 1 - end);
    if (lost > 0) cost += lost * share(first) * share(second);
  }
  return cost;
}

/** Of every thousand characters of a kernel's log, how many are this one; roughly, and by its kind. */
function share(code: number): number {
  const index = COMMON.indexOf(String.fromCharCode(code));
  return index === -1 ? RARE : (COMMON.length - index) / 2;
}

/** The characters of logs, commonest first. */
const COMMON = " 0e1tasnoidr2cl3:p45.u6789mfbhg=/_vxky-w";
const RARE = 0.5;
