import { carriesFeatureMask } from "../ghcb";
import { isOfRunningGuest } from "./bootStatus";
import type { Ending, Finding, Software } from "./finding";

/** How a guest ended, and where that is said. */
export interface SeenEnding extends Ending {
  /** The line that says most of it, from 0. */
  readonly line: number;
  /** Other lines that speak of the same end. */
  readonly otherLines: readonly number[];
  readonly software: Software;
  /**
   * A refusal after lines of a kernel that runs, which has passed its check: who was refused is another guest, or a
   * later kernel that has printed nothing.
   */
  readonly isOfAnother: boolean;
}

/** Whether an ending is a refusal of features: by its reason, by the EFI stub, or an event whose reason is lost. */
export function isRefusal({ via, reason, unsupported, unreadable }: Ending): boolean {
  if (unsupported !== null || via === "efi-stub") return true;
  if (unreadable === true) return false;
  // Linux uses the termination event for hardly anything but this.
  return reason === null ? via === "nae" : carriesFeatureMask(reason);
}

/** The end of a guest that a finding tells of; null for none. */
export function endingIn(finding: Finding): Ending | null {
  if (finding.kind === "termination") return finding;
  return finding.kind === "ghcb" ? finding.ending : null;
}

/** Lines between two that speak of one end: what a host logs meanwhile. */
const NEAR = 100;

/** One end, as far as it was told, and who said something of it. */
interface Event {
  readonly told: SeenEnding;
  readonly speakers: ReadonlySet<string>;
  readonly lastLine: number;
}

/**
 * The ends of guests that findings tell of, each once. KVM, its tracepoints and the VMM above it each speak of an end
 * once in each of their ways: what says it in the same way again speaks of the next one.
 */
export function endingsOf(findings: readonly Finding[]): SeenEnding[] {
  const events: Event[] = [];
  let isRunning = false;
  for (const finding of findings) {
    isRunning ||= isOfRunningGuest(finding, finding.software);
    const ending = endingIn(finding);
    if (ending === null) continue;
    const { line, software, format } = finding;
    const { via, reason, unsupported, unreadable } = ending;
    const seen: SeenEnding = {
      ...{ via, reason, unsupported, line, software, otherLines: [] },
      isOfAnother: isRunning && isRefusal(ending),
      ...(unreadable === true ? { unreadable } : {}),
    };
    const speaker = `${software} ${format}`;
    const before = events.at(-1);
    if (
      before !== undefined &&
      !before.speakers.has(speaker) &&
      line - before.lastLine <= NEAR &&
      areOne(before.told, seen)
    ) {
      const speakers = new Set([...before.speakers, speaker]);
      events[events.length - 1] = { told: together(before.told, seen), speakers, lastLine: line };
    } else events.push({ told: seen, speakers: new Set([speaker]), lastLine: line });
  }
  return events.map(({ told }) => told);
}

/** Whether two lines can speak of one end: nothing that both tell is told otherwise. */
function areOne(a: SeenEnding, b: SeenEnding): boolean {
  if (a.via === "efi-stub" || b.via === "efi-stub") return false;
  if (a.via !== null && b.via !== null && a.via !== b.via) return false;
  if (a.unreadable === true || b.unreadable === true) return false;
  if (a.unsupported !== null && b.unsupported !== null && a.unsupported !== b.unsupported)
    return false;
  if (a.reason === null || b.reason === null) return true;
  return a.reason.set === b.reason.set && a.reason.code === b.reason.code;
}

/** What two lines tell of one end; the one that tells more of it is its line. */
function together(a: SeenEnding, b: SeenEnding): SeenEnding {
  const [most, other] = detail(b) > detail(a) ? [b, a] : [a, b];
  return {
    via: most.via ?? other.via,
    reason: most.reason ?? other.reason,
    unsupported: most.unsupported ?? other.unsupported,
    line: most.line,
    otherLines: [...a.otherLines, ...b.otherLines, other.line].sort((x, y) => x - y),
    software: most.software,
    isOfAnother: a.isOfAnother || b.isOfAnother,
  };
}

function detail({ reason, unsupported }: Ending): number {
  return (reason === null ? 0 : 1) + (unsupported === null ? 0 : 2);
}
