import type { AssessedBoot } from "../../../boot/assessed";
import { hasOthers, lackingOf, statusNeeded } from "../../../boot/assessed";
import type { Boot } from "../../../boot/boot";
import type { SeenEnding } from "../../../boot/ends";
import { isRefusal } from "../../../boot/ends";
import { failureOf } from "../../../boot/failure";
import type { SilentBoots } from "../../../boot/silent";
import { isSnpOff } from "../../../boot/status";
import { SEV_SNP, featureNames } from "../../../features";
import { adviseLacking } from "../../../guest/advice/advise";
import type { GuestProfile } from "../../../guest/profile";
import { hexShort } from "../../../text/u64";
import { fixFor } from "../../value/glanceFix";
import { CHOSEN_BY, fromBanner, inBrief, twoKernels } from "../../guest/kernelsLine";
import type { Phrase } from "../../phrase";
import { code, list, plain, say, strong } from "../../phrase";
import type { Tone } from "../../report";
import { answerOfBoot } from "../bootAnswer";
import type { BootProblem } from "../bootBrief";
import { bootBrief, kernelName } from "../bootBrief";
import { refusalOf } from "../bootReport";
import { silentAnswer } from "../silentReport";

/** How one boot went, in one line, and what belongs to it where that was a problem. */
interface Line {
  readonly tone: Tone;
  readonly word: string;
  readonly title: Phrase;
  readonly facts: Phrase;
  readonly fix: Phrase | null;
  readonly notes: readonly Phrase[];
  /** In the timeline: the missing features, the kernel, or the word. */
  readonly brief: string;
  /** What kind of problem it is; null for none. */
  readonly problem: BootProblem | null;
  /** The ending that it is about; null for none. */
  readonly ending: SeenEnding | null;
}

/** The same with its story: boots with equal keys differ in nothing but numbers and lines. */
export interface BootLine extends Line {
  readonly key: string;
}

const NOTHING: Phrase = [];

/** The line of a boot, and one for each other guest whose refusal stands in its lines. */
export function bootLines(assessed: AssessedBoot): BootLine[] {
  return [ownLine(assessed), ...otherLines(assessed)].map(keyed);
}

/** The line of boots that show only their beginning. */
export function silentLine(silent: SilentBoots): BootLine {
  return keyed({
    tone: "unknown",
    word: "SILENT",
    title: sentence(silentAnswer(silent)),
    facts: NOTHING,
    fix: null,
    notes: [],
    brief: "silent",
    problem: null,
    ending: null,
  });
}

function ownLine(assessed: AssessedBoot): Line {
  const { boot, outcome } = assessed;
  const base = {
    ...bootBrief(assessed),
    facts: statusPhrase(boot),
    fix: null,
    notes: chosenNote(assessed),
    ending: null,
  };
  switch (outcome.kind) {
    case "refused": {
      const names = outcome.unsupported === null ? [] : featureNames(outcome.unsupported);
      const ending = boot.endings.find((one) => !one.isOfAnother && isRefusal(one)) ?? null;
      return {
        ...base,
        word: "REFUSED",
        title: names.length === 0 ? say`the log does not name the features` : missing(names),
        facts: NOTHING,
        fix: fixOf(assessed),
        ending,
      };
    }
    case "terminations":
      return {
        ...base,
        word: "ENDED",
        title: sentence(answerOfBoot(assessed)),
        fix: fixOf(assessed),
        ending: boot.endings[0] ?? null,
      };
    case "failed":
      return {
        ...base,
        word: "FAILED",
        title: sentence(answerOfBoot(assessed)),
        fix: fixOf(assessed),
      };
    case "terminated":
      return {
        ...base,
        word: "ENDED",
        title: sentence(answerOfBoot(assessed)),
        ending: boot.endings[0] ?? null,
      };
    case "exit-failed":
      return {
        ...base,
        word: "EXIT FAILED",
        title: sentence(answerOfBoot(assessed)),
      };
    case "booted":
      return { ...base, word: "BOOTED", title: bootedTitle(assessed) };
    case "kernel-started":
      return {
        ...base,
        word: "STARTED",
        title: say`${strong(kernelName(boot))} – no SEV lines after the banner`,
      };
    case "host-only":
      return { ...base, word: "HOST", title: sentence(answerOfBoot(assessed)) };
    case "open":
      return openLine(assessed, base);
  }
}

/** A boot without an end: what a chosen kernel makes of its SEV_STATUS is a prediction. */
function openLine(assessed: AssessedBoot, base: Omit<Line, "word" | "title">): Line {
  if (base.problem === null)
    return { ...base, word: "OPEN", title: say`no termination in this log` };
  return {
    ...base,
    word: "PREDICTED",
    title: sentence(answerOfBoot(assessed)),
    fix: fixOf(assessed),
    notes: [],
  };
}

/** Refusals of other guests than the one that runs: one line for each mask. */
function otherLines({ boot }: AssessedBoot): Line[] {
  if (!hasOthers(boot)) return [];
  const others = boot.endings.filter(({ isOfAnother }) => isOfAnother);
  const masks = new Set(others.map(({ unsupported }) => unsupported ?? 0n));
  return [...masks].map((mask) => {
    const own = others.filter(({ unsupported }) => (unsupported ?? 0n) === mask);
    const names = featureNames(mask);
    const cause = names.length === 0 ? say`the log does not name the features` : missing(names);
    const who = own.length === 1 ? "another guest" : `${own.length} other guests`;
    return {
      tone: "bad",
      word: "REFUSED",
      title: say`${who} – ${cause}`,
      facts: NOTHING,
      fix: fixOfMissing(mask | SEV_SNP, mask, null),
      notes: [],
      brief: names.join(" "),
      problem: "refused",
      ending: own[0] ?? null,
    };
  });
}

