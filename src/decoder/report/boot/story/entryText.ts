import type { Phrase } from "../../phrase";
import { plain } from "../../phrase";
import type { Paint } from "../../render/text";
import { PLAIN, columns } from "../../render/text";
import { grouped } from "../../../text/grouped";
import { visible } from "../../../text/visible";
import { TONE_SIGNS } from "./signs";
import type { HostView, LogEntry, LogLink, QuotedLine } from "./view";

/** What an entry says besides how it went: its place, when it is told by itself. */
export type EntryTold = Pick<
  LogEntry,
  "tone" | "word" | "boots" | "title" | "facts" | "links" | "kernel" | "quoted" | "fix" | "notes"
>;

/** An entry as lines of plain text: how it went, its line of the log, what to do. */
export function entryText(entry: EntryTold, paint: Paint = PLAIN): string[] {
  const { tone, word, boots, title, facts, links, kernel, quoted, fix, notes } = entry;
  const where = links.map(({ label }) => label).join(" … ");
  const parts = [title, facts].map(text).filter((part) => part !== "");
  const head = paint.tone(tone, `${TONE_SIGNS[tone]} ${word}`);
  return [
    `${head}  ${paint.strong(boots)} – ${parts.join("  ")}  (${where})`,
    ...(kernel === null ? [] : [`  ${text(kernel)}`]),
    ...quoteText(quoted),
    ...(fix === null ? [] : [`  Fix: ${text(fix)}`]),
    ...notes.map((note) => `  ${text(note)}`),
  ];
}

/** A host's log as lines of plain text; `quote` gives the line of a link, where it is at hand. */
export function hostText(
  { tone, verdict, fix, causes, others, notes }: HostView,
  quote: (link: LogLink) => QuotedLine | null = () => null,
  paint: Paint = PLAIN,
): string[] {
  const [only, ...more] = causes;
  const isOne = verdict !== null && only !== undefined && more.length === 0;
  const table = columns(
    causes.map(({ count, reason, mask, missing, first, last }) => [
      `  ${grouped(count)} ×`,
      missing === "" ? mask : `${mask} ${missing}`,
      placeOf(first, last),
      reason,
    ]),
  );
  const rows = causes.flatMap(({ first }, index) => [
    table[index] ?? "",
    ...quoteText(quote(first), "      "),
  ]);
  const where = isOne ? `  (${placeOf(only.first, only.last)})` : "";
  return [
    ...(verdict === null
      ? []
      : [`${paint.tone(tone, TONE_SIGNS[tone])} ${paint.strong(text(verdict))}${where}`]),
    ...(isOne ? quoteText(quote(only.first)) : []),
    ...(fix === null ? [] : [`  Fix: ${text(fix)}`]),
    ...notes.map((note) => `  ${text(note)}`),
    ...(isOne ? [] : rows),
    ...others.map((note) => {
      const times = note.count === 1 ? "" : `${grouped(note.count)} × `;
      const where = note.link === null ? "" : `  (${note.link.label})`;
      const sign = paint.tone(note.tone, TONE_SIGNS[note.tone]);
      return `  ${sign} ${times}${text(note.text)}${where}`;
    }),
  ];
}

/** A line of the log; wrapping leaves it as it is. */
function quoteText(quoted: QuotedLine | null, indent = "  "): string[] {
  return quoted === null || quoted.text === "" ? [] : [`${indent}> ${quoted.text}`];
}

/** `line 4`, `line 4 … 16`. */
function placeOf(first: LogLink, last: LogLink | null): string {
  return last === null ? first.label : `${first.label} … ${last.label.replace(/^line /u, "")}`;
}

function text(phrase: Phrase): string {
  return visible(plain(phrase));
}
