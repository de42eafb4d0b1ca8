import type { SeenEnding } from "../../boot/ends";
import type { Boot } from "../../boot/boots";
import { isRefusal } from "../../boot/ends";
import type { SilentBoots } from "../../boot/silent";
import { hexShort } from "../../text/u64";
import { SEV_SNP, featureNames } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import { adviceOn, measurementNote } from "../guest/advice";
import type { AskedBoot } from "../../boot/asked";
import { settled, statusNeeded } from "../../boot/asked";
import { fieldsOf } from "./bootFields";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { numbersOf } from "./silentReport";

/** What was told of one log: its boots with findings, and those without. `file` is null for standard input. */
export interface ToldLog {
  readonly file: string | null;
  readonly boots: readonly AskedBoot[];
  readonly silent: readonly SilentBoots[];
}

interface HostRefusal {
  readonly name: string;
  readonly ending: SeenEnding;
}

/** A boot in a guest's log of which that log does not tell the end. */
interface OpenBoot {
  readonly name: string;
  /** Null where nothing but its beginning is known. */
  readonly asked: AskedBoot | null;
  /** How many boots it stands for. */
  readonly count: number;
}

/**
 * What logs of both sides tell together: a refusal that a host's log has and a boot that a guest's log leaves open
 * are joined where there is one of each, and the mask that the guest's check would name is the one that the host
 * saw. Else one sentence on why not; null where there is nothing to join.
 */
export function joinBoots(logs: readonly ToldLog[]): Report | null {
  const hosts = logs.filter(({ boots }) =>
    boots.some(({ boot }) => boot.endings.some(({ isToldByHost }) => isToldByHost)),
  );
  const guests = logs.filter((log) => !hosts.includes(log));
  const refusals = hosts.flatMap(refusalsOf);
  const open = guests.flatMap(openBootsOf);
  const [refusal] = refusals;
  const [guest] = open;
  if (refusal === undefined || guest === undefined) return null;
  const count = open.reduce((sum, one) => sum + one.count, 0);
  if (refusals.length > 1 || count > 1)
    return notJoined(
      say`the host's side has ${amount(refusals.length, "refusal")} and the guest's ${amount(count, "boot")} without an end, so which belong together is not certain.`,
    );
  const names = `${refusal.name} and ${guest.name}`;
  const doubt = doubtOn(refusal, guest);
  return doubt === null ? joined(names, refusal, guest) : notJoined(say`${names}: ${doubt}`);
}

function refusalsOf({ file, boots }: ToldLog): HostRefusal[] {
  return boots.flatMap(({ boot }) =>
    boot.endings
      .filter((ending) => ending.isToldByHost && isRefusal(ending))
      .map((ending) => ({ name: nameOf(file, `line ${ending.line + 1}`), ending })),
  );
}

function openBootsOf({ file, boots, silent }: ToldLog): OpenBoot[] {
  return [
    ...boots
      .filter(({ boot }) => isOpen(boot))
      .map((asked) => ({ name: nameOf(file, `boot ${asked.boot.number}`), asked, count: 1 })),
    ...silent.map((one) => ({
      name: nameOf(file, numbersOf(one)),
      asked: null,
      count: one.last - one.first + 1,
    })),
  ];
}

/** Where a banner stands the boot is none: a kernel that prints one has passed its check. */
function isOpen({ endings, isRunning, kernel, status }: Boot): boolean {
  return endings.length === 0 && !isRunning && kernel === null && status !== null;
}

function nameOf(file: string | null, place: string): string {
  return `${file ?? "standard input"}, ${place}`;
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Why it is not certain that the two are one boot; null where it is. */
function doubtOn({ ending: { unsupported } }: HostRefusal, { asked }: OpenBoot): Phrase | null {
  if (unsupported === null) return say`the host's line has no mask that could be compared.`;
  const status = asked === null ? null : settled(asked.boot);
  if (asked === null || status === null) return say`the guest's log does not tell its SEV_STATUS.`;
  const { verdict, boot } = asked;
  if (boot.status?.how === "exact" && (unsupported & ~status) !== 0n)
    return say`the host's mask ${code(hexShort(unsupported))} has features that are off in the guest's SEV_STATUS.`;
  if (verdict === null)
    return say`the guest's log does not tell its kernel (${code("--guest")} can).`;
  if (verdict.outcome !== "refuses") return say`that guest's check would not refuse.`;
  return verdict.unsupported === unsupported
    ? null
    : say`that guest's check would name ${code(hexShort(verdict.unsupported))}, the host has ${code(hexShort(unsupported))}.`;
}

function notJoined(why: Phrase): Report {
  return bareReport(say`${strong("Not joined")}`, why);
}

function joined(names: string, { ending }: HostRefusal, { asked }: OpenBoot): Report {
  const mask = ending.unsupported ?? 0n;
  const guest = asked?.guest ?? null;
  const needed = mask | (asked === null ? SEV_SNP : statusNeeded(asked));
  const fields =
    asked === null ? [] : fieldsOf({ ...asked, boot: { ...asked.boot, endings: [ending] } });
  return {
    ...bareReport(
      say`${strong(names)}`,
      say`one boot: refused, the guest kernel lacks ${list(featureNames(mask))}.`,
      "bad",
    ),
    fields,
    consequences: [
      say`The only refusal on the host's side names the mask that the check of the only boot without an end would name.`,
    ],
    advice: adviceOn(adviseLacking(needed, mask, guest), guest),
    notes: measurementNote(mask),
  };
}
