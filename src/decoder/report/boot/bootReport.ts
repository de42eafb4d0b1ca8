import { adviseLacking } from "../../guest/advice/advise";
import type { Verdict } from "../../guest/check";
import { EVER_REFUSED } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { guestProfile } from "../../guest/profile";
import type { Boot } from "../../boot/boots";
import { isRefusal, refusedIn } from "../../boot/ends";
import { hexShort } from "../../text/u64";
import { adviceOn, measurementNote } from "../guest/advice";
import type { AskedBoot } from "../../boot/asked";
import { isSnpOpen, lackingOf, ownEndings, statusNeeded } from "../../boot/asked";
import { answerOfBoot, toneOfBoot } from "./bootAnswer";
import { failureOf } from "./bootFailure";
import { MOST, fieldsOf } from "./bootFields";
import { fitOf } from "../value/decodeReport";
import { endingNote } from "./findingJson";
import { terminationReport } from "../value/ghcbReport";
import { NOTICES } from "../../log/formats/notices";
import type { Phrase } from "../phrase";
import { code, list, plain, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { answerOf, assumptionOf } from "../guest/verdict";

export type { AskedBoot } from "../../boot/asked";
export { askBoot, isRefused } from "../../boot/asked";

/** Everything there is to say about one boot. `file` is null for standard input. */
export function bootReport(asked: AskedBoot, file: string | null): Report {
  const { boot, guest, verdict } = asked;
  const lines =
    boot.firstLine === boot.lastLine
      ? `line ${boot.firstLine + 1}`
      : `lines ${boot.firstLine + 1} to ${boot.lastLine + 1}`;
  const reasons = reasonsOf(boot);
  return {
    ...bareReport(
      say`${strong(`${file ?? "standard input"}, boot ${boot.number}`)} (${lines})`,
      answerOfBoot(asked),
      toneOfBoot(asked),
    ),
    fields: fieldsOf(asked),
    consequences: [
      ...(verdict === null || guest === null ? [] : comparison(asked, verdict, guest)),
      ...(verdict === null && guest !== null ? refusalOf(boot, guest) : []),
      ...reasons.consequences,
    ],
    advice: adviceFor(asked),
    notes: notesOf(asked, reasons.notes),
  };
}

function adviceFor(asked: AskedBoot): Report["advice"] {
  // What another guest lacks is no matter of this one's distribution.
  const guest = asked.boot.linesOfOthers.size > 0 ? null : asked.guest;
  return adviceOn(adviseLacking(statusNeeded(asked), lackingOf(asked), guest), guest);
}

/** What the guest's check says of the SEV_STATUS seen, and whether the log agrees. */
function comparison(asked: AskedBoot, verdict: Verdict, guest: GuestProfile): Phrase[] {
  const predicted = say`Predicted: ${answerOf(verdict, guest)}`;
  const isBound = asked.boot.status?.how === "at-least" && verdict.outcome !== "refuses";
  return [
    isBound ? say`${predicted} (By the bits that the log shows.)` : predicted,
    ...agreement(asked, verdict),
  ];
}

/** What the reasons of the ends mean, each once: what to look at next, and what may lie behind them. */
function reasonsOf({ endings }: Boot): Pick<Report, "consequences" | "notes"> {
  const told = new Map<string, Report>();
  for (const { via, reason, unsupported } of endings) {
    // A mask says more than its reason.
    if (reason === null || unsupported !== null || via === "efi-stub") continue;
    const key = `${via ?? ""} ${reason.set}:${reason.code}`;
    told.set(key, told.get(key) ?? terminationReport([], reason, via));
  }
  const reports = [...told.values()];
  return {
    consequences: once(reports.flatMap(({ consequences }) => consequences)),
    notes: once(reports.flatMap(({ notes }) => notes)),
  };
}

/** Sentences without those that were said before. */
function once(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [plain(phrase), phrase])).values()];
}

function agreement({ boot, guest }: AskedBoot, verdict: Verdict): Phrase[] {
  if (isAnotherKernel(boot, guest))
    return [
      say`The log is of another kernel, ${boot.kernel?.release ?? ""}: it can neither agree nor disagree.`,
    ];
  const endings = ownEndings(boot);
  const refusal = endings.find(isRefusal);
  const willRefuse = verdict.outcome === "refuses";
  if (refusal !== undefined) {
    if (!willRefuse) return [say`The log disagrees: the guest was refused.`];
    if (refusal.unsupported === null || refusal.unsupported === verdict.unsupported)
      return [say`The log agrees.`];
    return [say`The log names another mask: ${code(hexShort(refusal.unsupported))}.`];
  }
  if (willRefuse && boot.isRunning)
    return [say`The log disagrees: a line comes from the kernel after its check.`];
  return !willRefuse && boot.isRunning && endings.length === 0 && failureOf(boot) === null
    ? [say`The log agrees.`]
    : [];
}

/** Whether the boot's banner is that of another kernel than the guest that is asked. */
function isAnotherKernel({ kernel }: Boot, guest: GuestProfile | null): boolean {
  const own = kernel === null ? null : guestProfile(kernel.banner);
  return own !== null && guest !== null && (own.row !== guest.row || own.likely !== guest.likely);
}

/** Whether the guest can be the one that refused, where nothing but the masks of refusals tells. */
function refusalOf({ endings }: Boot, guest: GuestProfile): Phrase[] {
  const refused = refusedIn(endings);
  return refused === 0n || (refused & ~EVER_REFUSED) !== 0n ? [] : [fitOf(refused, guest)];
}

function notesOf(asked: AskedBoot, reasons: readonly Phrase[]): Phrase[] {
  const { boot, guest } = asked;
  const endings = boot.endings.map(endingNote).filter((note) => note !== null);
  const notices = boot.notices.map(({ fact }) => NOTICES[fact.id].meaning);
  const others = (boot.status?.others ?? []).slice(0, MOST).map(hexShort);
  const more = boot.endings.length - MOST;
  return [
    ...(more > 0 ? [say`${more} more ends of guests are not listed.`] : []),
    ...(others.length === 0
      ? []
      : [
          say`Other SEV_STATUS values stand in the same boot: ${list(others)}. No verdict is given where they contradict.`,
        ]),
    ...(boot.status?.isHidden === true && boot.status.how !== "synthetic"
      ? [
          say`A guest with vTom runs here: its kernel does not see the register, and makes no check (inferred), so it is not asked.`,
        ]
      : []),
    ...(boot.status !== null && !boot.status.isHidden && isSnpOpen(boot.status)
      ? [
          say`Whether SEV-SNP is on is not in the log, so no kernel is asked: what it shows of SEV_STATUS is a lower bound.`,
        ]
      : []),
    ...[...new Set([...endings, ...notices])].map((note) => say`${note}`),
    ...reasons,
    ...(guest === null ? [] : assumptionOf(guest)),
    ...measurementNote(lackingOf(asked)),
  ];
}
