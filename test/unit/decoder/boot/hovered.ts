import type { ExplainedToken } from "../../../../src/decoder/boot/document";
import { DocumentBoots, tokensOn } from "../../../../src/decoder/boot/document";

/** What a hover can explain on a line (from 0) of a document that was read to its end. */
export function hovered(text: string, line: number): ExplainedToken[] {
  const lines = text.split("\n");
  const log = new DocumentBoots(lines.length);
  log.read((number) => lines[number], Infinity);
  return tokensOn(log, line, lines[line] ?? "");
}

/** What it explains at an offset, the end of a text included; null for nothing. */
export function hoveredAt(text: string, line: number, offset: number): ExplainedToken | null {
  return hovered(text, line).find(({ start, end }) => start <= offset && offset <= end) ?? null;
}
