import { carriesFeatureMask } from "../ghcb";
import type { Ending, Finding } from "../log/finding";
import { ghcbSnapshot } from "../log/formats/kvm/ghcbSnapshot";
import { KVM_NAMES } from "../log/formats/kvm/messages";
import { isOfHost } from "../log/formats/host";

/** A guest's end, and the lines that report it. Lines count from 0. */
export interface SeenEnding extends Ending {
  /** The line that says most of it. */
  readonly line: number;
  /** Other lines that report the same end. */
  readonly otherLines: readonly number[];
  /** KVM or a VMM reports it. */
  readonly isToldByHost: boolean;
  /**
   * A refusal in the boot of a kernel that runs, and so has passed its check: another guest was refused, or another
   * kernel that printed nothing.
   */
  readonly isOfAnother: boolean;
}

/** Ends of guests that have the same cause. */
export interface Cause {
  readonly ending: Ending;
  readonly count: number;
  /** Of the first and the last one, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Whether an ending is a refusal of features: by its reason, by the EFI stub, or an event with its reason lost. */
export function isRefusal(ending: Ending): boolean {
  const { via, reason, unsupported, unreadable, isLikely } = ending;
  if (unsupported !== null || via === "efi-stub") return true;
  // What is only likely is no refusal before another line says so.
  if (unreadable === true || isLikely === true) return false;
  // Linux uses the termination event for hardly anything else.
  return reason === null ? via === "nae" : carriesFeatureMask(reason);
}

/** The guest's end that a finding reports; null for none. */
export function endingIn({ fact }: Pick<Finding, "fact">): Ending | null {
  if (fact.kind === "termination") return fact;
  return fact.kind === "ghcb" ? fact.ending : null;
}

/** All features, in SEV_STATUS bit positions, that guests named as missing when they ended. */
export function refusedIn(endings: readonly Ending[]): bigint {
  return endings.reduce((mask, { unsupported }) => mask | (unsupported ?? 0n), 0n);
}

/** Programs that report the same end do so within so many lines, and with no more than so many ends in between. */
const NEAR = 5;
/** Ends of one boot beyond these are counted by their causes, not kept. */
const MOST_KEPT = 1_000;
/** Causes of one boot beyond these are counted together. */
const MOST_CAUSES = 64;

/** One end, as far as it was reported. */
interface Event {
  ending: Reported;
  /** The ways in which it was reported. */
  ways: readonly string[];
  lastLine: number;
}

type Reported = Omit<SeenEnding, "isOfAnother">;

/** What a boot shows of its own kernel: its banner, and that it runs. After either, a refusal is another guest's. */
interface OwnKernelSeen {
  readonly hasKernel: boolean;
  readonly isRunning: boolean;
}

/**
 * Gathers the ends that the findings of one boot report, each once. KVM, its tracepoints and the VMM above it report
 * an end once in each of their ways, in the same order: a second report in the same way is of the next end.
 */
export class EndFacts {
  /** The newest ends, which further lines may report too. */
  readonly #open: Event[] = [];
  readonly #closed: Reported[] = [];
  readonly #causes = new Map<string, Cause>();
  #count = 0;

  /** How many ends there are. */
  get count(): number {
    return this.#count;
  }

  add(finding: Finding): void {
    const ending = endingIn(finding);
    if (ending === null) return;
    const { line } = finding;
    const isToldByHost = isOfHost(finding);
    const reported = { ...bare(ending), line, otherLines: [], isToldByHost };
    const ways = waysOf(finding);
    const event = this.#open.find(
      (one) =>
        !ways.some((way) => one.ways.includes(way)) &&
        line - one.lastLine <= NEAR &&
        areOne(one.ending, reported),
    );
    if (event !== undefined) {
      event.ending = together(event.ending, reported);
      event.ways = [...event.ways, ...ways];
      event.lastLine = line;
      return;
    }
    this.#count += 1;
    this.#open.push({ ending: reported, ways, lastLine: line });
    if (this.#open.length > NEAR) this.#close(this.#open.shift());
  }

