import type { Stage } from "../log/formats/marks";
import type { BootStart } from "./marks";

/** Boots, one after another, that their logs only show the beginning of. */
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

/** What runs in a guest before its kernel. A VMM's start alone tells nothing of its guest. */
export const SILENT_STAGES = ["stage2", "svsm", "firmware", "platform"] as const;

export type SilentStage = (typeof SILENT_STAGES)[number];

/**
 * The boots of one log that have no finding, though firmware or an SVSM began: a kernel that refuses features does
 * so before it prints anything. `told` are the numbers of the boots with findings; `lines` is the log's length.
 */
export function silentBoots(
  starts: readonly BootStart[],
  told: ReadonlySet<number>,
  lines: number,
): SilentBoots[] {
  const found: SilentBoots[] = [];
  starts.forEach(({ line, stage }, index) => {
    if (told.has(index + 1) || !isSilent(stage)) return;
    const lastLine = (starts[index + 1]?.line ?? lines) - 1;
    const before = found.at(-1);
    const number = index + 1;
    if (before?.last === index)
      found[found.length - 1] = { ...before, last: number, lastLine, stage };
    else found.push({ first: number, last: number, firstLine: line, lastLine, stage });
  });
  return found;
}

function isSilent(stage: Stage): stage is SilentStage {
  return SILENT_STAGES.some((silent) => silent === stage);
}
