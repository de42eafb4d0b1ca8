import type { PlacedMatch } from "../finding";
import { readLine } from "../formats/match";
import { LineText } from "../line/lineText";
import { LINE_FILTER } from "../scan/stepReader";

/** What one line of a document or a terminal states without the lines around it, mentions included. */
export function readAlone(raw: string, line: number): readonly PlacedMatch[] {
  const text = new LineText(raw);
  return readLine(text, line, LINE_FILTER.ownersIn(text.text));
}
