import { LINE_FORMATS } from ".";
import type { Software, Span } from "../finding";
import type { LineText } from "../line/lineText";
import type { Placed } from "../reading";

/** What a line says by itself, and who says it. */
export interface SaidBySoftware extends Placed {
  readonly software: Software;
  /** The format's name. */
  readonly format: string;
}

/** What a line says without the lines around it, in the order of the line. Texts never overlap. */
export function readLine(text: LineText, number: number): SaidBySoftware[] {
  const taken = new TakenUnits(text.text.length);
  const found: SaidBySoftware[] = [];
  for (const { anchors, recognise, software, name: format } of LINE_FORMATS) {
    if (!anchors.some((anchor) => text.text.includes(anchor))) continue;
    for (const one of recognise(text.text)) {
      const spans = one.parts.length === 0 ? [one] : one.parts;
      if (spans.some((span) => taken.has(span))) continue;
      for (const span of spans) taken.add(span);
      found.push({ ...text.place(one, number), software, format });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The units of a text that something was found in, marked one by one: a hostile line holds very many texts. */
class TakenUnits {
  readonly #length: number;
  #units: Uint8Array | null = null;

  constructor(length: number) {
    this.#length = length;
  }

  add({ start, end }: Span): void {
    this.#units ??= new Uint8Array(this.#length);
    this.#units.fill(1, start, end);
  }

  /** Whether any unit of the text is taken. */
  has({ start, end }: Span): boolean {
    return this.#units?.subarray(start, end).includes(1) ?? false;
  }
}