  /** The first ends, in the order of the log. */
  endings({ isRunning, hasKernel }: OwnKernelSeen): SeenEnding[] {
    // The GHCB MSR may ask for the same end later, where the hypervisor lacks a feature.
    const isOfAnother = (ending: Ending) =>
      isRefusal(ending) && (isRunning || (hasKernel && ending.via !== "msr"));
    const open = this.#open.map(({ ending }) => ending);
    return [...this.#closed, ...open]
      .slice(0, MOST_KEPT)
      .map((ending) => ({ ...ending, isOfAnother: isOfAnother(ending) }));
  }

  /** All ends by their causes, in the order of the log. */
  causes(): Cause[] {
    const causes = new Map(this.#causes);
    for (const { ending } of this.#open) count(causes, ending);
    return [...causes.values()];
  }

  #close(event: Event | undefined): void {
    if (event === undefined) return;
    if (this.#closed.length < MOST_KEPT) this.#closed.push(event.ending);
    count(this.#causes, event.ending);
  }
}

/** Counts an end by its cause. */
function count(causes: Map<string, Cause>, { line, ...ending }: Reported): void {
  const own = keyOf(ending);
  const key = causes.has(own) || causes.size < MOST_CAUSES ? own : "others";
  const before = causes.get(key);
  causes.set(key, {
    ending: before?.ending ?? (key === own ? bare(ending) : OTHER_CAUSES),
    count: (before?.count ?? 0) + 1,
    firstLine: before?.firstLine ?? line,
    lastLine: line,
  });
}

const OTHER_CAUSES: Ending = { via: null, reason: null, unsupported: null };

function keyOf({ via, reason, unsupported, unreadable, isLikely, hypervisor }: Ending): string {
  const why = reason === null ? "" : `${reason.set}:${reason.code}`;
  const how = `${unreadable === true ? "unreadable" : ""} ${isLikely === true ? "likely" : ""}`;
  return `${via ?? ""} ${why} ${unsupported ?? ""} ${how} ${hypervisor ?? ""}`;
}

/** An ending without what else its fact holds. */
function bare({ via, reason, unsupported, unreadable, isLikely, hypervisor }: Ending): Ending {
  return {
    via,
    reason,
    unsupported,
    ...(unreadable === true ? { unreadable } : {}),
    ...(isLikely === true ? { isLikely } : {}),
    ...(hypervisor === undefined ? {} : { hypervisor }),
  };
}

/** KVM has one message for each end; it dumps the GHCB after it only where input is missing. */
const KVM_WITHOUT_DUMP: ReadonlySet<string> = new Set([
  KVM_NAMES.msrTermination,
  KVM_NAMES.naeTermination,
  KVM_NAMES.unknownExit,
]);

const MESSAGE = ["KVM's message"];
const MESSAGE_AND_DUMP = ["KVM's message", "KVM's dump"];

/** The ways in which a finding reports an end; nothing else reports the same end in any of them. */
function waysOf({ software, format }: Finding): readonly string[] {
  if (KVM_WITHOUT_DUMP.has(format)) return MESSAGE_AND_DUMP;
  if (format === KVM_NAMES.invalidInput) return MESSAGE;
  return [format === ghcbSnapshot.name ? "KVM's dump" : `${software}: ${format}`];
}

/** Whether two lines can report one end: nothing that both say differs. */
export function areOne(a: Ending, b: Ending): boolean {
  if (a.via === "efi-stub" || b.via === "efi-stub") return false;
  if (a.unreadable === true || b.unreadable === true) return false;
  if (a.isLikely !== b.isLikely) return a.isLikely === true ? canBe(a, b) : canBe(b, a);
  if (differ(a.via, b.via) || differ(a.unsupported, b.unsupported)) return false;
  return !differ(a.reason?.set, b.reason?.set) && !differ(a.reason?.code, b.reason?.code);
}

/** Whether what is likely by one line can be what another one tells: an address of a GHCB may have any digits. */
function canBe(likely: Ending, told: Ending): boolean {
  if (told.via !== "msr" || told.reason === null) return true;
  return likely.reason?.set === told.reason.set && likely.reason.code === told.reason.code;
}

function differ(a: unknown, b: unknown): boolean {
  return a != null && b != null && a !== b;
}

/** What two lines say of one end; the one that says more is its line. */
function together(a: Reported, b: Reported): Reported {
  const [most, other] = detail(b) > detail(a) ? [b, a] : [a, b];
  // What is likely says nothing beside a line that knows.
  const rest = other.isLikely === true ? null : other;
  const hypervisor = most.hypervisor ?? rest?.hypervisor;
  return {
    via: most.via ?? rest?.via ?? null,
    reason: most.reason ?? rest?.reason ?? null,
    unsupported: most.unsupported ?? rest?.unsupported ?? null,
    ...(most.isLikely === true ? { isLikely: true } : {}),
    ...(hypervisor === undefined ? {} : { hypervisor }),
    line: most.line,
    otherLines: [...a.otherLines, ...b.otherLines, other.line].sort((x, y) => x - y),
    isToldByHost: a.isToldByHost || b.isToldByHost,
  };
}

function detail({ via, reason, unsupported, isLikely }: Ending): number {
  if (isLikely === true) return 0.5;
  return (via === null ? 0 : 1) + (reason === null ? 0 : 1) + (unsupported === null ? 0 : 2);
}
