import { SEV_SNP, featureNames } from "../features";
import { decodeHvFeatures } from "../ghcb";
import { adviseLacking } from "../guest/advise";
import type { Verdict } from "../guest/check";
import { check, lackingFeatures } from "../guest/check";
import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Boot, SeenEnding, SeenStatus } from "../log/boots";
import { isRefusal } from "../log/boots";
import { hexShort } from "../u64";
import { adviceOn, measurementNote } from "./advice";
import { endingNote } from "./findingJson";
import { reasonNames } from "./ghcbReport";
import { NOTICES } from "./notices";
import type { Phrase } from "./phrase";
import { code, list, say, strong } from "./phrase";
import type { FieldLine, Report, Tone } from "./report";
import { bareReport } from "./report";
import { answerOf, assumptionOf, toneOf } from "./verdict";

const HOW: Readonly<Record<SeenStatus["how"], string>> = {
  exact: "exact",
  "at-least": "at least: names cannot show every bit",
  synthetic: "made up by Linux' Hyper-V code; the register holds more",
};

/** A boot with the guest that is asked about it: the one that the user named, else its banner's. */
export interface AskedBoot {
  readonly boot: Boot;
  readonly guest: GuestProfile | null;
  readonly isGivenByUser: boolean;
  /** What that guest's own check would say; null without a guest, or without a SEV_STATUS to check. */
  readonly verdict: Verdict | null;
}

/** Asks the guest about a boot; `given` is the one that the user named. */
export function askBoot(boot: Boot, given: GuestProfile | null): AskedBoot {
  const guest = given ?? (boot.kernel === null ? null : guestProfile(boot.kernel.banner));
  const status = settled(boot);
  const verdict = guest === null || status === null ? null : check(status, guest);
  return { boot, guest, isGivenByUser: given !== null, verdict };
}

/**
 * The SEV_STATUS that a guest can be asked about: none where it is made up, where values contradict, or where
 * several guests end in one log and nothing says whose it is.
 */
function settled({ status, endings }: Boot): bigint | null {
  return status === null ||
    endings.length > 1 ||
    status.how === "synthetic" ||
    status.others.length > 0
    ? null
    : status.value;
}

/** Whether a boot was refused, or is predicted to be. */
export function isRefused({ boot, verdict }: AskedBoot): boolean {
  return boot.endings.some(isRefusal) || verdict?.outcome === "refuses";
}

/** Everything there is to say about one boot. `file` is null for standard input. */
export function bootReport(asked: AskedBoot, file: string | null): Report {
  const { boot, guest, verdict } = asked;
  const lines =
    boot.firstLine === boot.lastLine
      ? `line ${boot.firstLine + 1}`
      : `lines ${boot.firstLine + 1} to ${boot.lastLine + 1}`;
  return {
    ...bareReport(
      say`${strong(`${file ?? "standard input"}, boot ${boot.number}`)} (${lines})`,
      answerOfBoot(asked),
      toneOfBoot(asked),
    ),
    fields: fieldsOf(asked),
    consequences: verdict === null || guest === null ? [] : comparison(asked, verdict, guest),
    advice: adviceOn(adviseLacking(statusOf(asked), lackingOf(asked)), guest),
    notes: notesOf(asked),
  };
}

function toneOfBoot(asked: AskedBoot): Tone {
  const { boot, verdict, guest } = asked;
  if (isRefused(asked) || boot.endings.length > 0) return "bad";
  return verdict === null || guest === null ? "neutral" : toneOf(verdict, guest);
}

function answerOfBoot({ boot, verdict, guest }: AskedBoot): Phrase {
  const { endings, isRunning } = boot;
  const refused = endings.find(isRefusal);
  const unsupported = endings.reduce((mask, ending) => mask | (ending.unsupported ?? 0n), 0n);
  if (endings.length > 1 && endings.some(({ software }) => software === "kvm"))
    return say`${endings.length} ends of guests${unsupported === 0n ? "" : `; features lacking: ${list(featureNames(unsupported))}`}.`;
  if (unsupported !== 0n)
    return say`refused: the guest kernel lacks ${list(featureNames(unsupported))}.`;
  if (refused !== undefined) return say`refused; the log does not name the features.`;
  if (endings.length > 0) return say`the guest asked to be terminated.`;
  if (isRunning) return say`running: the guest's kernel got past its check.`;
  if (verdict !== null && guest !== null) return answerOf(verdict, guest);
  return say`no end of the guest is in the log.`;
}

