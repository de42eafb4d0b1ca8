import { featureNames } from "../features";
import type { GuestProfile } from "../guest/profile";
import { guestProfile } from "../guest/profile";
import type { Boot } from "../log/boots";
import { endingIn, isRefusal } from "../log/bootEnds";
import type { DocumentLog } from "../log/documentLog";
import type { Ending, Finding, Part, Span } from "../log/finding";
import { isOwnAndRunning } from "./askedBoot";
import type { AskedBoot } from "./bootReport";
import { askBoot } from "./bootReport";
import { endingNote } from "./findingJson";
import { reasonCodes, reasonNames } from "./ghcbReport";
import { lackingIn } from "./lacking";
import { NOTICES } from "./notices";
import { list, plain } from "./phrase";
import { reportOnReading } from "./readingReport";
import { visible } from "./visible";
import { append } from "../lists";

/** Which problems are shown: the ends of guests, also what is only to be expected or only worth knowing, or none. */
export type ProblemScope = "terminations" | "all" | "off";

/** Another place that a problem has to do with. Lines count from 0. */
export interface RelatedPlace extends Span {
  readonly line: number;
  readonly message: string;
}

/** What is wrong at a place of a log. Lines count from 0. */
export interface LogProblem extends Span {
  /**
   * `refused`: the log tells of a refusal. `ended`: of another end. `expected`: the guest lacks what this value holds.
   * `notice`: a message without a value.
   */
  readonly kind: "refused" | "ended" | "expected" | "notice";
  readonly line: number;
  readonly message: string;
  /** The features that the guest lacks, in SEV_STATUS bit positions; 0 where nothing tells. */
  readonly lacking: bigint;
  /** The guest that the message is about, and the kernel whose banner stands in the same boot. */
  readonly guest: GuestProfile | null;
  readonly kernel: { readonly profile: GuestProfile; readonly text: string } | null;
  readonly related: readonly RelatedPlace[];
}

/** More than these in one document nobody reads. */
const MOST = 1_000;

/** What is wrong in a log that was read. `given` is the guest that the user chose. */
export function problemsOf(
  log: DocumentLog,
  given: GuestProfile | null,
  scope: ProblemScope,
): readonly LogProblem[] {
  if (scope === "off") return [];
  const problems: LogProblem[] = [];
  let told: Told | null = null;
  for (const finding of log.findings()) {
    // A trace holds many findings and few ends.
    if (scope !== "all" && endingIn(finding) === null) continue;
    if (told?.asked.boot.number !== finding.boot) told = toldOf(log, finding.boot, given);
    if (told === null) continue;
    append(problems, endOf(finding, told));
    if (scope === "all") {
      append(problems, expectedOf(finding, told));
      append(problems, noticeOf(finding, told));
    }
    if (problems.length >= MOST) return problems.slice(0, MOST);
  }
  return problems;
}

/** A boot with what its problems have in common. */
interface Told {
  readonly asked: AskedBoot;
  readonly kernel: LogProblem["kernel"];
  readonly related: readonly RelatedPlace[];
}

function toldOf(log: DocumentLog, number: number, given: GuestProfile | null): Told | null {
  const boot = log.boots().get(number);
  if (boot === undefined) return null;
  return {
    asked: askBoot(boot, given),
    kernel: kernelOf(boot),
    related: relatedOf(boot, log.findingsOf(number)),
  };
}

/** The kernel of a boot, by the shortest text that names it. */
function kernelOf({ kernel }: Boot): LogProblem["kernel"] {
  const profile = kernel === null ? null : guestProfile(kernel.banner);
  if (kernel === null || profile === null) return null;
  const isTold = guestProfile(kernel.release)?.row === profile.row;
  return { profile, text: isTold ? kernel.release : kernel.banner };
}

function relatedOf({ kernel, status }: Boot, findings: readonly Finding[]): RelatedPlace[] {
  const banner = findings.find(({ line }) => line === kernel?.line);
  const seen = findings.find((one) => one.kind === "sev-status" && one.value === status?.value);
  return [
    ...placeOf(banner, `The guest's kernel: ${visible(kernel?.release ?? "")}.`),
    ...placeOf(seen, `SEV_STATUS of this boot: ${featureNames(status?.value ?? 0n).join(" ")}.`),
  ];
}

