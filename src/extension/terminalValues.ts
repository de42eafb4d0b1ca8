import type { GuestProfile } from "../decoder/guest/profile";
import type { Reading } from "../decoder/log/reading";
import { recogniseLine } from "../decoder/log/recognise";
import { plain } from "../decoder/report/phrase";
import { reportOnReading } from "../decoder/report/readingReport";
import { visible } from "../decoder/report/visible";

/** A value on a line of a terminal; the fields are those of VS Code's link. */
export interface TerminalValue {
  readonly startIndex: number;
  readonly length: number;
  /** The short answer for the chosen guest. */
  readonly tooltip: string;
  readonly reading: Reading;
}

/** The values that a line of a terminal says by itself; a terminal shows no more than a line at once. */
export function valuesIn(line: string, guest: GuestProfile | null): TerminalValue[] {
  return recogniseLine((number) => (number === 0 ? line : undefined), 0).map(
    ({ start, end, reading }) => {
      const { title, answer } = reportOnReading(reading, guest);
      const tooltip = visible(`${plain(title)}: ${plain(answer)}`);
      return { startIndex: start, length: end - start, tooltip, reading };
    },
  );
}
