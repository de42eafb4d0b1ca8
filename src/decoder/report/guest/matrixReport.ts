import { featureName } from "../../features";
import type { FeatureStanding, Verdict } from "../../guest/check";
import type { Matrix, MatrixRow } from "../../guest/matrix";
import { hex64, hexShort } from "../../text/u64";
import type { Json } from "../render/json";
import { assessmentJson, verdictJson } from "../render/json";
import { markdownTable } from "../render/markdown";
import { outcomeInBrief, standingInBrief } from "./outcome";
import { list } from "../phrase";
import { columns } from "../render/text";

/** The output formats of a matrix. */
export const MATRIX_FORMATS = ["text", "markdown", "json", "csv"] as const;

export type MatrixFormat = (typeof MATRIX_FORMATS)[number];

/** Whether a text is the name of such a form. */
export function isMatrixFormat(text: string): text is MatrixFormat {
  return MATRIX_FORMATS.some((format) => format === text);
}

/** What a cell of the matrix says; masks are in SEV_STATUS bit positions. */
function cells(row: MatrixRow, bits: readonly number[]): string[] {
  const { profile, releases, assessment } = row;
  return [
    profile.id,
    releases,
    outcomeInBrief(assessment.verdict, profile.likely),
    ...standingsOf(row, bits).map(standingInBrief),
    profile.verification,
  ];
}

/** What a guest does with each feature of the matrix, in their order. */
function standingsOf({ assessment }: MatrixRow, bits: readonly number[]): FeatureStanding[] {
  return bits.flatMap((bit) => assessment.standings.get(bit) ?? []);
}

function tableOf({ bits, rows }: Matrix): readonly [string[], string[][]] {
  const head = ["guest", "releases", "outcome", ...bits.map(featureName), "known"];
  return [head, rows.map((row) => cells(row, bits))];
}

/** A matrix as an aligned table, with how many boot above and what may hold instead below. */
export function matrixText(matrix: Matrix): string {
  const others = matrix.rows.flatMap(otherwiseText);
  const [head, rows] = tableOf(matrix);
  return [
    summary(matrix),
    "",
    ...columns([head, ...rows]),
    ...(others.length === 0 ? [] : ["", "What may hold instead:"]),
    ...others.map((one) => `  - ${one}`),
  ].join("\n");
}

/** A matrix as a Markdown table. */
export function matrixMarkdown(matrix: Matrix): string {
  const others = matrix.rows.flatMap(otherwiseText).map((one) => [one]);
  const [head, rows] = tableOf(matrix);
  return [
    summary(matrix),
    markdownTable(head, rows),
    ...(others.length === 0 ? [] : [markdownTable(["What may hold instead"], others)]),
  ].join("\n\n");
}

/** How many guests boot, refuse, or have an undefined result, and how many of these answers are only likely. */
function summary({ status, rows }: Matrix): string {
  const counts = COUNTED.flatMap(({ outcome, words }) => {
    const same = rows.filter(({ assessment }) => assessment.verdict.outcome === outcome);
    return same.length === 0 ? [] : [counted(same, words)];
  });
  return `SEV_STATUS ${hexShort(status)}: of ${rows.length} guests ${list(counts)}.`;
}

/** `70 refuse (7 of them likely)`. */
function counted(rows: readonly MatrixRow[], words: string): string {
  const likely = rows.filter(({ profile }) => profile.likely).length;
  return `${rows.length} ${words}${likely === 0 ? "" : ` (${likely} of them likely)`}`;
}

const COUNTED: readonly { readonly outcome: Verdict["outcome"]; readonly words: string }[] = [
  { outcome: "boots", words: "boot" },
  { outcome: "refuses", words: "refuse" },
  { outcome: "undefined", words: "have an undefined result" },
  { outcome: "not-reached", words: "do not reach their check" },
  { outcome: "not-snp", words: "check nothing, because SEV-SNP is off" },
];

function otherwiseText({ releases, assessment: { otherwise } }: MatrixRow): string[] {
  if (otherwise === null) return [];
  const { when, verdict } = otherwise;
  const lacks = verdict.lacks.length === 0 ? "" : ` (${list(verdict.lacks)})`;
  return [`${releases}: if ${when}, ${outcomeInBrief(verdict, false)}${lacks}`];
}

/** A matrix for programs. */
export function matrixJson({ status, bits, rows }: Matrix): Json {
  return {
    value: hex64(status),
    features: bits.map((bit) => ({ bit, name: featureName(bit) })),
    guests: rows.map((row) => rowJson(row, bits)),
  };
}

function rowJson(row: MatrixRow, bits: readonly number[]): Json {
  const { profile, releases, assessment } = row;
  const { otherwise } = assessment;
  return {
    id: profile.id,
    releases,
    verification: profile.verification,
    ...(profile.likely ? { likely: true } : {}),
    verdict: assessmentJson(assessment),
    standings: standingsOf(row, bits),
    ...(otherwise === null
      ? {}
      : { otherwise: { when: otherwise.when, verdict: verdictJson(otherwise.verdict) } }),
  };
}

/** A matrix as CSV (RFC 4180, lines end in LF): words instead of signs, masks as they are in JSON. */
export function matrixCsv({ bits, rows }: Matrix): string {
  const first = [
    ...["guest", "releases", "outcome", "likely", "unsupported", "lacks"],
    ...bits.map(featureName),
    "verification",
  ];
  const lines = rows.map((row) => {
    const { profile, releases, assessment } = row;
    const { outcome, unsupported, lacks } = assessment.verdict;
    return [
      ...[profile.id, releases, outcome, String(profile.likely)],
      ...[hex64(unsupported), lacks.join(" ")],
      ...standingsOf(row, bits),
      profile.verification,
    ];
  });
  return [first, ...lines].map((line) => line.map(csvField).join(",")).join("\n");
}

/** Quotes a field with a comma, a quote or a line end, and one that a spreadsheet could run. */
function csvField(text: string): string {
  const safe = /^[-=+@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
