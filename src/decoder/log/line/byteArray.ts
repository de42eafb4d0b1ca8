import type { Piece } from "./tracedText";

/**
 * What stands before a message that journald writes as the numbers of its bytes, because it is no plain text: coloured,
 * ended by a carriage return, or not UTF-8. The blanks are those of `journalctl -o json`, today's and formerly, and of
 * programs that pass its entries on.
 */
export const BYTE_ARRAY_ANCHORS = ['"MESSAGE":[', '"MESSAGE" : [', '"MESSAGE": ['];

/**
 * The pieces of a line in which messages stand as numbers of bytes, with those messages as text in quotes; null for a
 * line that has none. Bytes beyond ASCII, which no format has, become U+FFFD, one each.
 */
export function messagePieces(line: string): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let copied = 0;
  for (let at = nextMessage(line, 0); at !== null; at = nextMessage(line, at)) {
    const message = messageAt(line, at);
    if (message === null) continue;
    const { end, bytes } = message;
    pieces.push({ text: `${line.slice(copied, at - 1)}"`, start: copied, end: at });
    for (const byte of bytes) pieces.push(byte);
    pieces.push({ text: '"', start: end - 1, end });
    copied = end;
    at = end;
  }
  if (pieces.length === 0) return null;
  if (copied < line.length)
    pieces.push({ text: line.slice(copied), start: copied, end: line.length });
  return pieces;
}

/** Where the first number of the next message may stand. */
function nextMessage(line: string, from: number): number | null {
  KEY.lastIndex = from;
  return KEY.test(line) ? KEY.lastIndex : null;
}

const KEY = /"MESSAGE"(?:: ?| : )\[/gu;
const NUMBER = /\s{0,4}(?<byte>\d{1,3})\s{0,4}(?<next>[,\]])/duy;

/** The bytes of an array from its first number on; null where it is none of bytes. */
function messageAt(line: string, start: number): { bytes: Piece[]; end: number } | null {
  const bytes: Piece[] = [];
  for (let at = start; ;) {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(line);
    const range = match?.indices?.groups?.["byte"];
    if (match === null || range === undefined) return null;
    const byte = Number(match.groups?.["byte"]);
    if (byte > 0xff) return null;
    at += match[0].length;
    bytes.push({ text: textOfByte(byte), start: range[0], end: range[1] });
    if (match.groups?.["next"] === "]") return { bytes, end: at };
  }
}

/** An end of line within a message is a blank, as it is where JSON escapes it. */
function textOfByte(byte: number): string {
  if (byte === LF) return " ";
  return byte < 0x80 ? String.fromCharCode(byte) : "\ufffd";
}

const LF = 0x0a;
