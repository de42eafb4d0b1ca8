/** Where a line's own text begins: after its blanks, and the dash of a list. */
const HEAD = /^(?:\p{Cc}\[\d+m)? {0,40}(?:- )?/u;
/** Everything before the last column of a line. */
const COLUMNS = /^.*\S {2,}(?=\S)/u;
/** A line that is quoted. */
const QUOTED = /^ {0,40}> /u;
/** A column that is narrower is not worth breaking. */
const NARROWEST = 20;
/** What gives a terminal's text its colour. */
const COLOUR = /\p{Cc}\[\d+m/gu;

/**
 * A text with its long lines broken between words at so many UTF-16 units, their rest under where they begin; of lines in
 * columns (two blanks or more between words) the last column is broken. Quoted lines (`> `), words that are longer and
 * columns without room stay as they are. Sequences that give colour have no width.
 */
export function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width || QUOTED.test(line)) return [line];
  const before = COLUMNS.exec(line)?.[0];
  const head = before ?? HEAD.exec(line)?.[0] ?? "";
  const indent = widthOf(head);
  if (before !== undefined && width - indent < NARROWEST) return [line];
  const lines: string[] = [];
  let current = head;
  let isFresh = true;
  for (const word of line.slice(head.length).split(" ")) {
    if (!isFresh && widthOf(current) + 1 + widthOf(word) > width) {
      lines.push(current);
      current = " ".repeat(indent);
      isFresh = true;
    }
    current += isFresh ? word : ` ${word}`;
    isFresh = false;
  }
  return [...lines, current];
}

function widthOf(text: string): number {
  return text.replaceAll(COLOUR, "").length;
}
