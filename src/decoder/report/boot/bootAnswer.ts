import type { AssessedBoot } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import { refusedIn } from "../../boot/ends";
import type { Failure } from "../../boot/failure";
import { failureOf } from "../../boot/failure";
import type { BootedCheck, Outcome } from "../../boot/outcome";
import { decodeFeatures, featureNames } from "../../features";
import { decodeGuestRequestError, decodeHvFeatures } from "../../ghcb";
import type { Ending } from "../../log/finding";
import { NOTICES } from "../../log/notices";
import { answerOf, toneOf } from "../guest/verdict";
import type { Phrase } from "../phrase";
import { code, list, say } from "../phrase";
import type { Tone } from "../report";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import { exitWords } from "./bootFields";
import { causesAnswer } from "./causesAnswer";

/** Outcomes that by themselves are neither good nor bad news. */
const NEUTRAL: ReadonlySet<Outcome["kind"]> = new Set(["kernel-started", "host-only", "open"]);

/** How a boot went, as good or bad news. A kernel that booted is never bad news, whatever another kernel would do. */
export function toneOfBoot({ outcome, assessment, boot }: AssessedBoot): Tone {
  if (outcome.kind === "booted") {
    if (outcome.check === "contradicted" || failureOf(boot) !== null) return "unknown";
    return boot.endings.length > 0 ? "bad" : "good";
  }
  if (outcome.kind === "open" && assessment !== null && assessment.verdict !== null)
    return toneOf(assessment.verdict, assessment.guest, assessment.isCertain);
  return boot.endings.length === 0 && NEUTRAL.has(outcome.kind) ? "neutral" : "bad";
}

/** How a boot went, in one line without a full stop. */
export function answerOfBoot(assessed: AssessedBoot): Phrase {
  const { outcome, boot, assessment } = assessed;
  switch (outcome.kind) {
    case "terminations":
      return causesAnswer(boot.causes) ?? say`no termination in this log`;
    case "refused":
      return outcome.unsupported === null
        ? say`refused – the log does not name the features`
        : say`refused – missing ${list(featureNames(outcome.unsupported))}`;
    case "failed":
      return failureWords(outcome.failure);
    case "terminated":
      return terminated(outcome.ending);
    case "booted":
      return beside([bootedWords(outcome.check, boot)], boot);
    case "kernel-started":
      return endedBeside(boot).length > 0
        ? beside([say`kernel started`], boot)
        : say`kernel started – no SEV lines after it`;
    case "exit-failed":
      return say`an exit of the guest failed: ${exitWords(outcome.exit)} – no termination in this log`;
    case "host-only":
      return HOST_ONLY[outcome.what];
    case "open":
      return assessment === null || assessment.verdict === null
        ? say`no termination in this log`
        : answerOf(assessment.verdict, assessment.guest, assessment.isCertain);
  }
}

const HOST_ONLY = {
  features: say`host only: what it supports`,
  kernel: say`host only: its kernel started`,
  firmware: say`host only: an error of the secure processor's firmware`,
} as const;

/** That a kernel booted, and whether its check ran. */
function bootedWords(check: BootedCheck, { snp, status }: Boot): Phrase {
  switch (check) {
    case "runs":
      return say`booted – feature check passed`;
    case "snp-off":
      return say`booted – SEV-SNP is off, no feature check ran`;
    case "not-reached":
      return say`booted – vTOM: the kernel does not see SEV_STATUS, no feature check ran`;
    case "no-check-in-kernel":
      return say`booted – this kernel has no SNP feature check`;
    case "no-check-on-boot-path":
      return say`booted – no SNP feature check on this boot path`;
    case "contradicted":
      return say`booted – although its own check should have refused this SEV_STATUS`;
    case "stopped-below":
    case "unknown":
      return snp !== null && status === null ? say`booted with SEV-SNP on` : say`booted`;
  }
}

/** What else a boot's lines show: other guests that were refused, and what failed beside its kernel. */
function beside(parts: readonly Phrase[], boot: Boot): Phrase {
  const failure = failureOf(boot);
  const failed = failure === null ? [] : [say`besides, ${failureWords(failure)}`];
  const all = [...parts, ...endedBeside(boot), ...failed];
  return all.flatMap((part, index) => (index === 0 ? part : say` · ${part}`));
}

/** Refusals of other guests than the one that runs. */
function endedBeside({ endings }: Boot): Phrase[] {
  const others = endings.filter(({ isOfAnother }) => isOfAnother);
  if (others.length === 0) return [];
  const names = list(featureNames(refusedIn(others)));
  if (names === "")
    return others.length === 1
      ? [say`another guest refused to boot`]
      : [say`other guests refused to boot`];
  return others.length === 1
    ? [say`another guest refused to boot – missing ${names}`]
    : [say`other guests refused to boot – missing ${names}`];
}

/** Why a guest asked to be terminated, where it was no refusal of features. */
function terminated({ reason, unreadable, isLikely }: Ending): Phrase {
  if (reason === null)
    return unreadable === true
      ? say`guest terminated – a reason that the GHCB specification does not define`
      : say`guest terminated – the log does not say why`;
  const codes = reasonCodes(reason);
  const names = reasonNames(reason);
  if (names === "") return say`guest terminated – ${codes}, a reason that no source names`;
  return isLikely === true
    ? say`guest terminated – likely ${codes} ${names}`
    : say`guest terminated – ${codes} ${names}`;
}

/** Why a boot failed, in one line without a full stop. */
export function failureWords(failure: Failure): Phrase {
  switch (failure.kind) {
    case "denied-by-vmcb":
      return say`the guest cannot run – its VMCB does not allow SEV_FEATURES ${featuresIn(failure.features)}`;
    case "unsupported-by-host":
      return say`not started – the host does not support SEV_FEATURES ${featuresIn(failure.features)}`;
    case "hypervisor-features-missing":
      return say`the SVSM misses features of the hypervisor: ${list(decodeHvFeatures(failure.features).known.map(({ name }) => name))}`;
    case "required-by-svsm":
      return say`the SVSM refuses to boot – requires ${featuresIn(failure.features)}`;
    case "unsupported-by-svsm":
      return say`the SVSM refuses to boot – does not support ${featuresIn(failure.features)}`;
    case "launch-refused": {
      const { value, name } = decodeGuestRequestError(failure.status).firmware;
      const status = code(`0x${value.toString(16)}`);
      return name === null
        ? say`not started – the secure processor's firmware refused a step of the launch, status ${status}`
        : say`not started – the secure processor's firmware refused a step of the launch, status ${status} ${name}`;
    }
    case "notice":
      return say`${(NOTICES[failure.id].failure ?? "").replace(/\.$/u, "")}`;
  }
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
