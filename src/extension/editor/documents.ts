import * as vscode from "vscode";
import type { Lines } from "../../decoder/log/line/lineText";
import type { Span } from "../../decoder/text/span";

/**
 * Where values are looked for. `Log` and the scheme `output` are the output channels. No scheme is named
 * otherwise, so that git:, untitled: and virtual file systems work too. The activation events in the
 * manifest name the same languages.
 */
export const LANGUAGES = [
  "log",
  "Log",
  "plaintext",
  "c",
  "cpp",
  "rust",
  "go",
  "python",
  "asm",
  "shellscript",
  "diff",
  "markdown",
  "json",
  "jsonc",
  "jsonl",
  "yaml",
  "toml",
  "xml",
] as const;

export const DOCUMENTS: vscode.DocumentSelector = [
  ...LANGUAGES.map((language) => ({ language })),
  { scheme: "output" },
];

/** Written by programs: logs, output channels, and plain text, such as a saved console. */
export const LOGS: vscode.DocumentSelector = [
  { language: "log" },
  { language: "Log" },
  { language: "plaintext" },
  { scheme: "output" },
];

/** Languages of programs, in which people write the registers' constants. */
const SOURCE_CODE: vscode.DocumentSelector = [
  "c",
  "cpp",
  "rust",
  "go",
  "python",
  "asm",
  "shellscript",
] satisfies readonly (typeof LANGUAGES)[number][];

/**
 * The schemes of the extension's own read-only pages. Each has one provider: of two for the same scheme, VS Code asks
 * the newer one alone.
 */
export const PAGE_SCHEMES = {
  whatToDo: "sev-status",
  decode: "sev-decode",
  comparison: "sev-comparison",
  details: "sev-details",
  recognized: "sev-recognized",
} as const;

/**
 * Whether a document may be what a program wrote: source code, mails, notes and the extension's own pages only quote
 * such lines.
 */
export function isLog(document: vscode.TextDocument): boolean {
  const isPage = Object.values<string>(PAGE_SCHEMES).includes(document.uri.scheme);
  return !isPage && vscode.languages.match(LOGS, document) > 0;
}

/** Whether a document is source code. An output channel is none, whatever its language. */
export function isSourceCode(document: vscode.TextDocument): boolean {
  return !isLog(document) && vscode.languages.match(SOURCE_CODE, document) > 0;
}

/** A document for the decoder, which reads it line by line, never as a whole. */
export function linesOf(document: vscode.TextDocument): Lines {
  return (line) =>
    line >= 0 && line < document.lineCount ? document.lineAt(line).text : undefined;
}

/** The lines of a document, one after the other. */
export function* linesIn(document: vscode.TextDocument): Iterable<string> {
  for (let line = 0; line < document.lineCount; line++) yield document.lineAt(line).text;
}

/** The editor's range for a span of the decoder. */
export function rangeOf({ line, start, end }: Span & { readonly line: number }): vscode.Range {
  return new vscode.Range(line, start, line, end);
}
