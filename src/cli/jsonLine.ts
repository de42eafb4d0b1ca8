import type { Finding } from "../decoder/log/finding";
import { factJson } from "../decoder/report/boot/factJson";
import type { Json } from "../decoder/report/render/json";

/**
 * JSON on one line, with every character escaped that a terminal or an editor obeys instead of showing: the text
 * of a token is the log's, and a log is written by strangers.
 */
export function jsonLine(json: Json): string {
  const line = JSON.stringify(json);
  // Nearly every line is plain ASCII: JSON.stringify leaves nothing to escape there.
  if (!/[^\x20-\x7e]/u.test(line)) return line;
  return line.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, index) => {
      const unit = character.charCodeAt(index).toString(16).padStart(4, "0");
      return `\\u${unit}`;
    }).join(""),
  );
}

/** A finding as a line of `scan --json`, an object of the command line's contract; `file` is null for standard input. */
export function findingLine(finding: Finding, file: string | null): string {
  const { line, start, end, text, software, boot, fact } = finding;
  return jsonLine({
    file,
    line: line + 1,
    column: start + 1,
    length: end - start,
    text,
    kind: fact.kind,
    source: software,
    boot,
    ...factJson(fact),
  });
}
