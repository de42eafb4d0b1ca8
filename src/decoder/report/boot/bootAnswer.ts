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
import { code, list, plain, say } from "../phrase";
import type { Tone } from "../report";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import { exitWords } from "./bootFields";

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

/** How a boot went, in one sentence. */
export function answerOfBoot(assessed: AssessedBoot): Phrase {
  const { outcome, boot, assessment } = assessed;
  switch (outcome.kind) {
    case "terminations":
      return say`${outcome.count} guest terminations${outcome.unsupported === 0n ? "" : `; missing features: ${list(featureNames(outcome.unsupported))}`}.`;
    case "refused":
      return outcome.unsupported === null
        ? say`refused; the log does not name the features.`
        : say`refused: the guest kernel lacks ${list(featureNames(outcome.unsupported))}.`;
    case "failed":
      return failureWords(outcome.failure);
    case "terminated":
      return terminated(outcome.ending);
    case "booted":
      return say`booted${BOOTED[outcome.check]}${onBeside(boot)}${refusedBeside(boot)}${failedBeside(boot)}.`;
    case "kernel-started":
      return say`the kernel started${refusedBeside(boot) || "; the log has no more on SEV"}.`;
    case "exit-failed":
      return say`an exit of the guest failed: ${exitWords(outcome.exit)}; the log has no end of the guest.`;
    case "host-only":
      return say`no guest's boot: ${HOST_ONLY[outcome.what]}.`;
    case "open":
      return assessment === null || assessment.verdict === null
        ? say`no end of the guest is in the log.`
        : answerOf(assessment.verdict, assessment.guest, assessment.isCertain);
  }
}

const HOST_ONLY = {
  features: "what the host supports",
  kernel: "the host's kernel started",
  firmware: "an error of the secure processor's firmware",
} as const;

const BOOTED: Readonly<Record<BootedCheck, string>> = {
  runs: ": the guest kernel passed the SNP feature check",
  "snp-off": "; SEV-SNP is off, so no feature check ran",
  "not-reached": "; with vTOM the kernel does not see SEV_STATUS, and no feature check ran",
  "no-check-in-kernel": "; this kernel has no SNP feature check",
  "no-check-on-boot-path": "; on its boot path no SNP feature check runs",
  "stopped-below": "",
  unknown: "",
  contradicted: ", although its own check should have refused this SEV_STATUS",
};

/** That SEV-SNP is on, where no value of the log says so. */
function onBeside({ snp, status }: Boot): string {
  return snp !== null && status === null ? " with SEV-SNP on" : "";
}

/** Refusals of other guests than the one that runs. */
function refusedBeside({ endings }: Boot): string {
  const others = endings.filter(({ isOfAnother }) => isOfAnother);
  if (others.length === 0) return "";
  const names = list(featureNames(refusedIn(others)));
  const refused = others.length === 1 ? "another guest was refused" : "other guests were refused";
  return `; ${refused}${names === "" ? "" : `: missing ${names}`}`;
}

/** What failed beside the guest that runs, or of it later: nothing says which. */
function failedBeside(boot: Boot): string {
  const failure = failureOf(boot);
  return failure === null ? "" : `; besides, ${plain(failureWords(failure)).replace(/\.$/u, "")}`;
}

/** Why a guest asked to be terminated, where it was no refusal of features. */
function terminated({ reason, unreadable, isLikely }: Ending): Phrase {
  if (reason === null)
    return unreadable === true
      ? say`the guest asked to be terminated, with a reason that the GHCB specification does not define.`
      : say`the guest asked to be terminated; the log does not say why.`;
  const names = reasonNames(reason);
  return names === ""
    ? say`the guest asked to be terminated: reason ${reasonCodes(reason)}, which no source names.`
    : say`the guest asked to be terminated${isLikely === true ? ", likely" : ""}: ${names}.`;
}

/** Why a boot failed, in one sentence. */
export function failureWords(failure: Failure): Phrase {
  switch (failure.kind) {
    case "denied-by-vmcb":
      return say`the guest cannot run: its VMCB does not allow these SEV_FEATURES: ${featuresIn(failure.features)}.`;
    case "unsupported-by-host":
      return say`not started: the host does not support these SEV_FEATURES: ${featuresIn(failure.features)}.`;
    case "hypervisor-features-missing":
      return say`the SVSM misses features of the hypervisor: ${list(decodeHvFeatures(failure.features).known.map(({ name }) => name))}.`;
    case "required-by-svsm":
      return say`the SVSM ended its boot: it needs ${featuresIn(failure.features)}.`;
    case "unsupported-by-svsm":
      return say`the SVSM ended its boot: it does not support ${featuresIn(failure.features)}.`;
    case "launch-refused": {
      const { value, name } = decodeGuestRequestError(failure.status).firmware;
      return say`not started: the secure processor's firmware refused a step of the launch, with status ${code(`0x${value.toString(16)}`)}${name === null ? "" : ` (${name})`}.`;
    }
    case "notice":
      return say`${NOTICES[failure.id].failure ?? ""}`;
  }
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
