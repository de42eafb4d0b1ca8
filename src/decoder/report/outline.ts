import type { Boot } from "../log/boots";
import { endingIn } from "../log/bootEnds";
import type { DocumentLog } from "../log/documentLog";
import type { Finding, Span } from "../log/finding";
import type { GuestProfile } from "../guest/profile";
import { askBoot } from "./askedBoot";
import { answerOfBoot } from "./bootAnswer";
import { findingLabel } from "./findingLabel";
import { plain } from "./phrase";
import { visible } from "./visible";
import { largest } from "../lists";

/** One line of a document's outline. Lines count from 0; the last one is part of it. */
export interface OutlineItem {
  readonly kind: "boot" | "kernel" | "value" | "end" | "notice";
  readonly name: string;
  readonly detail: string;
  readonly first: number;
  readonly last: number;
  /** Where in its first line it stands; null for the whole line. */
  readonly span: Span | null;
  readonly children: readonly OutlineItem[];
}

/** No more findings than these are listed below one boot, the kernel, the register and the ends before all others. */
export const MOST_OF_BOOT = 500;

/** The boots of a log with what was found in each, in the order of the lines. `given` is the guest that the user chose. */
export function outlineOf(log: DocumentLog, given: GuestProfile | null): readonly OutlineItem[] {
  return [...log.boots().values()].map((boot) => ({
    kind: "boot",
    name: bootName(boot),
    detail: sentence(plain(answerOfBoot(askBoot(boot, given)))),
    ...log.linesOf(boot.number),
    span: null,
    children: chosen(log.findingsOf(boot.number)).map(itemOf),
  }));
}

/** `Boot 2: Linux 6.12.80`, or `Boot 2` where the log does not tell of the guest's kernel. */
export function bootName({ number, kernel }: Boot): string {
  return `Boot ${number}${kernel === null ? "" : `: Linux ${visible(kernel.release)}`}`;
}

function chosen(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_OF_BOOT) return findings;
  const [first, second] = [findings.filter(isWeighty), findings.filter((one) => !isWeighty(one))];
  return [...first, ...second].slice(0, MOST_OF_BOOT).sort((a, b) => a.line - b.line);
}

function isWeighty(finding: Finding): boolean {
  return ["guest-kernel", "sev-status", "sev-features"].includes(finding.kind) || isEnd(finding);
}

function isEnd(finding: Finding): boolean {
  return endingIn(finding) !== null;
}

function itemOf(finding: Finding): OutlineItem {
  const label = findingLabel(finding);
  const { line, start, end, parts } = finding;
  return {
    kind: kindOf(finding),
    name: visible(plain(label.filter(({ kind }) => kind === "strong"))),
    detail: visible(plain(label.filter(({ kind }) => kind !== "strong")).replace(/^(?:, | )/u, "")),
    first: line,
    last: largest(
      parts.map((part) => part.line),
      line,
    ),
    span: { start, end },
    children: [],
  };
}

function kindOf(finding: Finding): OutlineItem["kind"] {
  if (isEnd(finding)) return "end";
  if (finding.kind === "guest-kernel") return "kernel";
  return finding.kind === "notice" ? "notice" : "value";
}

/** Without its full stop, as a detail stands. */
function sentence(text: string): string {
  return visible(text.replace(/\.$/u, ""));
}
