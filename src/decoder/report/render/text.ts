import { plain } from "../phrase";
import type { Phrase } from "../phrase";
import { TONE_SIGNS } from "../glance";
import type { FieldLine, Report, Tone } from "../report";
import { SIGNS } from "../report";
import { visible } from "../../text/visible";
import { largest } from "../../text/lists";

/** How a terminal shows emphasis; every function returns the text with or without its colour. */
export interface Paint {
  readonly strong: (text: string) => string;
  readonly tone: (tone: Tone, text: string) => string;
}

/** No colour at all. */
export const PLAIN: Paint = { strong: (text) => text, tone: (_, text) => text };

function line(phrase: Phrase): string {
  return visible(plain(phrase));
}

/** The rows of a table as lines, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    largest(rows.map((row) => (row[column] ?? "").length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** A report for a terminal or a plain-text file: the answer first. Ends without a newline. */
export function textOf(report: Report, paint: Paint = PLAIN): string {
  const { title, answer, tone, features } = report;
  const table = columns(
    features.map(({ bit, name, meaning, standing, state }) => [
      String(bit).padStart(4),
      standing === null ? " " : SIGNS[standing],
      name,
      standing === null ? meaning : state,
    ]),
  ).map((row, index) => (features[index]?.standing === "lacks" ? paint.tone("bad", row) : row));
  return paragraphs([
    [`${paint.strong(line(title))}: ${paint.tone(tone, `${TONE_SIGNS[tone]} ${line(answer)}`)}`],
    table,
    ...detailsOf(report, paint),
  ]);
}

/** All of a report that explains its answer, as text: fields, what the logs show, advice, notes, sources. */
export function detailsText(report: Report, paint: Paint = PLAIN): string {
  const meanings = report.features.map(({ bit, name, meaning }) => [
    String(bit).padStart(4),
    name,
    meaning,
  ]);
  return paragraphs([columns(meanings), ...detailsOf(report, paint)]);
}

function detailsOf(
  { fields, consequences, advice, notes, sources }: Report,
  paint: Paint,
): (readonly string[])[] {
  return [
    fieldLines(fields),
    consequences.map((phrase) => `  - ${line(phrase)}`),
    headed(
      "What to do:",
      advice.flatMap(({ feature, ways }) => [
        `  ${paint.strong(feature)}`,
        ...ways.map((way) => `    - ${line(way)}`),
      ]),
    ),
    headed(
      "Note:",
      notes.map((phrase) => `  - ${line(phrase)}`),
    ),
    headed(
      "Sources:",
      sources.map((source) => `  - ${visible(source)}`),
    ),
  ];
}

/** The fields of a value as a table. */
export function fieldLines(fields: readonly FieldLine[]): string[] {
  return columns(
    fields.map(({ name, value, meaning }) => [
      `  ${visible(name)}`,
      visible(value),
      visible(meaning),
    ]),
  );
}

/** Lines under a heading; none without lines. */
export function headed(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, ...lines];
}

/** Groups of lines with an empty line between them; empty groups are left out. */
export function paragraphs(groups: readonly (readonly string[])[]): string {
  return groups
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}
