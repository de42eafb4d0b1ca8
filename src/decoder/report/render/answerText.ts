import type { Glance, SeenInBrief } from "../glance";
import { plain } from "../phrase";
import type { FieldLine, Report } from "../report";
import { visible } from "../../text/visible";
import { glanceText } from "./glanceText";
import type { Paint } from "./text";
import { PLAIN, columns, detailsText, fieldLines, headed, paragraphs } from "./text";

/** How much a command says: the answer, or also what explains it and where that is from. */
export type Shown = "in brief" | "with sources";

/** The answer of a command: what it shows first, and the report that explains it. */
export interface Answer {
  readonly glance: Glance;
  /** The fields that belong to the answer. */
  readonly fields: readonly FieldLine[];
  /** What each way to start the guest shows. */
  readonly seen: readonly SeenInBrief[];
  /** Nobody has read this kernel: what it shows is likely, no more. */
  readonly isLikely: boolean;
  readonly report: Report;
}

/** Where what a `°` stands for is told. */
export const CAVEAT_LINE = "° more on this: --sources";

/** An answer as text for a terminal. Ends without a newline. */
export function answerText(answer: Answer, shown: Shown, paint: Paint = PLAIN): string {
  const { glance, fields, seen, isLikely, report } = answer;
  const first = glanceText(glance, paint).split("\n");
  if (shown === "with sources") return paragraphs([first, [detailsText(report, paint)]]);
  const ways = columns(seen.map(({ ways: way, text }) => [`  ${way}`, visible(plain(text))]));
  const text = paragraphs([
    first,
    fieldLines(fields),
    headed(isLikely ? "You will likely see:" : "You will see:", ways),
  ]);
  return text.includes("°") ? `${text}\n\n${CAVEAT_LINE}` : text;
}
