import type * as vscode from "vscode";
import type { Known } from "../../decoder/guest/assessment";
import { atLeast, exactly } from "../../decoder/guest/assessment";
import type { GuestProfile } from "../../decoder/guest/profile";
import { decode, statusOf } from "../../decoder/register/decode";
import { GHCB_MSR, SEV_STATUS_MSR } from "../../decoder/features/addresses";
import { namedThing } from "../../decoder/source/names";
import { tokensOn } from "../../decoder/boot/document";
import type { DocumentBoots } from "../../decoder/boot/document";
import type { Reading } from "../../decoder/log/reading";
import { pathBefore, wordAt } from "../../decoder/source/words";
import type { Token } from "../../decoder/source/words";
import { reportOnReading } from "../../decoder/report/value/readingReport";
import type { Report } from "../../decoder/report/report";
import { say } from "../../decoder/report/phrase";
import { reportOnSymbol } from "../../decoder/report/value/symbolReport";
import { parseU64 } from "../../decoder/text/u64";

/** What stands at a place of a document, and everything there is to say about it. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** Null for a name in source code. */
  readonly reading: Reading | null;
  /** The SEV_STATUS that the value shows of a running guest; null for anything else. */
  readonly status: Known | null;
  readonly report: (guest: GuestProfile | null) => Report;
}

/**
 * A value whose line says what it is, or a name of the field, at a position; null for anything else. `log` is what was
 * read of the document; a line that was not reached yet is read by itself.
 */
export function foundAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  log: DocumentBoots | null,
): Found | null {
  const { line: number, character } = position;
  const line = document.lineAt(number).text;
  const token = tokensOn(log, number, line).find(
    ({ start, end }) => start <= character && character <= end,
  );
  if (token !== undefined) return fromReading(token, token.reading);
  const word = wordAt(line, character);
  if (word === null) return null;
  const named = nameAt(line, word);
  if (named !== null) return named;
  const address = valueOf(word);
  return address === SEV_STATUS_MSR || address === GHCB_MSR
    ? fromReading(word, { kind: "msr-address", address })
    : null;
}

/** The name of the field that a word is, with the path before it where it needs that. */
function nameAt(line: string, word: Token): Found | null {
  const path = pathBefore(line, word);
  const thing =
    (path === null ? null : namedThing(`${path.text}::${word.text}`)) ?? namedThing(word.text);
  const { start, end } = word;
  return thing === null
    ? null
    : { start, end, reading: null, status: null, report: (guest) => reportOnSymbol(thing, guest) };
}

/** Any 0x value at a position, read as SEV_STATUS because nothing on its line says otherwise; null for none. */
export function anyHexAt(document: vscode.TextDocument, position: vscode.Position): Found | null {
  const word = wordAt(document.lineAt(position.line).text, position.character);
  const value = word === null ? null : valueOf(word);
  if (word === null || value === null) return null;
  const found = fromReading(word, { kind: "register", register: "sev-status", value });
  const note = say`Nothing on this line says what the value is: it is read as SEV_STATUS because the setting sevStatus.hover.scope is anyHex.`;
  return {
    ...found,
    report: (guest) => {
      const report = found.report(guest);
      return { ...report, notes: [note, ...report.notes] };
    },
  };
}

function fromReading({ start, end }: { start: number; end: number }, reading: Reading): Found {
  return {
    start,
    end,
    reading,
    status: statusIn(reading),
    report: (guest) => reportOnReading(reading, guest),
  };
}

function valueOf({ text }: Token): bigint | null {
  if (!text.startsWith("0x") && !text.startsWith("0X")) return null;
  const parsed = parseU64(text);
  return parsed.ok ? parsed.value : null;
}

function statusIn(reading: Reading): Known | null {
  if (reading.kind !== "register" || reading.mask === true || reading.synthetic === true)
    return null;
  const status = statusOf(decode(reading.register, reading.value));
  if (status === null) return null;
  return reading.atLeast === true ? atLeast(status, reading.shows) : exactly(status);
}
