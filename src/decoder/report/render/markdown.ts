import { SIGNS } from "../report";
import { visible } from "../../text/visible";
import type { Phrase, Span } from "../phrase";
import type { Advice, FeatureLine, FieldLine, Report } from "../report";
import { largest } from "../../text/lists";

function oneLine(text: string): string {
  return text.replaceAll(/[\n\r]+/gu, " ");
}

/** Text that is to stay text: what Markdown could read as mark-up, or GitHub as an address, is escaped. */
function escaped(text: string): string {
  return visible(oneLine(text)).replaceAll(
    /[!#$&()*+<>@[\\\]_`{|}~-]|:(?=\/\/)|(?<=\bwww)\./giu,
    (mark) => `\\${mark}`,
  );
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
  return joined([headMarkdown(report), detailMarkdown(report, "with sources")]);
}

/** The answer, and the set bits or fields: what one wants to see at a glance. */
export function headMarkdown(report: Report): string {
  return joined([
    `${phraseMarkdown(report.title)} — ${phraseMarkdown(report.answer)}`,
    report.features.length > 0 ? featureTable(report.features) : "",
    report.fields.length > 0 ? fieldTable(report.fields) : "",
  ]);
}

/** What to do, what happens and what is not certain; "" where there is nothing of it. */
export function detailMarkdown(
  report: Report,
  sources: "with sources" | "without sources",
): string {
  return joined([
    report.advice.length > 0 ? `What to do:\n\n${adviceList(report.advice)}` : "",
    report.consequences.length > 0 ? `What happens:\n\n${bullets(report.consequences)}` : "",
    report.notes.length > 0 ? `Note:\n\n${bullets(report.notes)}` : "",
    sources === "with sources" && report.sources.length > 0
      ? `Sources:\n\n${report.sources.map((source) => `- ${escaped(source)}`).join("\n")}`
      : "",
  ]);
}

function joined(sections: readonly string[]): string {
  return sections.filter((section) => section !== "").join("\n\n");
}
