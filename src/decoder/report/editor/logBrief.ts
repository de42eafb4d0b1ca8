import type { Choice } from "../../boot/assessed";
import { assessBoot } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import type { DocumentBoots } from "../../boot/document";
import { isRefusal } from "../../boot/ends";
import { counted, grouped } from "../../text/grouped";
import { bootBrief } from "../boot/bootBrief";
import { countOf } from "../boot/causesAnswer";
import type { Tone } from "../report";

/** What a log comes to, in the few words of a status bar. */
export interface LogBrief {
  readonly tone: Tone;
  /** The worst first: `1 refused, 2 failed`. */
  readonly text: string;
  /** The same as a sentence without its full stop: `1 guest refused to boot, 2 failed`. */
  readonly spoken: string;
}

interface Counts {
  refused: number;
  failed: number;
  predicted: number;
  booted: number;
}

/** What the boots of a log come to; null where nothing was found in it. `choice` is the kernel that the user chose. */
export function logBrief(log: DocumentBoots, choice: Choice | null): LogBrief | null {
  const findings = log.findings().length;
  if (findings === 0) return null;
  const counts: Counts = { refused: 0, failed: 0, predicted: 0, booted: 0 };
  let isUnsure = false;
  for (const boot of log.boots().values()) {
    const { tone, problem } = bootBrief(assessBoot(boot, choice));
    const { refused, others } = endsOf(boot);
    counts.refused += refused === 0 && problem === "refused" ? 1 : refused;
    if (problem === "failed") counts.failed += Math.max(1, others);
    else if (problem === "refused") counts.failed += others;
    if (problem === "predicted") counts.predicted += 1;
    if (tone === "good") counts.booted += 1;
    isUnsure ||= tone === "unknown";
  }
  const parts = [
    { count: counts.refused, text: "refused", spoken: "refused to boot", tone: "bad" },
    { count: counts.failed, text: "failed", spoken: "failed", tone: "bad" },
    { count: counts.predicted, text: "would refuse", spoken: "would refuse to boot", tone: "bad" },
  ].filter(({ count }) => count > 0);
  if (parts.length > 0)
    return {
      tone: "bad",
      text: parts.map(({ count, text }) => `${grouped(count)} ${text}`).join(", "),
      spoken: parts.map(({ count, spoken }) => `${counted(count, "guest")} ${spoken}`).join(", "),
    };
  if (counts.booted > 0 && !isUnsure)
    return {
      tone: "good",
      text: `${grouped(counts.booted)} booted`,
      spoken: `${counted(counts.booted, "guest")} booted`,
    };
  return {
    tone: isUnsure ? "unknown" : "neutral",
    text: counted(findings, "finding"),
    spoken: `${counted(findings, "finding")}, and no guest that refused to boot`,
  };
}

/** How many ends of guests a boot's lines report, the refusals and the others. */
function endsOf({ causes }: Boot): { readonly refused: number; readonly others: number } {
  const refused = countOf(causes.filter(({ ending }) => isRefusal(ending)));
  return { refused, others: countOf(causes) - refused };
}
