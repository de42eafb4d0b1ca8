import type { Match } from "../../finding";
import { noticeMatch } from "./notice";

/** Whether a line ends at a place, by the soft line break of a quoted-printable mail. */
export function isCutBehind(line: string, end: number): boolean {
  return end === line.length - 1 && line.charAt(end) === "=";
}

/** A match; where the line is cut straight behind it, that its text goes on and is not read. */
export function unlessCut(match: Match, text: string, line: number): Match {
  const isCut = [match, ...match.tokens].some(({ end }) => isCutBehind(text, end));
  return isCut && match.isMentioned !== true ? noticeMatch(match, line, "named.cut") : match;
}
