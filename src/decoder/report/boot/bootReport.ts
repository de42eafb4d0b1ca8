import type { AssessedBoot } from "../../boot/assessed";
import { hasOthers, lackingOf, statusNeeded } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import { isRefusal, refusedIn } from "../../boot/ends";
import { failureOf } from "../../boot/failure";
import { ownEndings } from "../../boot/outcome";
import { decodeGuestRequestError } from "../../ghcb";
import { isSnpOff, isSnpOpen } from "../../boot/status";
import { adviceWithoutKvm, adviseLacking } from "../../guest/advice/advise";
import { isOnMshv } from "../../boot/kernels";
import type { Assessment } from "../../guest/assessment";
import type { KernelBug } from "../../guest/catalog/bugs";
import { bugsBehind } from "../../guest/catalog/bugs";
import { EVER_REFUSED } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { hexShort } from "../../text/u64";
import { adviceOn, measurementNote } from "../guest/advice";
import { CHOSEN_BY, fromBanner, twoKernels } from "../guest/kernelsLine";
import { MSR_LINE } from "../guest/seen";
import { answerOf, assumptionOf } from "../guest/verdict";
import type { Phrase } from "../phrase";
import { code, list, plain, say } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { fitOf } from "../value/decodeReport";
import { requestErrorNotes, terminationReport } from "../value/ghcbReport";
import { answerOfBoot, toneOfBoot } from "./bootAnswer";
import { MOST, fieldsOf, leftOut, titleOf } from "./bootFields";
import { endingNote } from "./factJson";
import { NOTICES } from "../../log/notices";

/** Everything there is to say about one boot. `file` is null for standard input. */
export function bootReport(assessed: AssessedBoot, file: string | null): Report {
  const { boot, guest } = assessed;
  const { number, firstLine, lastLine } = boot;
  const title = titleOf({ first: number, last: number, firstLine, lastLine }, file);
  const reasons = reasonsOf(assessed);
  return {
    ...bareReport(title, answerOfBoot(assessed), toneOfBoot(assessed)),
    fields: fieldsOf(assessed),
    consequences: [
      ...predictionOf(assessed),
      ...(guest === null ? [] : refusalOf(assessed, guest)),
      ...reasons.consequences,
    ],
    advice: adviceFor(assessed),
    notes: notesOf(assessed, reasons.notes),
  };
}

function adviceFor(assessed: AssessedBoot): Report["advice"] {
  // What another guest lacks is no matter of this one's distribution.
  const guest = hasOthers(assessed.boot) ? null : assessed.guest;
  const advised = adviseLacking(statusNeeded(assessed), lackingOf(assessed), guest);
  const onHost = isOnMshv(assessed.boot) ? adviceWithoutKvm(advised) : advised;
  return [
    ...adviceOn({ ...onHost, bugs: bugsSeen(assessed.boot, guest) }, guest),
    ...firmwareAdvice(assessed.boot),
  ];
}

/** What to look at on a host where the firmware of the secure processor does not start. */
function firmwareAdvice({ requestErrors }: Boot): Report["advice"] {
  if (!requestErrors.first.some(({ isHostStart }) => isHostStart)) return [];
  return [
    {
      feature: "Firmware of the secure processor",
      ways: [
        say`BIOS: SMEE, SNP Memory Coverage and SEV-SNP Support (IOMMU) on, an SEV-ES ASID space limit such as 256 (AMDESE/AMDSEV issue 202).`,
        say`Firmware: the newest in /lib/firmware/amd, from where the driver loads it (Linux drivers/crypto/ccp/sev-dev.c).`,
        say`What each status means: ${code("sev-status explain firmware-error")}.`,
      ],
    },
  ];
}

/** The known bugs of a guest's kernel that an end in the log can be due to. */
function bugsSeen({ causes }: Boot, guest: GuestProfile | null): readonly KernelBug[] {
  const bugs = causes.flatMap(({ ending: { via, reason } }) =>
    via !== "msr" || reason === null ? [] : bugsBehind(reason, guest?.bugs ?? []),
  );
  return [...new Set(bugs)];
}

/** What the guest's check makes of the SEV_STATUS seen, and whether the log agrees. */
function predictionOf(assessed: AssessedBoot): Phrase[] {
  const { assessment } = assessed;
  if (assessment === null || assessment.verdict === null) return [];
  const both = bothKernels(assessed);
  const predicted = both ?? answerOf(assessment.verdict, assessment.guest, assessment.isCertain);
  return [besideLog(predicted, assessed, assessment), ...lostMask(assessed, assessment)];
}

/** How a predicted refusal ends without the EFI stub, where a bug of the kernel hides why. */
function lostMask({ boot }: AssessedBoot, { verdict }: Assessment): Phrase[] {
  if (verdict?.outcome !== "refuses" || verdict.how !== "ghcb-msr-termination") return [];
  return boot.isRunning || verdict.because === "ghcb-version"
    ? []
    : [
        say`Without the EFI stub a known bug of this kernel loses the mask: the host's log has ${code(MSR_LINE)}.`,
      ];
}

