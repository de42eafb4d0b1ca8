import { plain } from "../phrase";
import type { Phrase } from "../phrase";
import type { Report, Tone } from "../report";
import { SIGNS } from "../report";
import { visible } from "../../text/visible";
import { append, largest } from "../../text/lists";

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
  const out = [
    `${paint.strong(line(report.title))} — ${paint.tone(report.tone, line(report.answer))}`,
  ];
  const features = report.features.map(({ bit, name, meaning, standing, state }) => [
    String(bit).padStart(4),
    standing === null ? " " : SIGNS[standing],
    name,
    standing === null ? meaning : state,
  ]);
  const table = columns(features).map((row, index) =>
    report.features[index]?.standing === "lacks" ? paint.tone("bad", row) : row,
  );
  if (table.length > 0) append(out, ["", ...table]);
  if (report.fields.length > 0) {
    const rows = report.fields.map(({ name, value, meaning }) => [
      `  ${visible(name)}`,
      visible(value),
      visible(meaning),
    ]);
    append(out, ["", ...columns(rows)]);
  }
  if (report.consequences.length > 0) {
    append(out, ["", ...report.consequences.map((phrase) => `  - ${line(phrase)}`)]);
  }
  if (report.advice.length > 0) {
    out.push("", "What to do:");
    for (const { feature, ways } of report.advice) {
      append(out, [`  ${paint.strong(feature)}`, ...ways.map((way) => `    - ${line(way)}`)]);
    }
  }
  if (report.notes.length > 0) {
    append(out, ["", "Note:", ...report.notes.map((phrase) => `  - ${line(phrase)}`)]);
  }
  if (report.sources.length > 0) {
    append(out, ["", "Sources:", ...report.sources.map((source) => `  - ${visible(source)}`)]);
  }
  return out.join("\n");
}
