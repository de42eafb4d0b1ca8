import type { Span } from "../../../text/span";

/** As much of a line beside a message as is looked at. */
const BESIDE = 200;

/** An argument of a call in source code. */
const CALL_BEFORE = /\((?:[^"()]{0,80},\s{0,8})?"[^"]{0,80}$/u;
/** A comment in source code or in a script, a heading. */
const COMMENT_BEFORE = /(?:^|\s)(?:\/\/[/!]?|\/\*\*?|<!--)\s[^"]*$/u;
const COMMENT_LINE = /^\s*(?:\*|#{1,6}|;{1,3})\s/u;

/** Quotation marks, the opening and the closing one. */
const MARKS = ['""', "''", "``", "“”"];

/** What a mark that opens a string stands behind; one behind a letter is an apostrophe, or closes. */
const BEFORE_OPENING = /(?:^|[\s([{=:,!<>|])$/u;

/** What programs that quote what was printed write before it: JSON, logfmt, CSV, Rust's errors and panics. */
const DATA_BEFORE =
  /(?:["']\s{0,4}:\s{0,4}|(?:^|[\s,;{([])[\w.]{1,64}=|["'],|\b[Ee]rror: |\bpanicked at )$/u;
/** The variable of a shell or a program, which its line begins with. */
const ASSIGNED_BEFORE = /^\s*(?:(?:export|local|readonly|const|let|var) )?[\w.]{1,64}=$/u;

/**
 * Whether the words at `span` are only spoken of: a string of the source that prints them, a pattern of a script that
 * looks for them, a comment or a sentence that quotes them. A string that carries a log's message is none of these.
 */
export function isMention(line: string, { start, end }: Span): boolean {
  const from = Math.max(0, start - BESIDE);
  const before = line.slice(from, start);
  if (CALL_BEFORE.test(before) || COMMENT_BEFORE.test(before)) return true;
  if (from === 0 && COMMENT_LINE.test(before)) return true;
  const after = line.slice(end, end + BESIDE);
  return MARKS.some(([opening = "", closing = ""]) => {
    const lead = leadOf(before, opening, closing);
    const close = after.indexOf(closing);
    if (lead === null || close === -1) return false;
    const isWholeLine = from === 0 && lead === "" && after.slice(close + 1).trim() === "";
    return !isWholeLine && !(DATA_BEFORE.test(lead) && !(from === 0 && ASSIGNED_BEFORE.test(lead)));
  });
}

/** What stands before the mark of the string that is open at the end of the text; null where none is. */
function leadOf(before: string, opening: string, closing: string): string | null {
  const lead = before.slice(0, Math.max(0, before.lastIndexOf(opening)));
  if (!before.includes(opening)) return null;
  // Markdown has one, two or three of them on either side.
  if (opening === "`") return (before.match(/`+/gu) ?? []).length % 2 === 1 ? lead : null;
  if (opening === "“") return before.lastIndexOf(closing) < lead.length ? lead : null;
  return BEFORE_OPENING.test(lead) ? lead : null;
}
