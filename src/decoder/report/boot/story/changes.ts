import type { Boot } from "../../../boot/boot";
import type { SeenStatus } from "../../../boot/status";
import { featureNames } from "../../../features";
import type { Phrase } from "../../phrase";
import { say } from "../../phrase";

/** What a boot shows of itself that later boots are compared with. */
export interface Comparable {
  readonly boot: number;
  readonly release: string;
  readonly status: Pick<SeenStatus, "value" | "known">;
}

/** Null for a boot whose kernel or SEV_STATUS is not known. */
export function comparable({ number, kernel, status }: Boot): Comparable | null {
  if (kernel === null || status === null || status.isHidden || status.others.length > 0)
    return null;
  return { boot: number, release: kernel.release, status };
}

/** What changed since an earlier boot: `since boot 1: + SecureTSC, kernel 6.12.77 → 6.14.2`; null for nothing. */
export function changesSince(before: Comparable, now: Comparable): Phrase | null {
  // Only bits that both boots would show tell of a change.
  const known = before.status.known & now.status.known;
  const added = featureNames(now.status.value & ~before.status.value & known);
  const removed = featureNames(before.status.value & ~now.status.value & known);
  const changes = [
    ...added.map((name) => `+ ${name}`),
    ...removed.map((name) => `− ${name}`),
    ...(before.release === now.release ? [] : [`kernel ${before.release} → ${now.release}`]),
  ];
  return changes.length === 0 ? null : say`since boot ${before.boot}: ${changes.join(", ")}`;
}
