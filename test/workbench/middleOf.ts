export interface Point {
  readonly x: number;
  readonly y: number;
}

interface Sought {
  /** The selector of the lines. */
  readonly lines: string;
  readonly text: string;
  /** What is in the line that is meant, and in none before it. */
  readonly lineContains: string;
}

/**
 * Where the middle of a text is; runs in the page. A line, of an editor or of a terminal, is a row of spans, one for
 * each token, and its blanks may be no-break spaces.
 */
export function middleOf({ lines, text, lineContains }: Sought): Point | null {
  const plain = (shown: string) => shown.replaceAll("\u00a0", " ");
  for (const line of document.querySelectorAll(lines)) {
    const whole = plain(line.textContent);
    const inLine = whole.indexOf(lineContains);
    if (inLine < 0) continue;
    // The text inside the part that was asked for, or else anywhere in the line.
    const within = lineContains.indexOf(text);
    const start = within < 0 ? whole.indexOf(text) : inLine + within;
    if (start < 0) continue;
    const range = document.createRange();
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let before = 0;
    let open = false;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const { length } = node.textContent ?? "";
      const end = start + text.length;
      if (!open && start < before + length) {
        range.setStart(node, start - before);
        open = true;
      }
      if (open && end <= before + length) {
        range.setEnd(node, end - before);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { x: (left + right) / 2, y: (top + bottom) / 2 };
      }
      before += length;
    }
  }
  return null;
}
