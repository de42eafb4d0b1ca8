import type { Span } from "../../../text/span";
import type { Match } from "../../finding";
import type { LineFormat } from "../format";
import type { NoticeId } from "../../notices";
import { NOTICES } from "../../notices";
import type { Software } from "../../software";
import { spanOf } from "./groups";
import { matchOf } from "./matches";
import { isMention } from "./mention";

/** The format of a message without a value. */
export function noticeFormat(id: NoticeId): LineFormat {
  const { software = id.slice(0, id.indexOf(".")) as Software, ...notice } = NOTICES[id];
  const { anchors, pattern, mayGoOn } = notice;
  const texts = { name: id, software, anchors };
  if (pattern === undefined) return { ...texts, readText: (text, line) => ofWords(text, line, id) };
  return {
    ...texts,
    pattern,
    read: (match, line) => {
      const span = spanOf(match);
      return mayGoOn === true || isByItself(match.input, span) ? noticeMatch(span, line, id) : null;
    },
  };
}

/** A message without a value. */
export function noticeMatch(span: Span, line: number, id: NoticeId): Match {
  return matchOf(span, line, { kind: "notice", id }, "message");
}

function ofWords(text: string, line: number, id: NoticeId): Match[] {
  const [words = ""] = NOTICES[id].anchors;
  const found: Match[] = [];
  for (let at = text.indexOf(words); at !== -1; at = text.indexOf(words, at + words.length)) {
    const span = { start: at, end: at + words.length };
    if (isByItself(text, span)) found.push(noticeMatch(span, line, id));
  }
  return found;
}

/** Whether words are a whole message, and not a part of a sentence or a quotation. */
function isByItself(text: string, span: Span): boolean {
  return !goesOn(text, span) && !isMention(text, span);
}

/** More of a sentence. A name and a mark after it begin the next message of a text that holds several. */
const MORE = /^(?:\w|, | (?![\w-]{1,40}(?:\[\d{1,7}\])?(?:: |=))[\w(])/u;

/** Whether words that end without a full stop go on. */
function goesOn(text: string, { end }: Span): boolean {
  return text.charAt(end - 1) !== "." && MORE.test(text.slice(end, end + 64));
}
