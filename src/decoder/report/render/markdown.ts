import { SIGNS } from "../report";
import { visible } from "../../text/visible";
import type { Phrase, Span } from "../phrase";
import type { Advice, FeatureLine, FieldLine, Report } from "../report";
import { largest } from "../../text/lists";

function oneLine(text: string): string {
  return text.replaceAll(/[\n\r]+/gu, " ");
}

/** What Markdown or GitHub reads as mark-up, anywhere in a line. Within a word, `_` is none. */
const MARKUP =
  /[$*[\\\]`|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|<(?=[!/?a-z])|&(?=[\w#])|#\b|@\b|:(?=\/\/)|(?<=\bwww)\./giu;
/** What is mark-up at the beginning of a line: headings, quotes, lists and rules. */
const LEADING = /^\s{0,3}(?:[#+>-]|\d{1,9}[).]|=+\s*$)/u;

/**
 * Text that is to stay text: what would render as mark-up, or as an address, is escaped, and nothing else, so that it can
 * be pasted where nothing renders.
 */
export function escaped(text: string): string {
  const safe = visible(oneLine(text)).replaceAll(MARKUP, String.raw`\$&`);
  return safe.replace(LEADING, (begin) => `${begin.slice(0, -1)}\\${begin.slice(-1)}`);
}

/** A code span whose fence is longer than any run of backticks in it. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/gu) ?? [];
  const fence = "`".repeat(largest(runs.map((run) => run.length)) + 1);
  const pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${pad}${visible(oneLine(text))}${pad}${fence}`;
}

function spanMarkdown({ kind, text }: Span): string {
  switch (kind) {
    case "code":
      return codeSpan(text);
    case "strong":
      return `**${escaped(text)}**`;
    case "text":
      return escaped(text);
  }
}

/** A text as a block of code. */
export function codeBlock(text: string): string {
  const runs = text.match(/`+/gu) ?? [];
  const fence = "`".repeat(Math.max(3, largest(runs.map((run) => run.length)) + 1));
  return `${fence}text\n${visible(oneLine(text))}\n${fence}`;
}

/** A sentence as Markdown; what is not mark-up of ours is escaped. */
export function phraseMarkdown(phrase: Phrase): string {
  return phrase.map(spanMarkdown).join("");
}

function bullets(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => `- ${phraseMarkdown(phrase)}`).join("\n");
}

function featureTable(lines: readonly FeatureLine[]): string {
  const judged = lines.some(({ standing }) => standing !== null);
  const head = judged
    ? "| Bit | Feature | Guest |\n| --: | :-- | :-- |"
    : "| Bit | Feature | Meaning |\n| --: | :-- | :-- |";
  const rows = lines.map(({ bit, name, meaning, standing, state }) => {
    const lacking = standing === "lacks";
    const shown = lacking ? `**${escaped(name)}**` : escaped(name);
    const last =
      standing === null ? escaped(judged ? "" : meaning) : `${SIGNS[standing]} ${escaped(state)}`;
    return `| ${bit} | ${shown} | ${lacking ? `**${last}**` : last} |`;
  });
  return [head, ...rows].join("\n");
}

/** In a table a bar ends the cell even within a code span. */
function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|");
}

function fieldTable(lines: readonly FieldLine[]): string {
  const rows = lines.map(
    ({ name, value, meaning }) =>
      `| ${escaped(name)} | ${cell(codeSpan(value))} | ${escaped(meaning)} |`,
  );
  return ["| Field | Value | Meaning |", "| :-- | :-- | :-- |", ...rows].join("\n");
}

/** A table of texts, all of them escaped. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  return [head, head.map(() => null), ...rows]
    .map((row) => `| ${row.map((text) => (text === null ? ":--" : escaped(text))).join(" | ")} |`)
    .join("\n");
}

function adviceList(advice: readonly Advice[]): string {
  return advice
    .map(
      ({ feature, ways }) =>
        `- **${escaped(feature)}**\n${ways.map((way) => `  - ${phraseMarkdown(way)}`).join("\n")}`,
    )
    .join("\n");
}

/**
 * A report as Markdown: the answer first, then the set bits, what to do, what happens, and what is not certain.
 * Text from outside is escaped; the result holds no HTML and no link.
 */
export function markdownOf(report: Report): string {
  return joined([
    `${phraseMarkdown(report.title)} — ${phraseMarkdown(report.answer)}`,
    report.features.length > 0 ? featureTable(report.features) : "",
    report.fields.length > 0 ? fieldTable(report.fields) : "",
    report.advice.length > 0 ? `What to do:\n\n${adviceList(report.advice)}` : "",
    report.consequences.length > 0 ? `What happens:\n\n${bullets(report.consequences)}` : "",
    report.notes.length > 0 ? `Note:\n\n${bullets(report.notes)}` : "",
    report.sources.length > 0
      ? `Sources:\n\n${report.sources.map((source) => `- ${escaped(source)}`).join("\n")}`
      : "",
  ]);
}

function joined(sections: readonly string[]): string {
  return sections.filter((section) => section !== "").join("\n\n");
}
