import type { Boot } from "../../boot/boot";
import { endingIn } from "../../boot/ends";
import type { AssessedBoot, Choice } from "../../boot/assessed";
import { assessBoot } from "../../boot/assessed";
import type { DocumentBoots } from "../../boot/document";
import { lastLineOf } from "../../boot/document";
import type { SilentBoots } from "../../boot/silent";
import type { Finding } from "../../log/finding";
import type { Span } from "../../text/span";
import { answerOfBoot } from "../boot/bootAnswer";
import { bootBrief } from "../boot/bootBrief";
import { numbersOf } from "../boot/bootFields";
import { findingLabel } from "../boot/findingLabel";
import { silentAnswer } from "../boot/silentReport";
import { TONE_SIGNS } from "../boot/story/signs";
import { plain } from "../phrase";
import type { Tone } from "../report";
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
  const assessed = assessBoot(boot, choice);
  const { tone, brief } = bootBrief(assessed);
  const who = isHosts(assessed) ? "Host" : `Boot ${boot.number}`;
  return {
    kind: "boot",
    name: nameOf(tone, who, brief),
    detail: sentence(plain(answerOfBoot(assessed))),
    ...log.linesOf(boot.number),
    span: null,
    children: chosen(log.findingsOf(boot.number)),
  };
}

/** Whether the lines are a host's, and of no one guest's boot. */
function isHosts({ boot, outcome }: AssessedBoot): boolean {
  const tellsOfMany = outcome.kind === "terminations" && boot.kernel === null;
  return boot.side === "host" || outcome.kind === "host-only" || tellsOfMany;
}

function silentItem(silent: SilentBoots): OutlineItem {
  const { firstLine: first, lastLine: last } = silent;
  const name = nameOf("unknown", numbersOf(silent).replace("boot", "Boot"), "silent");
  const detail = sentence(plain(silentAnswer(silent)));
  return { kind: "boot", name, detail, first, last, span: null, children: [] };
}

/** How it went, who, and why: `✗ Boot 2 · SecureTSC`. The outline cuts long names at their end. */
function nameOf(tone: Tone, who: string, brief: string): string {
  return `${TONE_SIGNS[tone]} ${who} · ${visible(brief)}`;
}

/** What was found in a boot: what is said twice stands where it is said first, with how often. */
function chosen(findings: readonly Finding[]): readonly OutlineItem[] {
  const counts = new Map<string, { item: OutlineItem; isWeighty: boolean; count: number }>();
  for (const finding of findings) {
    const item = itemOf(finding);
    const key = `${item.name}\n${item.detail}`;
    const known = counts.get(key);
    if (known !== undefined) known.count += 1;
    else counts.set(key, { item, isWeighty: isWeighty(finding), count: 1 });
  }
  const all = [...counts.values()];
  const shown =
    all.length <= MOST_OF_BOOT
      ? all
      : [...all.filter((one) => one.isWeighty), ...all.filter((one) => !one.isWeighty)]
          .slice(0, MOST_OF_BOOT)
          .sort((a, b) => a.item.first - b.item.first);
  return shown.map(({ item, count }) =>
    count === 1 ? item : { ...item, detail: `${item.detail} (${count} times)`.trim() },
  );
}

const WEIGHTY = ["guest-kernel", "sev-status", "sev-features"];

function isWeighty(finding: Finding): boolean {
  return WEIGHTY.includes(finding.fact.kind) || endingIn(finding) !== null;
}

/** Facts that are a value, and nothing else as long. */
const VALUES: ReadonlySet<Finding["fact"]["kind"]> = new Set([
  "sev-status",
  "sev-features",
  "ghcb-msr",
  "hypervisor-features",
  "guest-request-error",
  "guest-kernel",
]);

function itemOf(finding: Finding): OutlineItem {
  const label = findingLabel(finding);
  // The value with what it is: names alone would repeat.
  const value = VALUES.has(finding.fact.kind) ? label.findIndex(({ kind }) => kind === "code") : 0;
  const named = value + 1;
  const { line, start, end } = finding;
  return {
    kind: kindOf(finding),
    name: visible(plain(label.slice(0, named))),
    detail: visible(plain(label.slice(named)).replace(/^(?:, | )/u, "")),
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