function fieldsOf({ boot, guest, isGivenByUser }: AskedBoot): FieldLine[] {
  const { kernel, status, missingHypervisorFeatures: missing } = boot;
  const fields: FieldLine[] = [];
  if (guest !== null)
    fields.push({
      name: "guest kernel",
      value: guest.label,
      meaning: isGivenByUser ? "as given" : "from its banner",
    });
  else if (kernel !== null)
    fields.push({ name: "guest kernel", value: kernel.release, meaning: "not in the catalog" });
  if (status !== null)
    fields.push({
      name: "SEV_STATUS",
      value: hexShort(status.value),
      meaning: `${HOW[status.how]}; ${featureNames(status.value).join(" ")}`,
    });
  if (missing !== null) {
    const { known, unknown } = decodeHvFeatures(missing);
    const names = known.map(({ name }) => name);
    fields.push({
      name: "hypervisor lacks",
      value: hexShort(missing),
      meaning: [...names, ...(unknown === 0n ? [] : [hexShort(unknown)])].join(" "),
    });
  }
  return [...fields, ...boot.endings.slice(0, MOST_ENDINGS).map(endingField)];
}

/** A host that restarts a guest for ever has many; the first ones tell it all. */
const MOST_ENDINGS = 20;

const BY: Readonly<Record<NonNullable<SeenEnding["via"]>, string>> = {
  nae: "GHCB event",
  msr: "GHCB MSR",
  "efi-stub": "EFI stub",
};

function endingField({ line, via, reason, unsupported }: SeenEnding): FieldLine {
  const words = [
    via === null ? "" : `by the ${BY[via]}`,
    reason === null
      ? ""
      : `${reason.set}:${reason.code} ${reason.candidates.length === 0 ? "" : reasonNames(reason)}`,
    unsupported === null ? "" : `${hexShort(unsupported)} ${featureNames(unsupported).join(" ")}`,
  ];
  return {
    name: "end",
    value: `line ${line + 1}`,
    meaning: words.filter((word) => word !== "").join(", "),
  };
}

/** What the guest's check says of the SEV_STATUS seen, and whether the log agrees. */
function comparison({ boot }: AskedBoot, verdict: Verdict, guest: GuestProfile): Phrase[] {
  const predicted = say`Predicted: ${answerOf(verdict, guest)}`;
  const isBound = boot.status?.how === "at-least" && verdict.outcome !== "refuses";
  return [
    isBound ? say`${predicted} (By the bits that the log shows.)` : predicted,
    ...agreement(boot, verdict),
  ];
}

function agreement(boot: Boot, verdict: Verdict): Phrase[] {
  const refusal = boot.endings.find(isRefusal);
  const willRefuse = verdict.outcome === "refuses";
  if (refusal !== undefined) {
    if (!willRefuse) return [say`The log disagrees: the guest was refused.`];
    if (refusal.unsupported === null || refusal.unsupported === verdict.unsupported)
      return [say`The log agrees.`];
    return [say`The log names another mask: ${code(hexShort(refusal.unsupported))}.`];
  }
  if (willRefuse && boot.isRunning)
    return [say`The log disagrees: a line comes from the kernel after its check.`];
  return !willRefuse && boot.isRunning && boot.endings.length === 0 ? [say`The log agrees.`] : [];
}

/** What a kernel has to boot with: what was seen, and what a guest said that it lacks. */
function statusOf(asked: AskedBoot): bigint {
  return (settled(asked.boot) ?? 0n) | lackingOf(asked) | SEV_SNP;
}

/** The features that the log or the guest's check says are lacking. */
function lackingOf({ boot, guest }: AskedBoot): bigint {
  const told = boot.endings.reduce((mask, ending) => mask | (ending.unsupported ?? 0n), 0n);
  const status = settled(boot);
  return told !== 0n || guest === null || status === null ? told : lackingFeatures(status, guest);
}

function notesOf(asked: AskedBoot): Phrase[] {
  const { boot, guest } = asked;
  const endings = boot.endings.map(endingNote).filter((note) => note !== null);
  const notices = boot.notices.map(({ id }) => NOTICES[id]);
  const others = boot.status?.others.map(hexShort) ?? [];
  const more = boot.endings.length - MOST_ENDINGS;
  return [
    ...(more > 0 ? [say`${more} more ends of guests are not listed.`] : []),
    ...(others.length === 0
      ? []
      : [
          say`Other SEV_STATUS values stand in the same boot: ${list(others)}. No verdict is given where they contradict.`,
        ]),
    ...[...new Set([...endings, ...notices])].map((note) => say`${note}`),
    ...(guest === null ? [] : assumptionOf(guest)),
    ...measurementNote(lackingOf(asked)),
  ];
}
