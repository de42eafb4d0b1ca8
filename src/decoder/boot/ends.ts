import { carriesFeatureMask } from "../ghcb";
import { isOfRunningGuest } from "./status";
import type { Ending, Finding } from "../log/finding";
import { ghcbSnapshot } from "../log/formats/kvm/ghcbSnapshot";
import { isOfHost } from "./host";
import {
  invalidInput,
  msrTermination,
  naeTermination,
  unknownExit,
} from "../log/formats/kvm/messages";

/** How a guest ended, and where that is said. */
export interface SeenEnding extends Ending {
  /** The line that says most of it, from 0. */
  readonly line: number;
  /** Other lines that speak of the same end. */
  readonly otherLines: readonly number[];
  /** KVM or a VMM says so. */
  readonly isToldByHost: boolean;
  /**
   * A refusal in the boot of a kernel that runs, which has passed its check: who was refused is another guest, or
   * another kernel that has printed nothing.
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
export function endingIn({ fact }: Pick<Finding, "fact">): Ending | null {
  if (fact.kind === "termination") return fact;
  return fact.kind === "ghcb" ? fact.ending : null;
}

/** All features, in SEV_STATUS bit positions, that guests named as lacking when they ended. */
export function refusedIn(endings: readonly Ending[]): bigint {
  return endings.reduce((mask, { unsupported }) => mask | (unsupported ?? 0n), 0n);
}

/** The lines (from 0) of all that findings say of ends that are another guest's. */
export function linesOfOthers(
  findings: readonly Finding[],
  endings: readonly SeenEnding[],
): ReadonlySet<number> {
  const others = endings.filter(({ isOfAnother }) => isOfAnother);
  const first = new Set(others.flatMap(({ line, otherLines }) => [line, ...otherLines]));
  // A finding of several lines stands at its first one.
  const told = first.size === 0 ? [] : findings.filter(({ line }) => first.has(line));
  return new Set(told.flatMap(({ line, tokens }) => [line, ...tokens.map((token) => token.line)]));
}

/** Who speaks of one end does so at once; lines of others may stand between. */
const NEAR = 5;

/** One end, as far as it was told. */
interface Event {
  told: SeenEnding;
  /** The ways in which it was spoken of. */
  readonly taken: Set<string>;
  lastLine: number;
}

/**
 * The ends of guests that findings tell of, each once. KVM, its tracepoints and the VMM above it each speak of an end
 * once in each of their ways, and in the same order: what says it in the same way again speaks of the next one.
 * `hasKernel`: the banner of the guest's kernel stands among them.
 */
export function endingsOf(findings: readonly Finding[], hasKernel: boolean): SeenEnding[] {
  const isRunning = findings.some(isOfRunningGuest);
  // The GHCB MSR may ask for the same end later, where the hypervisor lacks a feature.
  const isOfAnother = (ending: Ending) =>
    isRefusal(ending) && (isRunning || (hasKernel && ending.via !== "msr"));
  const events: Event[] = [];
  for (const finding of findings) {
    const ending = endingIn(finding);
    if (ending === null) continue;
    const seen = seenEnding(finding, ending, isOfAnother(ending));
    const ways = waysOf(finding);
    const event = events
      .slice(-NEAR)
      .find(
        ({ told, taken, lastLine }) =>
          !ways.some((way) => taken.has(way)) && seen.line - lastLine <= NEAR && areOne(told, seen),
      );
    if (event === undefined) {
      events.push({ told: seen, taken: new Set(ways), lastLine: seen.line });
    } else {
      event.told = together(event.told, seen);
      for (const way of ways) event.taken.add(way);
      event.lastLine = seen.line;
    }
  }
  return events.map(({ told }) => told);
}

function seenEnding(finding: Finding, ending: Ending, isOfAnother: boolean): SeenEnding {
  const { via, reason, unsupported, unreadable } = ending;
  return {
    ...{ via, reason, unsupported, line: finding.line, otherLines: [] },
    isToldByHost: isOfHost(finding),
    isOfAnother,
    ...(unreadable === true ? { unreadable } : {}),
  };
}

/** KVM has one message for each end; it dumps the GHCB behind that on missing input alone. */
const KVM_WITHOUT_DUMP: ReadonlySet<string> = new Set([
  msrTermination.name,
  naeTermination.name,
  unknownExit.name,
]);

/** In which ways a finding speaks of an end; nothing else speaks of the same one in any of them. */
function waysOf({ software, format }: Finding): readonly string[] {
  if (KVM_WITHOUT_DUMP.has(format)) return ["KVM's message", "KVM's dump"];
  if (format === invalidInput.name) return ["KVM's message"];
  return [format === ghcbSnapshot.name ? "KVM's dump" : `${software}: ${format}`];
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
    isToldByHost: a.isToldByHost || b.isToldByHost,
    isOfAnother: a.isOfAnother || b.isOfAnother,
  };
}

function detail({ reason, unsupported }: Ending): number {
  return (reason === null ? 0 : 1) + (unsupported === null ? 0 : 2);
}
