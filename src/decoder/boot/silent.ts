import type { Stage } from "../log/formats/marks";

/**
 * Boots, one after another, of which a log shows the beginning and nothing more: a kernel that refuses features does so
 * before it prints anything.
 */
export interface SilentBoots {
  /** Numbers of the first and the last one, from 1. */
  readonly first: number;
  readonly last: number;
  /** Lines, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** How far the last of them came. */
  readonly stage: SilentStage;
}

/** What runs in a guest before its kernel. The start of a VMM alone shows nothing of its guest. */
const SILENT_STAGES = ["stage2", "svsm", "firmware", "platform"] as const;

export type SilentStage = (typeof SILENT_STAGES)[number];

export function isSilentStage(stage: Stage): stage is SilentStage {
  return SILENT_STAGES.some((silent) => silent === stage);
}
