import type { Fact, Finding } from "../decoder/log/finding";
import { factJson } from "../decoder/report/boot/factJson";
import type { Json } from "../decoder/report/render/json";
import { remembered } from "../decoder/text/remembered";

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
  // Numbers that grow with the log: as they are, a template would leave each as a string in the engine's cache.
  const place = `"line":${JSON.stringify(line + 1)},"column":${start + 1},"length":${end - start}`;
  const what = `"text":${jsonLine(text)},"kind":"${fact.kind}","source":"${software}","boot":${JSON.stringify(boot)}`;
  return `{"file":${jsonLine(file)},${place},${what},${restOf(fact)}`;
}

/** Whether a fact came before, and what a line of JSON says of it, once that was made. */
interface Came {
  isAgain: boolean;
  rest: string;
}

const came: (fact: Fact) => Came = remembered(() => ({ isAgain: false, rest: "" }));

/** Facts of these kinds are one object as long as they are equal: see `statusFact` and `naeTermination`. */
const SHARED: ReadonlySet<Fact["kind"]> = new Set(["sev-status", "termination"]);

/** The end of a finding's line, from the first key of its fact on. */
function restOf(fact: Fact): string {
  if (!SHARED.has(fact.kind)) return made(fact);
  const known = came(fact);
  if (!known.isAgain) {
    known.isAgain = true;
    return made(fact);
  }
  if (known.rest === "") known.rest = made(fact);
  return known.rest;
}

function made(fact: Fact): string {
  return jsonLine(factJson(fact)).slice(1);
}
