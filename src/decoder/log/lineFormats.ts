import { LINE_FORMATS } from "./formats";
import type { Software, Span } from "./finding";
import type { LineText } from "./lineText";
import type { Placed } from "./reading";

/** What a line says by itself, and who says it. */
export interface SaidBySoftware extends Placed {
  readonly software: Software;
}

/** What a line says without the lines around it, in the order of the line. Texts never overlap. */
export function readLine(text: LineText, number: number): SaidBySoftware[] {
  const taken: Span[] = [];
  const found: SaidBySoftware[] = [];
  for (const { anchors, recognise, software } of LINE_FORMATS) {
    if (!anchors.some((anchor) => text.text.includes(anchor))) continue;
    for (const one of recognise(text.text)) {
      const spans = one.parts.length === 0 ? [one] : one.parts;
      if (spans.some((span) => taken.some((other) => overlap(span, other)))) continue;
      taken.push(...spans);
      found.push({ ...text.place(one, number), software });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