function placeOf(finding: Finding | undefined, message: string): RelatedPlace[] {
  if (finding === undefined) return [];
  const { line, start, end } = finding;
  return [{ line, start, end, message }];
}

function endOf(finding: Finding, told: Told): LogProblem[] {
  const ending = endingIn(finding);
  if (ending === null) return [];
  const { line, start, end } = finding;
  const seen = told.asked.boot.endings.find(
    (one) => one.line === line || one.otherLines.includes(line),
  );
  // What several lines say of one end is one problem, where most is said of it.
  if (seen !== undefined && seen.line !== line) return [];
  const { asked, kernel, related } = seen?.isOfAnother === true ? withoutGuest(told) : told;
  const place = { line, start, end, guest: asked.guest, kernel, related };
  if (!isRefusal(ending))
    return [{ ...place, kind: "ended", lacking: 0n, message: endedMessage(ending) }];
  const lacking = ending.unsupported ?? expectedMask(asked);
  return [{ ...place, kind: "refused", lacking, message: refusedMessage(ending, asked) }];
}

/** The same without what the boot's log shows of its own guest, which is no matter of another one's. */
function withoutGuest({ asked }: Told): Told {
  const boot = { ...asked.boot, kernel: null };
  return { asked: { ...asked, boot, guest: null, verdict: null }, kernel: null, related: [] };
}

/** What the guest's check says that it lacks, where the log does not tell; 0 where nothing does. */
function expectedMask({ verdict }: AskedBoot): bigint {
  return verdict?.outcome === "refuses" ? verdict.unsupported : 0n;
}

function refusedMessage(ending: Ending, asked: AskedBoot): string {
  const { boot, guest } = asked;
  // A guest that the user chose was not seen in the log: the log's own words are about another kernel, perhaps.
  const kernel =
    boot.kernel === null
      ? "The guest kernel"
      : `The guest kernel, ${visible(boot.kernel.release)},`;
  if (ending.unsupported !== null) {
    const names = list(featureNames(ending.unsupported));
    return names === ""
      ? `${kernel} refused to boot, and names no feature.`
      : `${kernel} refused to boot: it lacks ${names}.`;
  }
  const expected = list(featureNames(expectedMask(asked)));
  const likely =
    expected === "" || guest === null
      ? ""
      : ` By the SEV_STATUS of this boot, ${guest.label} lacks ${expected}.`;
  return `${kernel} refused to boot. ${endingNote(ending) ?? ""}${likely}`.trim();
}

function endedMessage(ending: Ending): string {
  const { reason } = ending;
  if (reason === null)
    return `The guest asked to be terminated. ${endingNote(ending) ?? ""}`.trim();
  const names = reasonNames(reason);
  return `The guest asked to be terminated: ${reasonCodes(reason)}${names === "" ? "" : `, ${names}`}.`;
}

/** Values that hold features which the guest lacks; an end tells of itself. */
function expectedOf(finding: Finding, { asked, kernel, related }: Told): LogProblem[] {
  const { guest } = asked;
  if (guest === null || finding.kind === "termination" || finding.kind === "ghcb") return [];
  // What the kernel cannot see stops none.
  if (asked.boot.status?.isHidden === true && !asked.isGivenByUser) return [];
  return finding.parts.flatMap((part): LogProblem[] => {
    const lacking = lackingIn(part.reading, guest);
    if (lacking === 0n) return [];
    const { line, start, end } = part;
    const others = related.filter((place) => place.line !== line);
    const message = expectedMessage(part, guest, isOwnAndRunning(asked));
    return [
      { kind: "expected", line, start, end, message, lacking, guest, kernel, related: others },
    ];
  });
}

function expectedMessage({ reading }: Part, guest: GuestProfile, isRunning: boolean): string {
  const { title, answer } = reportOnReading(reading, guest);
  const runs = isRunning ? " It runs in this log, so it did not boot with this value." : "";
  return `${plain(title)}: ${plain(answer)}${runs}`;
}

function noticeOf(finding: Finding, { asked, kernel }: Told): LogProblem[] {
  if (finding.kind !== "notice") return [];
  const { line, start, end, id } = finding;
  const { guest } = asked;
  const message = NOTICES[id];
  return [{ kind: "notice", line, start, end, message, lacking: 0n, guest, kernel, related: [] }];
}