function fixOf(assessed: AssessedBoot): Phrase | null {
  const guest = hasOthers(assessed.boot) ? null : assessed.guest;
  return fixOfMissing(statusNeeded(assessed), lackingOf(assessed), guest);
}

/** A log repeats few of these: the latest are remembered, by their arguments. */
const FIXES = new Map<string, Phrase | null>();
const MOST_FIXES = 256;

function fixOfMissing(status: bigint, lacking: bigint, guest: GuestProfile | null): Phrase | null {
  if (lacking === 0n) return null;
  const key = `${status} ${lacking} ${guest?.id ?? ""} ${guest?.below ?? ""}`;
  const known = FIXES.get(key);
  if (known !== undefined) return known;
  if (FIXES.size >= MOST_FIXES) FIXES.clear();
  const fix = fixFor(adviseLacking(status, lacking, guest), guest);
  FIXES.set(key, fix);
  return fix;
}

function missing(names: readonly string[]): Phrase {
  return say`missing ${strong(list(names))}`;
}

function bootedTitle(assessed: AssessedBoot): Phrase {
  const { boot, outcome } = assessed;
  const { status } = boot;
  const kernel = strong(kernelName(boot));
  if (status?.how === "synthetic")
    return say`${kernel} – vTOM under a paravisor. SNP is on; the guest's SEV_STATUS (${code(hexShort(status.value))}) is synthetic and does not show it. No feature check applies.`;
  if (outcome.kind !== "booted") return say`${kernel}`;
  const failure = failureOf(boot);
  if (failure !== null || outcome.check === "contradicted")
    return say`${kernel} – ${sentence(answerOfBoot({ ...assessed, boot: withoutOthers(boot) }))}`;
  const why = UNCHECKED[outcome.check];
  return why === undefined ? say`${kernel}` : say`${kernel} – ${why}`;
}

/** Why no check ran, where a boot's kernel is known and it passed none. */
const UNCHECKED: Readonly<Partial<Record<string, string>>> = {
  "snp-off": "SEV-SNP is off, no feature check ran",
  "not-reached": "vTOM: the kernel does not see SEV_STATUS, no feature check ran",
  "no-check-in-kernel": "this kernel has no SNP feature check",
  "no-check-on-boot-path": "no SNP feature check on this boot path",
};

function withoutOthers(boot: Boot): Boot {
  return { ...boot, endings: boot.endings.filter(({ isOfAnother }) => !isOfAnother) };
}

/** SEV_STATUS as a boot shows it: `SEV_STATUS ⊇ 0x7 SEV SEV-ES SEV-SNP`. */
export function statusPhrase({ status, snp }: Boot): Phrase {
  if (status === null) return snp === null ? [] : say`SEV-SNP on`;
  if (status.how === "synthetic") return [];
  const isBound = status.how === "names" && !isSnpOff(status);
  const names = featureNames(status.value).join(" ");
  const how = status.how === "derived" ? " (derived from SEV_FEATURES)" : "";
  const shown = say`SEV_STATUS ${isBound ? "⊇ " : ""}${code(hexShort(status.value))} ${names}${how}`;
  const others = status.others.slice(0, MOST_OTHERS).map(hexShort);
  return others.length === 0 ? shown : say`${shown} · also ${others.join(" ")}°`;
}

/** Values that contradict the first one, as they are listed. */
const MOST_OTHERS = 3;

/** A sentence without its full stop. */
function sentence(phrase: Phrase): Phrase {
  const last = phrase.at(-1);
  if (last?.text.endsWith(".") !== true) return phrase;
  return [...phrase.slice(0, -1), { ...last, text: last.text.slice(0, -1) }];
}

/** What a chosen kernel makes of a boot, in one line that names the boot's own too; none without a choice. */
export function chosenNote(assessed: AssessedBoot): Phrase[] {
  const { choice, own, boot, assessment, ownAssessment } = assessed;
  if (choice === null || own?.id === choice.profile.id) return [];
  const chosen = { profile: choice.profile, from: CHOSEN_BY[choice.by], assessment };
  const hasVerdict = assessment !== null && assessment.verdict !== null;
  if (own !== null && hasVerdict)
    return [twoKernels(chosen, { profile: own, from: "banner", assessment: ownAssessment })];
  if (hasVerdict) return [inBrief(chosen)];
  return boot.isRunning ? [] : refusalOf(assessed, choice.profile);
}

/** A problem's kernel and where it is from; `before` is the last kernel of an earlier boot. */
export function kernelPhrase(
  { boot, own, choice }: AssessedBoot,
  before: { readonly boot: number; readonly release: string } | null,
): Phrase {
  const { kernel } = boot;
  if (kernel !== null) {
    const unknown = own === null ? "; not in the catalog" : "";
    return say`Kernel ${strong(kernel.release)} (${fromBanner(kernel)}${unknown})`;
  }
  // What the host says may be of any guest.
  const isOfHost = boot.side === "host";
  const earlier = before === null || isOfHost ? "" : `; boot ${before.boot} was ${before.release}`;
  if (choice !== null)
    return say`Kernel ${strong(choice.profile.label)} (${CHOSEN_BY[choice.by]}; no banner${earlier})`;
  if (isOfHost) return say`Kernel not known (the host does not name it)`;
  const stub = boot.endings.some(({ via }) => via === "efi-stub");
  return say`Kernel not known (${stub ? "the EFI stub prints no banner" : "no banner"}${earlier})`;
}

function keyed(line: Line): BootLine {
  const { word, title, facts, fix, notes } = line;
  const parts = [title, facts, fix ?? [], ...notes].map(plain);
  return { ...line, key: [word, ...parts].join("\n") };
}
