import type { AssessedBoot } from "../../boot/assessed";
import { lackingOf } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import { failureOf, refusesFeatures } from "../../boot/failure";
import { featureNames } from "../../features";
import { toneOf } from "../guest/verdict";
import type { Tone } from "../report";
import { toneOfBoot } from "./bootAnswer";

/** What went wrong in a boot. `predicted`: the log has no end, and the kernel would refuse. */
export type BootProblem = "refused" | "failed" | "predicted";

/** How a boot went, without the words of a whole line. */
export interface BootBrief {
  readonly tone: Tone;
  /** The missing features, the kernel that booted, or a word: `SecureTSC`, `6.12.77`, `failed`. */
  readonly brief: string;
  readonly problem: BootProblem | null;
}

/** How a boot went by its own line, in a few words. */
export function bootBrief(assessed: AssessedBoot): BootBrief {
  const { boot, outcome } = assessed;
  const tone = toneInLog(assessed);
  switch (outcome.kind) {
    case "refused":
      return { tone, brief: namesOf(outcome.unsupported) || "refused", problem: "refused" };
    case "terminations":
      return {
        tone,
        brief: [`${outcome.count} guests`, namesOf(outcome.unsupported)]
          .filter(Boolean)
          .join(" · "),
        problem: outcome.unsupported === 0n ? "failed" : "refused",
      };
    case "failed":
      return {
        tone,
        brief: "failed",
        problem: refusesFeatures(outcome.failure) ? "refused" : "failed",
      };
    case "terminated":
      return { tone, brief: "ended", problem: "failed" };
    case "exit-failed":
      return { tone, brief: "exit failed", problem: "failed" };
    case "booted":
    case "kernel-started":
      return { tone, brief: kernelName(boot), problem: null };
    case "host-only":
      return { tone, brief: "host", problem: null };
    case "open": {
      const isRefused = tone === "bad" && assessed.assessment?.verdict?.outcome === "refuses";
      return isRefused
        ? { tone, brief: namesOf(lackingOf(assessed)), problem: "predicted" }
        : { tone, brief: "open", problem: null };
    }
  }
}

function namesOf(mask: bigint | null): string {
  return mask === null ? "" : featureNames(mask).join(" ");
}

/** How a boot went by its log and its own kernel alone; only where neither tells, a chosen kernel decides. */
function toneInLog(assessed: AssessedBoot): Tone {
  const { outcome, boot, assessment } = assessed;
  if (outcome.kind === "booted")
    return outcome.check === "contradicted" || failureOf(boot) !== null ? "unknown" : "good";
  if (outcome.kind === "kernel-started") return "neutral";
  if (outcome.kind !== "open") return toneOfBoot(assessed);
  return assessment === null || assessment.verdict === null
    ? "neutral"
    : toneOf(assessment.verdict, assessment.guest, assessment.isCertain);
}

/** The release of a boot's kernel, or that no banner has it. */
export function kernelName({ kernel }: Boot): string {
  return kernel?.release ?? "kernel without a banner";
}
