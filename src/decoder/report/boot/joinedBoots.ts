import type { AssessedBoot } from "../../boot/assessed";
import { settledStatus, statusNeeded } from "../../boot/assessed";
import type { SeenEnding } from "../../boot/ends";
import { isRefusal } from "../../boot/ends";
import type { SilentBoots } from "../../boot/silent";
import type { LogWriters } from "../../boot/writers";
import { SEV_SNP, featureNames } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import { U64_MAX, hexShort } from "../../text/u64";
import { adviceOn, measurementNote } from "../guest/advice";
import type { Phrase } from "../phrase";
import { bareGlance } from "../glance";
import { code, list, say, strong } from "../phrase";
import type { Answer } from "../render/answerText";
import { bareReport } from "../report";
import { fixFor } from "../value/glanceFix";
import { fieldsOf, numbersOf, placeIn } from "./bootFields";

interface HostRefusal {
  readonly name: string;
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
  isHosts = false;
  readonly refusals = new Counted<HostRefusal>();
  readonly open = new Counted<OpenBoot>();

  constructor(writers: LogWriters) {
    this.writers = writers;
  }
}

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

  /** A boot of the log; `file` is null for standard input. */
  add(assessed: AssessedBoot, file: string | null): void {
    const log = this.#logs.at(-1);
    if (log === undefined) return;
    const { boot } = assessed;
    for (const ending of boot.endings.filter(({ isToldByHost }) => isToldByHost)) {
      log.isHosts = true;
      if (isRefusal(ending))
        log.refusals.add({ name: placeIn(file, `line ${ending.line + 1}`), ending });
    }
    if (isOpen(assessed)) log.open.add({ name: placeIn(file, `boot ${boot.number}`), assessed });
  }

  /** Boots of the log that show only their beginning. */
  addSilent(silent: SilentBoots, file: string | null): void {
    const open = { name: placeIn(file, numbersOf(silent)), assessed: null };
    this.#logs.at(-1)?.open.add(open, silent.last - silent.first + 1);
  }

  /** The joined boot, or why none is joined; null where there is nothing to join. */
  answer(): Answer | null {
    const refusals = refusalsOf(this.#logs.filter(({ isHosts }) => isHosts));
    const open = total(this.#logs.filter(({ isHosts }) => !isHosts).map((log) => log.open));
    const { first: refusal } = refusals;
    const { first: guest } = open;
    if (refusal === null || guest === null) return null;
    if (refusals.count > 1 || open.count > 1)
      return notJoined(
        say`the host's side has ${amount(refusals.count, "refusal")} and the guest's ${amount(open.count, "boot")} without an end, so which belong together is not certain`,
      );
    const names = `${refusal.name} and ${guest.name}`;
    const doubt = doubtOn(refusal, guest);
    return doubt === null ? joined(names, refusal, guest) : notJoined(say`${names}: ${doubt}`);
  }
}

/**
 * The refusals on the host's side. A VMM's log repeats what the host kernel's log has, unless it has more: then the host
 * kernel's log is not whole.
 */
function refusalsOf(logs: readonly LogPart[]): Counted<HostRefusal> {
  const [vmms, kernels] = [true, false].map((areVmms) =>
    total(logs.filter(({ writers }) => writers.areVmms === areVmms).map((log) => log.refusals)),
  );
  if (vmms === undefined || kernels === undefined) return new Counted();
  return kernels.count >= vmms.count ? kernels : vmms;
}

function total<Item>(parts: readonly Counted<Item>[]): Counted<Item> {
  const sum = new Counted<Item>();
  for (const { first, count } of parts) if (first !== null) sum.add(first, count);
  return sum;
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
  if (status.known === U64_MAX && (unsupported & ~status.value) !== 0n)
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

function joined(names: string, { ending }: HostRefusal, { assessed }: OpenBoot): Answer {
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
      notes: measurementNote(mask),
    },
  };
}
