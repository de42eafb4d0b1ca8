import type { Boot } from "../../boot/boot";
import { endingIn } from "../../boot/ends";
import type { Choice } from "../../boot/assessed";
import { assessBoot } from "../../boot/assessed";
import type { DocumentBoots } from "../../boot/document";
import { lastLineOf } from "../../boot/document";
import type { SilentBoots } from "../../boot/silent";
import type { Finding } from "../../log/finding";
import type { Span } from "../../text/span";
import { answerOfBoot } from "../boot/bootAnswer";
import { numbersOf } from "../boot/bootFields";
import { findingLabel } from "../boot/findingLabel";
import { silentAnswer } from "../boot/silentReport";
import { plain } from "../phrase";
import { visible } from "../../text/visible";

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

/** The boots of a log with what was found in each, in the order of the lines. `choice` is the kernel that the user chose. */
export function outlineOf(log: DocumentBoots, choice: Choice | null): readonly OutlineItem[] {
  const boots = [...log.boots().values()].map((boot) => bootItem(log, boot, choice));
  return [...boots, ...log.silent().map(silentItem)].sort((a, b) => a.first - b.first);
}

function bootItem(log: DocumentBoots, boot: Boot, choice: Choice | null): OutlineItem {
  return {
    kind: "boot",
    name: bootName(boot),
    detail: sentence(plain(answerOfBoot(assessBoot(boot, choice)))),
    ...log.linesOf(boot.number),
    span: null,
    children: chosen(log.findingsOf(boot.number)).map(itemOf),
  };
}

function silentItem(silent: SilentBoots): OutlineItem {
  const { firstLine: first, lastLine: last } = silent;
  const name = numbersOf(silent).replace("boot", "Boot");
  const detail = sentence(plain(silentAnswer(silent)));
  return { kind: "boot", name, detail, first, last, span: null, children: [] };
}

/** `Boot 2: Linux 6.12.80`, or `Boot 2` where the log does not tell of the guest's kernel. */
function bootName({ number, kernel }: Boot): string {
  return `Boot ${number}${kernel === null ? "" : `: Linux ${visible(kernel.release)}`}`;
}

function chosen(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_OF_BOOT) return findings;
  const [first, second] = [findings.filter(isWeighty), findings.filter((one) => !isWeighty(one))];
  return [...first, ...second].slice(0, MOST_OF_BOOT).sort((a, b) => a.line - b.line);
}

const WEIGHTY = ["guest-kernel", "sev-status", "sev-features"];

function isWeighty(finding: Finding): boolean {
  return WEIGHTY.includes(finding.fact.kind) || endingIn(finding) !== null;
}

function itemOf(finding: Finding): OutlineItem {
  const label = findingLabel(finding);
  const { line, start, end } = finding;
  return {
    kind: kindOf(finding),
    name: visible(plain(label.filter(({ kind }) => kind === "strong"))),
    detail: visible(plain(label.filter(({ kind }) => kind !== "strong")).replace(/^(?:, | )/u, "")),
    first: line,
    last: lastLineOf(finding),
    span: { start, end },
    children: [],
  };
}

function kindOf(finding: Finding): OutlineItem["kind"] {
  if (endingIn(finding) !== null) return "end";
  if (finding.fact.kind === "guest-kernel") return "kernel";
  return finding.fact.kind === "notice" ? "notice" : "value";
}

/** Without its full stop, as a detail stands. */
function sentence(text: string): string {
  return visible(text.replace(/\.$/u, ""));
}
