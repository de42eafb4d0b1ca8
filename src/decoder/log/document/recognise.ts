import type { Fact, Token } from "../finding";
import { BLOCK_FORMATS } from "../formats";
import type { BlockFormat } from "../formats/format";
import { readLine } from "../formats/match";
import type { Lines } from "../line/lineText";
import { LineText } from "../line/lineText";
import { BlockReader } from "../scan/blockReader";
import { LINE_FILTER } from "../scan/stepReader";

/** A token with the fact that it shows a field of. */
export interface ExplainedToken extends Token {
  readonly fact: Fact;
}

/**
 * The tokens of a document's line, in the order of the line. They never overlap. The same as a scan of the whole
 * document finds there, read from the lines around.
 */
export function recogniseLine(lines: Lines, number: number): ExplainedToken[] {
  const text = new LineText(lines(number) ?? "");
  const owners = LINE_FILTER.ownersIn(text.text);
  const found = readLine(text, number, owners).flatMap(({ fact, tokens }) =>
    tokens.map((token) => ({ ...token, fact })),
  );
  for (const format of BLOCK_FORMATS) {
    if (!format.isMember(text)) continue;
    for (const token of tokensOfBlock(format, lines, number))
      if (found.every(({ start, end }) => token.end <= start || end <= token.start))
        found.push(token);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The token at a UTF-16 offset of a line, its end included as in an editor's hover; null for none. */
export function recogniseAt(lines: Lines, number: number, offset: number): ExplainedToken | null {
  return (
    recogniseLine(lines, number).find(({ start, end }) => start <= offset && offset <= end) ?? null
  );
}

/** The tokens on a line of the block around it: read from where no block can reach over, to where it ends. */
function tokensOfBlock(format: BlockFormat, lines: Lines, number: number): ExplainedToken[] {
  const reader = new BlockReader(format);
  const found: ExplainedToken[] = [];
  const add = (matches: ReturnType<typeof reader.end>) => {
    for (const { fact, tokens } of matches)
      for (const token of tokens) if (token.line === number) found.push({ ...token, fact });
  };
  const last = number + format.longest;
  for (let at = firstLine(format, lines, number); at <= last; at++) {
    const raw = lines(at);
    if (raw === undefined) break;
    add(reader.line(new LineText(raw), at));
    if (at > number && !reader.isOpen) break;
  }
  add(reader.end());
  return found;
}

/** Back over the block's lines, until more foreign ones stand there than a block can have between its own. */
function firstLine(format: BlockFormat, lines: Lines, number: number): number {
  let first = number;
  let foreign = 0;
  for (let at = number - 1; at >= 0 && number - at < format.longest; at--) {
    const raw = lines(at);
    if (raw === undefined) break;
    const text = new LineText(raw);
    if (format.isMember(text)) {
      first = at;
      foreign = 0;
    } else if (format.begin(text, at) !== null) return at;
    else if (foreign === format.patience) break;
    else foreign += 1;
  }
  return first;
}
