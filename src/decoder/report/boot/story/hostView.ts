import type { AssessedBoot } from "../../../boot/assessed";
import { assessBoot } from "../../../boot/assessed";
import type { Cause } from "../../../boot/ends";
import { isRefusal, refusedIn } from "../../../boot/ends";
import type { Failure } from "../../../boot/failure";
import { failureOf } from "../../../boot/failure";
import { SEV_SNP, decodeFeatures, featureNames } from "../../../features";
import { decodeGuestRequestError } from "../../../ghcb";
import { adviseLacking } from "../../../guest/advice/advise";
import type { Ending, Fact } from "../../../log/finding";
import { counted, grouped } from "../../../text/grouped";
import { hexShort } from "../../../text/u64";
import { fixFor } from "../../value/glanceFix";
import { fitOf } from "../../value/decodeReport";
import type { Phrase } from "../../phrase";
import { code, plain, say } from "../../phrase";
import type { Tone } from "../../report";
import { failureWords } from "../bootAnswer";
import { exitWords } from "../bootFields";
import { causesAnswer, countOf, reasonInBrief } from "../causesAnswer";
import type { KeptFinding } from "./kept";
import { lineLabel } from "./kept";
import type { HostCause, HostNote, HostView, LogLink } from "./view";

/** Rows beyond these are counted. */
const MOST_ROWS = 30;

/** The ends of guests with one cause, over all boots of a host's log. */
interface SeenCause extends Cause {
  readonly id: string;
  readonly boot: AssessedBoot;
}

/** The findings that were kept of a boot. */
type Findings = (boot: number) => readonly KeptFinding[];

/** A host's log: the causes of its guests' ends, and what else it says. `bars`: how many ends its parts have. */
export function hostView(
  boots: readonly AssessedBoot[],
  { findings, bars }: { readonly findings: Findings; readonly bars: readonly number[] },
): HostView {
  const causes = causesOf(boots);
  const others = notesOf(boots, findings);
  const mask = refusedIn(causes.map(({ ending }) => ending));
  const choice = boots[0]?.choice ?? null;
  return {
    tone: causes.length > 0 || others.some(({ tone }) => tone === "bad") ? "bad" : "neutral",
    verdict: causesAnswer(causes),
    fix: mask === 0n ? null : fixFor(adviseLacking(mask | SEV_SNP, mask, null), null),
    notes: choice === null || mask === 0n ? [] : [fitOf(mask, choice.profile)],
    causes: causes.slice(0, MOST_ROWS).map((cause) => rowOf(cause, findings)),
    bars,
    others: [...others, ...restOf(causes)].slice(0, MOST_ROWS),
  };
}

/** The boot of a cause with that cause alone; null for no such id. Its report is about nothing else. */
export function bootOfCause(boots: readonly AssessedBoot[], id: string): AssessedBoot | null {
  const cause = causesOf(boots).find((one) => one.id === id);
  if (cause === undefined) return null;
  const { boot: assessed, ending, count, firstLine, lastLine } = cause;
  const boot = {
    ...assessed.boot,
    firstLine,
    lastLine,
    endings: assessed.boot.endings.filter(({ line }) => line === firstLine),
    causes: [{ ending, count, firstLine, lastLine }],
    endingCount: count,
    deniedFeatures: 0n,
    features: { first: [], count: 0 },
    status: null,
    notices: [],
    requestErrors: { first: [], count: 0 },
    exits: [],
  };
  return assessBoot(boot, assessed.choice);
}

function causesOf(boots: readonly AssessedBoot[]): SeenCause[] {
  const causes = new Map<string, SeenCause>();
  for (const boot of boots)
    for (const cause of boot.boot.causes) {
      const id = `cause ${reasonInBrief(cause.ending)} ${maskOf(cause.ending)}`;
      const before = causes.get(id);
      causes.set(id, {
        id,
        boot: before?.boot ?? boot,
        ending: before?.ending ?? cause.ending,
        count: (before?.count ?? 0) + cause.count,
        firstLine: before?.firstLine ?? cause.firstLine,
        lastLine: cause.lastLine,
      });
    }
  return [...causes.values()].sort((a, b) => b.count - a.count || a.firstLine - b.firstLine);
}

