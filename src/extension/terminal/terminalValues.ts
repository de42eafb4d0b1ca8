import type { GuestProfile } from "../../decoder/guest/profile";
import type { Reading } from "../../decoder/log/reading";
import { readLine } from "../../decoder/log/formats/match";
import { LineText } from "../../decoder/log/line/lineText";
import { plain } from "../../decoder/report/phrase";
import { reportOnReading } from "../../decoder/report/value/readingReport";
import { visible } from "../../decoder/text/visible";

const ZERO_WIDTH_SPACE = "\u200b";

/** A value on a line of a terminal; the fields are those of VS Code's link. */
export interface TerminalValue {
  readonly startIndex: number;
  readonly length: number;
  /** The short answer for the chosen guest, and what following the link does: VS Code adds only how that is done. */
  readonly tooltip: string;
  readonly reading: Reading;
}

/** The values that a line of a terminal says by itself; a terminal shows no more than a line at once. */
export function valuesIn(line: string, guest: GuestProfile | null): TerminalValue[] {
  return readLine(new LineText(line), 0)
    .flatMap(({ parts }) => parts)
    .map(({ start, end, reading }) => {
      const { title, answer } = reportOnReading(reading, guest);
      const tooltip = visible(`${plain(title)}: ${plain(answer)} ${whatFollows(reading)}`);
      return { startIndex: start, length: end - start, tooltip: breakable(tooltip), reading };
    });
}

function whatFollows({ kind }: Reading): string {
  return kind === "register" ? "Open in feature table" : "Open decode";
}

/**
 * Lets a tooltip go on in the next row after any blank: VS Code makes no-break spaces of the blanks, and would break
 * it in the middle of a word.
 */
function breakable(tooltip: string): string {
  return tooltip.replaceAll(" ", ` ${ZERO_WIDTH_SPACE}`);
}
