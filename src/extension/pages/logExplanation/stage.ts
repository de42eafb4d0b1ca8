import { visible } from "../../../decoder/text/visible";
import type { Following, HostMessage } from "../../../pages/logExplanation/protocol";
import { PROTOCOL_VERSION } from "../../../pages/logExplanation/protocol";

export type StageMessage = Extract<HostMessage, { type: "stage" }>;

const version = PROTOCOL_VERSION;

/** Reading goes on; `share` is done, from 0 to 1. */
export function reading(share: number): StageMessage {
  const percent = Math.max(0, Math.min(100, Math.floor(share * 100)));
  return { version, type: "stage", stage: "reading", sentence: "", percent, following: "off" };
}

/** All lines were read. */
export function done(following: Following): StageMessage {
  return { version, type: "stage", stage: "done", sentence: "", percent: null, following };
}

/** Reading failed because of `problem`; what was read before is shown. */
export function failed(problem: string, following: Following): StageMessage {
  const sentence = visible(problem);
  return { version, type: "stage", stage: "failed", sentence, percent: null, following };
}

/** There is no such log any more; it may come back. */
export const GONE: StageMessage = {
  version,
  type: "stage",
  stage: "gone",
  sentence: "",
  percent: null,
  following: "off",
};
