import type { AssessedBoot, Choice } from "../../boot/assessed";
import { assessBoot } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import type { DocumentBoots } from "../../boot/document";
import type { SeenEnding } from "../../boot/ends";
import { endingIn, isRefusal } from "../../boot/ends";
import { featureNames } from "../../features";
import type { GuestProfile } from "../../guest/profile";
import { guestProfile } from "../../guest/profile";
import type { Ending, Finding, Token } from "../../log/finding";
import { NOTICES } from "../../log/notices";
import type { Span } from "../../text/span";
import { visible } from "../../text/visible";
import { endingNote } from "../boot/factJson";
import { lackingIn } from "../guest/lacking";
import { plain } from "../phrase";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import { reportOnToken } from "../value/tokenReport";

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

/**
 * What is wrong in a log that was read. A boot's own kernel decides; the kernel that the user chose is asked only about
 * boots without a banner.
 */
export function problemsOf(
  log: DocumentBoots,
  choice: Choice | null,
  scope: ProblemScope,
): readonly LogProblem[] {
  if (scope === "off") return [];
  const problems: LogProblem[] = [];
  let told: Told | null = null;
  for (const finding of log.findings()) {
    // A trace holds many findings and few ends.
    if (scope !== "all" && endingIn(finding) === null) continue;
    if (told?.assessed.boot.number !== finding.boot) told = toldOf(log, finding.boot, choice);
    if (told === null) continue;
    for (const problem of endOf(finding, told)) problems.push(problem);
    if (scope === "all")
      for (const problem of [...expectedOf(finding, told), ...noticeOf(finding, told)])
        problems.push(problem);
    if (problems.length >= MOST) return problems.slice(0, MOST);
  }
  return problems;
}

/** A boot with what its problems have in common. */
interface Told {
  readonly assessed: AssessedBoot;
  readonly kernel: LogProblem["kernel"];
  readonly related: readonly RelatedPlace[];
}

function toldOf(log: DocumentBoots, number: number, choice: Choice | null): Told | null {
  const boot = log.boots().get(number);
  if (boot === undefined) return null;
  return {
    assessed: assessBoot(boot, boot.kernel === null ? choice : null),
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

/** Where the kernel's banner and the SEV_STATUS of a boot stand. */
function relatedOf({ kernel, status }: Boot, findings: readonly Finding[]): RelatedPlace[] {
  const related = (finding: Finding | undefined, message: string): RelatedPlace[] =>
    finding === undefined ? [] : [{ ...placeOf(finding), message }];
  const banner = findings.find(({ line }) => line === kernel?.line);
  const seen = findings.find(
    ({ fact }) => fact.kind === "sev-status" && fact.value === status?.value,
  );
  return [
    ...related(banner, `The guest's kernel: ${visible(kernel?.release ?? "")}.`),
    ...related(seen, `SEV_STATUS of this boot: ${featureNames(status?.value ?? 0n).join(" ")}.`),
  ];
}

function placeOf({ line, start, end }: Finding | Token): Span & { readonly line: number } {
  return { line, start, end };
}

function endOf(finding: Finding, told: Told): LogProblem[] {
  const own = endingIn(finding);
  if (own === null) return [];
  const { line } = finding;
  const seen = told.assessed.boot.endings.find((one) => reports(line, own, one));
  // What several lines report of one end is one problem, where most is said of it.
  if (seen !== undefined && seen.line !== line) return [];
  // Another line may say what this one leaves out.
  const ending = seen ?? own;
  const { assessed, kernel, related } = seen?.isOfAnother === true ? withoutGuest(told) : told;
  const place = { ...placeOf(finding), guest: assessed.guest, kernel, related };
  if (!isRefusal(ending))
    return [{ ...place, kind: "ended", lacking: 0n, message: endedMessage(ending) }];
  const lacking = ending.unsupported ?? expectedMask(assessed);
  return [{ ...place, kind: "refused", lacking, message: refusedMessage(ending, assessed) }];
}

/** Whether a line that says this of an end is one of those that report the boot's end. */
function reports(line: number, own: Ending, seen: SeenEnding): boolean {
  if (seen.line !== line && !seen.otherLines.includes(line)) return false;
  const { reason, unsupported } = own;
  return (
    (unsupported === null || unsupported === seen.unsupported) &&
    (reason === null || (reason.set === seen.reason?.set && reason.code === seen.reason.code))
  );
}

/** The same without what the log shows of the boot's own guest: the end is another guest's. */
function withoutGuest({ assessed }: Told): Told {
  const boot = { ...assessed.boot, kernel: null };
  return {
    assessed: { ...assessed, boot, guest: null, own: null, assessment: null },
    kernel: null,
    related: [],
  };
}

/** What the guest's check says that it lacks, where the log does not tell; 0 where nothing does. */
function expectedMask({ assessment }: AssessedBoot): bigint {
  return assessment?.verdict?.outcome === "refuses" ? assessment.lacking : 0n;
}

function refusedMessage(ending: Ending, assessed: AssessedBoot): string {
  const { boot, guest } = assessed;
  // A chosen kernel was not seen in the log, which is about another kernel, perhaps.
  const kernel = boot.kernel === null ? "Guest" : `Linux ${visible(boot.kernel.release)}`;
  if (ending.unsupported !== null) {
    const names = featureNames(ending.unsupported).join(" ");
    return names === ""
      ? `${kernel} refused to boot – no feature named`
      : `${kernel} refused to boot – missing ${names}`;
  }
  const expected = featureNames(expectedMask(assessed)).join(" ");
  const note = endingNote(ending);
  const parts = [
    `${kernel} refused to boot.`,
    ...(note === null ? [] : [note]),
    ...(expected === "" || guest === null
      ? []
      : [`By the SEV_STATUS of this boot, ${guest.label} is missing ${expected}.`]),
  ];
  return parts.join(" ");
}

function endedMessage(ending: Ending): string {
  const { reason } = ending;
  const asked = "Guest terminated";
  if (reason === null) return `${asked}. ${endingNote(ending) ?? ""}`.trim();
  const names = reasonNames(reason);
  return `${asked}: ${reasonCodes(reason)}${names === "" ? "" : `, ${names}`}.`;
}

/** Values that hold features which the guest lacks. A boot that ran is no problem, and an end is one by itself. */
function expectedOf(finding: Finding, { assessed, kernel, related }: Told): LogProblem[] {
  const { guest, boot } = assessed;
  const { fact } = finding;
  if (guest === null || fact.kind === "termination" || fact.kind === "ghcb") return [];
  if (boot.status?.isHidden === true || boot.isRunning) return [];
  return finding.tokens.flatMap((token): LogProblem[] => {
    const lacking = lackingIn(fact, token.field, guest);
    if (lacking === 0n) return [];
    const others = related.filter(({ line }) => line !== token.line);
    const { title, answer } = reportOnToken(fact, token.field, guest);
    const message = `${plain(title)}: ${plain(answer)}`;
    const problem = { message, lacking, guest, kernel, related: others };
    return [{ ...placeOf(token), kind: "expected", ...problem }];
  });
}

function noticeOf(finding: Finding, { assessed: { guest }, kernel }: Told): LogProblem[] {
  const { fact } = finding;
  if (fact.kind !== "notice" || NOTICES[fact.id].shows !== undefined) return [];
  const problem = { message: NOTICES[fact.id].meaning, lacking: 0n, guest, kernel, related: [] };
  return [{ ...placeOf(finding), kind: "notice", ...problem }];
}
