/** Where a line's own text begins: after its blanks, and the dash of a list. */
const HEAD = /^ {0,40}(?:- )?/u;

/**
 * A text with its long lines broken between words at so many UTF-16 units, their rest under where they begin. Words that
 * are longer, and lines in columns (two blanks or more between words), stay as they are.
 */
export function wrap(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string[] {
  const head = HEAD.exec(line)?.[0] ?? "";
  const body = line.slice(head.length);
  if (line.length <= width || body.includes("  ")) return [line];
  const lines: string[] = [];
  let current = head;
  let isFresh = true;
  for (const word of body.split(" ")) {
    if (!isFresh && current.length + 1 + word.length > width) {
      lines.push(current);
      current = " ".repeat(head.length);
      isFresh = true;
    }
    current += isFresh ? word : ` ${word}`;
    isFresh = false;
  }
  return [...lines, current];
}
