import { BlockReader } from "./blockReader";
import { BLOCK_FORMATS } from "./formats";
import { readLine } from "./lineFormats";
import { LineText } from "./lineText";
import type { Part } from "./finding";
import type { BlockFormat, Lines, Recognised } from "./reading";
import { isWanted } from "./stepReader";
import { append } from "../lists";

/**
 * What a line of a document says, in the order of the line. Texts never overlap. The same as a scan of the whole
 * document finds on it, read from the lines around it.
 */
export function recogniseLine(lines: Lines, number: number): Recognised[] {
  const text = new LineText(lines(number) ?? "");
  const alone = isWanted(text) ? readLine(text, number).flatMap(({ parts }) => parts) : [];
  const found: Part[] = [...alone];
  for (const format of BLOCK_FORMATS) {
    if (!format.isMember(text)) continue;
    for (const part of partsOfBlock(format, lines, number))
      if (found.every(({ start, end }) => part.end <= start || end <= part.start)) found.push(part);
  }
  return found
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, reading }) => ({ start, end, reading }));
}

/** What stands at a UTF-16 offset of a line, its end included as an editor's hover does; null for nothing. */
export function recogniseAt(lines: Lines, number: number, offset: number): Recognised | null {
  return (
    recogniseLine(lines, number).find(({ start, end }) => start <= offset && offset <= end) ?? null
  );
}

/** The parts on a line of the block around it: read from where no block can reach over, to where it ends. */
function partsOfBlock(format: BlockFormat, lines: Lines, number: number): Part[] {
  const reader = new BlockReader(format);
  const parts: Part[] = [];
  const last = number + format.longest;
  for (let at = firstLine(format, lines, number); at <= last; at++) {
    const raw = lines(at);
    if (raw === undefined) break;
    for (const placed of reader.line(new LineText(raw), at)) append(parts, placed.parts);
    if (at > number && !reader.isOpen) break;
  }
  for (const placed of reader.end()) append(parts, placed.parts);
  return parts.filter(({ line }) => line === number);
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
    } else if (hasAnchor(format, text) && format.begin(text, at) !== null) return at;
    else if (foreign === format.patience) break;
    else foreign += 1;
  }
  return first;
}

function hasAnchor({ anchors }: BlockFormat, { text }: LineText): boolean {
  return anchors.some((anchor) => text.includes(anchor));
}