function rowOf(
  { id, ending, count, firstLine, lastLine, boot }: SeenCause,
  findings: Findings,
): HostCause {
  return {
    id,
    count,
    reason: reasonInBrief(ending),
    mask: maskOf(ending),
    missing: missingIn(ending),
    first: linkTo(firstLine, findings(boot.boot.number)),
    last: count === 1 ? null : linkTo(lastLine, findings(boot.boot.number)),
  };
}

function linkTo(line: number, findings: readonly KeptFinding[]): LogLink {
  const { start = 0, end = 0 } = findings.find((one) => one.line === line) ?? {};
  return { label: lineLabel(line), line, start, end };
}

function maskOf({ unsupported, via, reason }: Ending): string {
  if (unsupported !== null) return hexShort(unsupported);
  if (via === "msr") return "– (MSR)";
  return reason === null ? "not printed" : "–";
}

function missingIn(ending: Ending): string {
  const { unsupported, reason, via, hypervisor } = ending;
  if (unsupported !== null) return featureNames(unsupported).join(" ");
  if (!isRefusal(ending)) return "";
  return reason === null && via === "nae" && hypervisor === undefined
    ? "KVM < 6.10: trace kvm_vmgexit"
    : "not told";
}

function restOf(causes: readonly SeenCause[]): HostNote[] {
  const rest = causes.slice(MOST_ROWS);
  if (rest.length === 0) return [];
  const text = say`${counted(countOf(rest), "termination")} for ${grouped(rest.length)} more causes`;
  return [{ tone: "bad", count: 1, text, link: null }];
}

/** What a host's log says besides the ends of guests, the same text once. */
function notesOf(boots: readonly AssessedBoot[], findings: Findings): HostNote[] {
  const notes = new Map<string, HostNote>();
  const add = (tone: Tone, text: Phrase, line: number | null, number: number, count = 1): void => {
    const key = plain(text);
    const before = notes.get(key);
    const link = before?.link ?? (line === null ? null : linkTo(line, findings(number)));
    notes.set(key, { tone, text, count: (before?.count ?? 0) + count, link });
  };
  for (const { boot } of boots) {
    const { number } = boot;
    const failure = failureOf(boot);
    if (failure !== null) {
      const shown = findings(number).find(({ fact }) => shows(fact, failure));
      add("bad", failureWords(failure), shown?.line ?? null, number);
    }
    for (const exit of boot.exits)
      if (exit.state !== "traced")
        add("bad", say`exit ${exitWords(exit)}`, exit.firstLine, number, exit.count);
    for (const { value, line, isLaunch } of boot.requestErrors.first)
      if (!isLaunch) {
        const { value: status, name } = decodeGuestRequestError(value).firmware;
        const words = say`firmware status ${code(`0x${status.toString(16)}`)}${name === null ? "" : ` ${name}`}`;
        add("unknown", words, line, number);
      }
    for (const { role, value } of boot.features.first)
      if (role === "supported") {
        const names = decodeFeatures("sev-features", value).features.map(({ name }) => name);
        const words = say`the host supports SEV_FEATURES ${code(hexShort(value))} ${names.join(" ")}`;
        add("neutral", words, lineOf(findings(number), value), number);
      }
    if (boot.hostKernel !== null)
      add("neutral", say`host kernel ${boot.hostKernel.release}`, boot.hostKernel.line, number);
  }
  return [...notes.values()].sort((a, b) => TONES.indexOf(a.tone) - TONES.indexOf(b.tone));
}

const TONES: readonly Tone[] = ["bad", "unknown", "good", "neutral"];

function lineOf(findings: readonly KeptFinding[], value: bigint): number | null {
  return (
    findings.find(({ fact }) => fact.kind === "sev-features" && fact.value === value)?.line ?? null
  );
}

/** Whether a fact is what a failure is known by. */
function shows(fact: Fact, failure: Failure): boolean {
  switch (failure.kind) {
    case "notice":
      return fact.kind === "notice" && fact.id === failure.id;
    case "launch-refused":
      return fact.kind === "guest-request-error" && fact.isLaunch === true;
    case "hypervisor-features-missing":
      return fact.kind === "hypervisor-features";
    default:
      return fact.kind === "sev-features" && fact.role !== "supported" && fact.role !== "allowed";
  }
}
