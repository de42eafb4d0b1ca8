import { visible } from "../../../decoder/text/visible";
import type { HostMessage } from "../../../pages/logExplanation/protocol";
import { PROTOCOL_VERSION } from "../../../pages/logExplanation/protocol";
import type { LogExplanation } from "./explanation";
import { MOST_BOOTS } from "./explanation";

export type StageMessage = Extract<HostMessage, { type: "stage" }>;

const version = PROTOCOL_VERSION;

/** Reading goes on; `share` is done, from 0 to 1. The words stay the same, so that a screen reader says them once. */
export function reading(share: number): StageMessage {
  const percent = Math.max(0, Math.min(100, Math.floor(share * 100)));
  return { version, type: "stage", stage: "reading", sentence: "Reading…", percent };
}

/** All lines were read. */
export function done(explanation: LogExplanation, lines: number): StageMessage {
  const found = foundIn(explanation, lines);
  return ended("done", `${found.charAt(0).toUpperCase()}${found.slice(1)}`);
}

/** Reading failed because of `problem`; the boots before it are shown. */
export function failed(explanation: LogExplanation, lines: number, problem: string): StageMessage {
  return ended("failed", `${problem} Before that: ${foundIn(explanation, lines)}`);
}

/** The explanation was lost in a reload of the window. */
export const GONE = ended(
  "gone",
  "This window was loaded anew, and what was read before is not kept: explain the log again.",
);

function ended(stage: StageMessage["stage"], sentence: string): StageMessage {
  return { version, type: "stage", stage, sentence: visible(sentence), percent: null };
}

function foundIn({ findings, boots, hiddenBoots }: LogExplanation, lines: number): string {
  if (findings === 0 && boots === 0) return `nothing was found in ${counted(lines, "line")}.`;
  const found = `${counted(findings, "finding")} in ${counted(boots, "boot")}, ${counted(lines, "line")} read.`;
  return hiddenBoots === 0
    ? found
    : `${found} The first ${MOST_BOOTS} boots are shown: select lines further down to have those explained.`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
