import type { AssessedBoot } from "../../boot/assessed";
import { settledStatus, statusNeeded } from "../../boot/assessed";
import type { SeenEnding } from "../../boot/ends";
import { areOne, isRefusal } from "../../boot/ends";
import type { SilentBoots } from "../../boot/silent";
import type { LogWriters } from "../../boot/writers";
import type { NoticeId } from "../../log/finding";
import { SEV_SNP, featureNames } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import { HostNames } from "../../log/line/hostName";
import { U64_MAX, hexShort } from "../../text/u64";
import { adviceOn, measurementNote } from "../guest/advice";
import type { Phrase } from "../phrase";
import { bareGlance } from "../glance";
import { code, list, say, strong } from "../phrase";
import type { Answer } from "../render/answerText";
import { bareReport } from "../report";
import { fixFor } from "../value/glanceFix";
import { answerOfBoot } from "./bootAnswer";
import { fieldsOf, numbersOf, placeIn } from "./bootFields";

/** An end of a guest that a log of the host's side reports, in a boot of that log. */
interface HostEnd {
  readonly name: string;
  readonly assessed: AssessedBoot;
  /** Null where a VMM does not say why the guest ended. */
  readonly ending: SeenEnding | null;
}

interface HostRefusal extends HostEnd {
  readonly ending: SeenEnding;
}

/** A boot in a guest's log whose end is not in that log. `assessed` is null where nothing but its beginning is known. */
interface OpenBoot {
  readonly name: string;
  readonly assessed: AssessedBoot | null;
}

/** Keeps the first item, and counts all. */
class Counted<Item> {
  first: Item | null = null;
  count = 0;

  add(item: Item, count = 1): void {
    this.first ??= item;
    this.count += count;
  }
}

/** What one log has that may be joined with another log. */
class LogPart {
  readonly writers: LogWriters;
  readonly hosts = new HostNames();
  readonly ends = new Counted<HostEnd>();
  readonly refusals = new Counted<HostRefusal>();
  /** Ends of which a VMM does not say why. */
  readonly untold = new Counted<HostEnd>();
  readonly open = new Counted<OpenBoot>();

  constructor(writers: LogWriters) {
    this.writers = writers;
  }

  /** It reports ends as the host sees them. */
  get isHosts(): boolean {
    return this.ends.count > 0 || this.untold.count > 0;
  }
}

/** The message of a VMM that sees a guest end and does not know why. */
const ENDED_WITHOUT_WHY: NoticeId = "kvm.exit-system-event";

/**
 * Joins what the logs of both sides show: a refusal in a host's log and a boot whose end a guest's log leaves open, where
 * there is one of each and the mask that the guest's check would name is the one that the host saw. Keeps no more of a
 * log than that needs.
 */
export class BootJoiner {
  readonly #logs: LogPart[] = [];

  /** The boots that are added next are of another log; `writers`: who wrote it, known at its end. */
  nextLog(writers: LogWriters): void {
    this.#logs.push(new LogPart(writers));
  }

  /** The log was not read to its end: nothing of it is joined. */
  dropLog(): void {
    this.#logs.pop();
  }

  /** A line of the host's side names its machine. */
  addHost(name: string): void {
    this.#logs.at(-1)?.hosts.add(name);
  }

  /** A boot of the log; `file` is null for standard input. */
  add(assessed: AssessedBoot, file: string | null): void {
    const log = this.#logs.at(-1);
    if (log === undefined) return;
    const { boot } = assessed;
    const at = (line: number) => placeIn(file, `line ${line + 1}`);
    for (const ending of boot.endings.filter(({ isToldByHost }) => isToldByHost)) {
      const end = { name: at(ending.line), assessed, ending };
      log.ends.add(end);
      if (isRefusal(ending)) log.refusals.add(end);
    }
    for (const { id, line, count } of boot.notices)
      if (id === ENDED_WITHOUT_WHY)
        log.untold.add({ name: at(line), assessed, ending: null }, count);
    if (isOpen(assessed)) log.open.add({ name: placeIn(file, `boot ${boot.number}`), assessed });
  }

  /** Boots of the log that show only their beginning. */
  addSilent(silent: SilentBoots, file: string | null): void {
    const open = { name: placeIn(file, numbersOf(silent)), assessed: null };
    this.#logs.at(-1)?.open.add(open, silent.last - silent.first + 1);
  }

