import type { GuestProfile } from "../../decoder/guest/profile";
import { tokensOn } from "../../decoder/boot/document";
import type { RegisterValue } from "../../decoder/log/tokenRegister";
import { registerOf } from "../../decoder/log/tokenRegister";
import type { Report } from "../../decoder/report/report";
import { plain } from "../../decoder/report/phrase";
import { reportOnToken } from "../../decoder/report/value/tokenReport";
import { visible } from "../../decoder/text/visible";

const ZERO_WIDTH_SPACE = "\u200b";

/** A value on a line of a terminal; the fields are those of VS Code's link. */
export interface TerminalValue {
  readonly startIndex: number;
  readonly length: number;
  /** The short answer and what the link does; VS Code adds which click follows it. */
  readonly tooltip: string;
  /** What the feature table can open; null for anything else. */
  readonly register: RegisterValue | null;
  readonly report: (guest: GuestProfile | null) => Report;
}

/** The values in one line of a terminal: VS Code passes only single lines. */
export function valuesIn(line: string, guest: GuestProfile | null): TerminalValue[] {
  return tokensOn(null, 0, line).map(({ start, end, fact, field }) => {
    const register = registerOf(fact, field);
    const report = (asked: GuestProfile | null) => reportOnToken(fact, field, asked);
    const { title, answer } = report(guest);
    const action = register === null ? "Open decode" : "Open in feature table";
    const tooltip = breakable(
      visible(`${plain(title)}: ${plain(answer).replace(/\.$/u, "")} · ${action}`),
    );
    return { startIndex: start, length: end - start, tooltip, register, report };
  });
}

/**
 * Lets a tooltip go on in the next row after any blank: VS Code makes no-break spaces of the blanks, and would break
 * it in the middle of a word.
 */
function breakable(tooltip: string): string {
  return tooltip.replaceAll(" ", ` ${ZERO_WIDTH_SPACE}`);
}