/** What the chosen kernel and another one of the boot make of its SEV_STATUS, in one line; null for one kernel. */
function bothKernels(assessed: AssessedBoot): Phrase | null {
  const { choice, own, boot, assessment, ownAssessment } = assessed;
  if (choice === null || own === null || boot.kernel === null || own.id === choice.profile.id)
    return null;
  return twoKernels(
    { profile: choice.profile, from: CHOSEN_BY[choice.by], assessment },
    { profile: own, from: fromBanner(boot.kernel), assessment: ownAssessment },
  );
}

/** What the reasons of the ends mean, each once: what to look at next, and what may be the cause. */
function reasonsOf(assessed: AssessedBoot): Pick<Report, "consequences" | "notes"> {
  // What another guest's end is due to is no matter of this one's kernel.
  const guest = hasOthers(assessed.boot) ? null : assessed.guest;
  const reports = assessed.boot.causes.flatMap(
    ({ ending: { via, reason, unsupported, hypervisor } }) =>
      // A mask says more than its reason.
      reason === null || unsupported !== null || via === "efi-stub"
        ? []
        : [
            terminationReport([], reason, {
              channel: via,
              guest,
              mayBeKvm: hypervisor === undefined,
            }),
          ],
  );
  return {
    consequences: once(reports.flatMap(({ consequences }) => consequences)),
    notes: once(reports.flatMap(({ notes }) => notes)),
  };
}

/** Sentences without those that were said before. */
function once(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [plain(phrase), phrase])).values()];
}

/** A prediction beside what the log shows; of another kernel's log nothing follows. */
function besideLog(
  predicted: Phrase,
  { boot, guest, own }: AssessedBoot,
  { verdict }: Assessment,
): Phrase {
  const isOther =
    own !== null && guest !== null && (own.row !== guest.row || own.likely !== guest.likely);
  if (verdict === null || isOther) return say`Predicted: ${predicted}`;
  const endings = ownEndings(boot);
  const refusal = endings.find(isRefusal);
  const willRefuse = verdict.outcome === "refuses";
  if (refusal !== undefined) {
    if (!willRefuse) return say`✗ Not as predicted: ${predicted}. The log shows a refusal.`;
    if (refusal.unsupported === null || refusal.unsupported === verdict.unsupported)
      return say`✓ As predicted: ${predicted}`;
    return say`✗ Not as predicted: ${predicted}. The log names another mask, ${code(hexShort(refusal.unsupported))}.`;
  }
  if (willRefuse && boot.isRunning)
    return say`✗ Not as predicted: ${predicted}. The kernel printed a line after its check.`;
  return !willRefuse && boot.isRunning && endings.length === 0 && failureOf(boot) === null
    ? say`✓ As predicted: ${predicted}`
    : say`Predicted: ${predicted}`;
}

/** Whether the guest can be the one that refused, where nothing but the masks of refusals tells. */
export function refusalOf({ boot, assessment }: AssessedBoot, guest: GuestProfile): Phrase[] {
  const refused = refusedIn(boot.endings);
  if (assessment !== null && assessment.verdict !== null) return [];
  return refused === 0n || (refused & ~EVER_REFUSED) !== 0n ? [] : [fitOf(refused, guest)];
}

function notesOf(assessed: AssessedBoot, reasons: readonly Phrase[]): Phrase[] {
  const { boot, guest } = assessed;
  const { status } = boot;
  const texts = [
    ...boot.causes.map(({ ending }) => endingNote(ending)).filter((note) => note !== null),
    ...boot.notices.flatMap(({ id }) =>
      NOTICES[id].shows === undefined ? NOTICES[id].meaning : [],
    ),
  ];
  const others = (status?.others ?? []).slice(0, MOST).map(hexShort);
  return [
    ...leftOut(boot).map((words) => say`${words} are not listed.`),
    ...noteIf(
      others.length > 0,
      say`Other SEV_STATUS values stand in the same boot: ${list(others)}. They contradict, so there is no verdict.`,
    ),
    ...noteIf(
      status?.isHidden === true && status.how !== "synthetic",
      say`A guest with vTOM runs here: its kernel does not see the register and makes no check, so there is no verdict.`,
    ),
    ...noteIf(
      status !== null && !status.isHidden && boot.snp === null && isSnpOpen(status),
      say`Whether SEV-SNP is on is not in the log, so there is no verdict: the log names some bits of SEV_STATUS and cannot show all.`,
    ),
    ...noteIf(
      boot.snp !== null && status?.isHidden !== true && (status === null || isSnpOpen(status)),
      say`Which features of SEV-SNP are on is not in the log, so there is no verdict.`,
    ),
    ...noteIf(
      boot.snp !== null && status?.isHidden !== true && status !== null && isSnpOff(status),
      say`A message says that SEV-SNP is on, and a value that it is off. They contradict, so there is no verdict.`,
    ),
    ...[...new Set(texts)].map((note) => say`${note}`),
    ...reasons,
    ...once(
      boot.requestErrors.first.flatMap(({ value }) =>
        requestErrorNotes(decodeGuestRequestError(value)),
      ),
    ),
    ...(guest === null ? [] : assumptionOf(guest)),
    ...measurementNote(lackingOf(assessed)),
  ];
}

function noteIf(holds: boolean, note: Phrase): Phrase[] {
  return holds ? [note] : [];
}