  /** What logs show together, or why nothing is joined; null where there is nothing to join. */
  answer(): Answer | null {
    const side = new HostSide(this.#logs.filter(({ isHosts }) => isHosts));
    const open = total(this.#logs.filter(({ isHosts }) => !isHosts).map((log) => log.open));
    const { first: guest } = open;
    const { refusal } = side;
    const isBoth = refusal !== null && guest !== null;
    if (!isBoth && !side.isTwofold) return null;
    const [host, another] = hostsOf(this.#logs);
    if (host !== undefined && another !== undefined)
      return notJoined(
        say`the lines of the host's side name ${code(host)} and ${code(another)}, so whether they are of one machine is not certain`,
      );
    const apart = side.isTwofold ? side.doubt() : null;
    if (!isBoth) return apart === null ? side.answer() : notJoined(apart);
    if (side.refusals > 1 || open.count > 1)
      return notJoined(
        say`the host's side has ${amount(side.refusals, side.isUntold ? "possible refusal" : "refusal")} and the guest's ${amount(open.count, "boot")} without an end, so which belong together is not certain`,
      );
    const names = `${apart === null ? side.names : refusal.name} and ${guest.name}`;
    const doubt = doubtOn(refusal, guest);
    if (doubt !== null) return notJoined(say`${names}: ${doubt}`);
    if (apart !== null && side.isOneOfEach) return notJoined(apart);
    return joined(names, refusal, guest, apart === null ? [] : [apart]);
  }
}

/** What the logs of the host's side report: those of its kernel, and those of VMMs, which may repeat these. */
class HostSide {
  readonly #kernels: Counted<HostEnd>;
  readonly #vmms: Counted<HostEnd>;
  /** The refusal, where it is the only one. */
  readonly refusal: HostRefusal | null;
  /** How many refusals there are, or may be. */
  readonly refusals: number;
  /** Some of them are ends of which a VMM does not say why. */
  readonly isUntold: boolean;

  constructor(logs: readonly LogPart[]) {
    const kernels = logs.filter(({ writers }) => !writers.areVmms);
    const vmms = logs.filter(({ writers }) => writers.areVmms);
    this.#kernels = total(kernels.map(({ ends }) => ends));
    const untold = total(vmms.map((log) => log.untold));
    this.#vmms = total([...vmms.map(({ ends }) => ends), untold]);
    const told = total(kernels.map((log) => log.refusals));
    const repeated = total(vmms.map((log) => log.refusals));
    this.refusal = told.first ?? repeated.first;
    // A VMM's log repeats what the host kernel's has, unless it has more: then the kernel's is not whole.
    const isWhole = this.#kernels.count >= this.#vmms.count;
    this.isUntold = !isWhole && untold.count > 0;
    this.refusals = Math.max(told.count, repeated.count + (isWhole ? 0 : untold.count));
  }

  /** Both a kernel of the host and a VMM report ends. */
  get isTwofold(): boolean {
    return this.#kernels.count > 0 && this.#vmms.count > 0;
  }

  get isOneOfEach(): boolean {
    return this.#kernels.count === 1 && this.#vmms.count === 1;
  }

  /** The places of the first ends. */
  get names(): string {
    return [this.#kernels.first, this.#vmms.first].flatMap((end) => end?.name ?? []).join("; ");
  }

  /** Why it is not certain that a kernel's log and a VMM's report one end; null where it is. */
  doubt(): Phrase | null {
    const { first: kernels } = this.#kernels;
    const { first: vmms } = this.#vmms;
    if (!this.isOneOfEach || kernels?.ending == null || vmms === null)
      return say`the host kernel's side has ${amount(this.#kernels.count, "end")} of guests and the VMMs' ${amount(this.#vmms.count, "end")}, so which belong together is not certain`;
    const doubt = doubtOnRepeat(kernels.ending, vmms);
    return doubt === null ? null : say`${this.names}: ${doubt}`;
  }

  /** One end, told by a kernel of the host and by a VMM. */
  answer(): Answer | null {
    const { first: end } = this.#kernels;
    if (end === null) return null;
    const title = say`${strong(this.names)}`;
    const answer = say`one guest's end: ${answerOfBoot(end.assessed)}`;
    return {
      ...BARE,
      glance: bareGlance(title, answer, "bad"),
      report: {
        ...bareReport(title, answer, "bad"),
        consequences: [
          say`The host kernel's log and the VMM's log report one end each, and nothing that they say differs.`,
        ],
      },
    };
  }
}

/** Why a VMM's end may be another one than the kernel's; null where nothing shows that. */
function doubtOnRepeat(ending: SeenEnding, vmms: HostEnd): Phrase | null {
  if (vmms.ending !== null && !areOne(vmms.ending, ending))
    return say`the two lines do not give the same reason`;
  const { boot } = vmms.assessed;
  const hasPassed = boot.isRunning || (boot.kernel !== null && ending.via !== "msr");
  if (isRefusal(ending) && hasPassed)
    return say`the VMM's log shows a kernel that has passed its check`;
  return hasOff(ending.unsupported ?? 0n, vmms.assessed)
    ? say`the host kernel's mask has features that are off in the SEV_STATUS of the VMM's log`
    : null;
}

function total<Item>(parts: readonly Counted<Item>[]): Counted<Item> {
  const sum = new Counted<Item>();
  for (const { first, count } of parts) if (first !== null) sum.add(first, count);
  return sum;
}

/** The machines that the lines of the host's side name: more than one where the logs may be of different hosts. */
function hostsOf(logs: readonly LogPart[]): readonly string[] {
  const hosts = new HostNames();
  for (const log of logs) for (const name of log.hosts.all) hosts.add(name);
  return hosts.all;
}

/** Whether a mask has features of which the boot's SEV_STATUS shows that they are off. */
function hasOff(mask: bigint, { boot }: AssessedBoot): boolean {
  const status = settledStatus(boot);
  return status?.known === U64_MAX && (mask & ~status.value) !== 0n;
}

/** A boot with a banner is not open: a kernel that prints one has passed its check. Nor is one that failed. */
function isOpen({ boot: { endingCount, status }, outcome }: AssessedBoot): boolean {
  return endingCount === 0 && status !== null && outcome.kind === "open";
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Why it is not certain that the two are one boot; null where it is. */
function doubtOn({ ending: { unsupported } }: HostRefusal, { assessed }: OpenBoot): Phrase | null {
  if (unsupported === null) return say`the host's line has no mask to compare`;
  const status = assessed === null ? null : settledStatus(assessed.boot);
  if (assessed === null || status === null)
    return say`the guest's log does not show its SEV_STATUS`;
  if (hasOff(unsupported, assessed))
    return say`the host's mask ${code(hexShort(unsupported))} has features that are off in the guest's SEV_STATUS`;
  const verdict = assessed.assessment?.verdict ?? null;
  if (verdict === null)
    return say`the guest's log does not show its kernel (${code("--guest")} can name it)`;
  if (verdict.outcome !== "refuses") return say`that guest's check would not refuse`;
  return verdict.unsupported === unsupported
    ? null
    : say`that guest's check would name ${code(hexShort(verdict.unsupported))}, the host has ${code(hexShort(unsupported))}`;
}

function notJoined(why: Phrase): Answer {
  const title = say`${strong("Not joined")}`;
  return { ...BARE, glance: bareGlance(title, why, "unknown"), report: bareReport(title, why) };
}

const BARE = { fields: [], seen: [], isLikely: false } as const;

function joined(
  names: string,
  { ending }: HostRefusal,
  { assessed }: OpenBoot,
  notes: readonly Phrase[],
): Answer {
  const mask = ending.unsupported ?? 0n;
  const guest = assessed?.guest ?? null;
  const needed = mask | (assessed === null ? SEV_SNP : statusNeeded(assessed));
  const title = say`${strong(names)}`;
  const answer = say`one boot: refused – missing ${list(featureNames(mask))}`;
  const advised = adviseLacking(needed, mask, guest);
  return {
    ...BARE,
    glance: { ...bareGlance(title, answer, "bad"), fix: fixFor(advised, guest) },
    report: {
      ...bareReport(title, answer, "bad"),
      fields:
        assessed === null
          ? []
          : fieldsOf({
              ...assessed,
              boot: { ...assessed.boot, endings: [ending], endingCount: 1 },
            }),
      consequences: [
        say`The only refusal on the host's side names the mask that the check of the only boot without an end would name.`,
      ],
      advice: adviceOn(advised, guest),
      notes: [...measurementNote(mask), ...notes],
    },
  };
}
