import type * as vscode from "vscode";
import type { GuestProfile } from "../../decoder/guest/profile";
import { GHCB_MSR, SEV_STATUS_MSR } from "../../decoder/features/addresses";
import { namedThing } from "../../decoder/source/names";
import type { DocumentBoots, ExplainedToken } from "../../decoder/boot/document";
import { tokensOn } from "../../decoder/boot/document";
import type { Known } from "../../decoder/guest/assessment";
import type { RegisterValue } from "../../decoder/log/tokenRegister";
import { isMask, registerOf } from "../../decoder/log/tokenRegister";
import { pathBefore, wordAt } from "../../decoder/source/words";
import type { Token } from "../../decoder/source/words";
import { msrReport } from "../../decoder/report/value/msrReport";
import { knownIn, reportOnToken } from "../../decoder/report/value/tokenReport";
import type { Report } from "../../decoder/report/report";
import type { Glance } from "../../decoder/report/glance";
import { say } from "../../decoder/report/phrase";
import { leafGlance } from "../../decoder/report/value/leafGlance";
import { glanceOnSymbol } from "../../decoder/report/value/symbolGlance";
import { glanceOnToken } from "../../decoder/report/value/tokenGlance";
import type { Kernels } from "../../decoder/boot/kernels";
import { linesOf } from "./documents";
import { definedMask } from "../../decoder/source/masks";
import { reportOnSymbol } from "../../decoder/report/value/symbolReport";
import { hexShort, parseU64 } from "../../decoder/text/u64";

/** A value or name at a place of a document, and its report. */
export interface Found {
  readonly start: number;
  readonly end: number;
  /** A value that its line explains, or a name of source code. */
  readonly kind: "value" | "name";
  /** What the feature table can open; null for anything else. */
  readonly register: RegisterValue | null;
  /** The value is a mask of refused bits, not the SEV_STATUS of a running guest. */
  readonly isMask: boolean;
  /** The SEV_STATUS of a running guest that the value shows; null for anything else. */
  readonly status: Known | null;
  readonly report: (guest: GuestProfile | null, host?: Host) => Report;
  /** The same in one look. */
  readonly glance: (guest: GuestProfile | null, host?: Host) => Glance;
}

/** What the log shows of the host of a value. */
type Host = Pick<Kernels, "isOnMshv">;

/**
 * A value whose line says what it is, or a name of the field, at a position; null for anything else. `log` is what was
 * read of the document; a line that was not reached yet is read by itself.
 */
export function foundAt(
  document: vscode.TextDocument,
  { line: number, character }: vscode.Position,
  log: DocumentBoots | null,
): Found | null {
  const line = document.lineAt(number).text;
  const token = tokensOn(log, number, line).find(
    ({ start, end }) => start <= character && character <= end,
  );
  if (token !== undefined) return fromToken(token);
  const word = wordAt(line, character);
  if (word === null) return null;
  const named = nameAt(line, word, document);
  if (named !== null) return named;
  const address = valueOf(word);
  return address === SEV_STATUS_MSR || address === GHCB_MSR
    ? {
        ...NO_VALUE,
        start: word.start,
        end: word.end,
        kind: "value",
        ...leaf(() => msrReport(address, hexShort(address))),
      }
    : null;
}

/** A report, and its glance, of a thing that is no value of a register. */
function leaf(report: Found["report"]): Pick<Found, "report" | "glance"> {
  return { report, glance: (guest, host) => leafGlance(report(guest, host)) };
}

/** The fields of a place that shows no register value. */
const NO_VALUE = { register: null, isMask: false, status: null } as const;

/** The field that a word names, read with the path before it if it needs one. */
function nameAt(line: string, word: Token, document: vscode.TextDocument): Found | null {
  const path = pathBefore(line, word);
  const thing =
    (path === null ? null : namedThing(`${path.text}::${word.text}`)) ?? namedThing(word.text);
  const { start, end } = word;
  return thing === null
    ? null
    : {
        ...NO_VALUE,
        start,
        end,
        kind: "name",
        report: (guest) => reportOnSymbol(thing, guest),
        glance: (guest) =>
          glanceOnSymbol(
            thing,
            guest,
            thing.kind === "mask" ? definedMask(thing.name, linesOf(document)) : null,
          ),
      };
}

/** Any 0x value at a position, read as SEV_STATUS since its line does not name a register; null for none. */
export function anyHexAt(document: vscode.TextDocument, position: vscode.Position): Found | null {
  const word = wordAt(document.lineAt(position.line).text, position.character);
  const value = word === null ? null : valueOf(word);
  if (word === null || value === null) return null;
  const { start, end } = word;
  const found = fromToken({ start, end, field: "value", fact: { kind: "sev-status", value } });
  const note = say`Nothing on this line says what the value is: it is read as SEV_STATUS because the setting sevStatus.hover.scope is anyHex.`;
  return {
    ...found,
    report: (guest) => {
      const report = found.report(guest);
      return { ...report, notes: [note, ...report.notes] };
    },
    glance: (guest) => {
      const glance = found.glance(guest);
      return {
        ...glance,
        lines: [say`Read as SEV_STATUS (sevStatus.hover.scope)`, ...glance.lines],
      };
    },
  };
}

function fromToken({ start, end, fact, field }: Omit<ExplainedToken, "line">): Found {
  return {
    start,
    end,
    kind: "value",
    register: registerOf(fact, field),
    isMask: isMask(fact, field),
    status: knownIn(fact, field),
    report: (guest, host) => reportOnToken(fact, field, guest, host?.isOnMshv !== true),
    glance: (guest, host) => glanceOnToken(fact, field, guest, host?.isOnMshv !== true),
  };
}

function valueOf({ text }: Token): bigint | null {
  if (!text.startsWith("0x") && !text.startsWith("0X")) return null;
  const parsed = parseU64(text);
  return parsed.ok ? parsed.value : null;
}
