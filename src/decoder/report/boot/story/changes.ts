import type { AssessedBoot } from "../../../boot/assessed";
import type { SeenStatus } from "../../../boot/status";
import { featureNames } from "../../../features";
import { refusedBy } from "../../../guest/check";
import { U64_MAX } from "../../../text/u64";
import type { Phrase } from "../../phrase";
import { say } from "../../phrase";

/** What a boot shows of itself that later boots are compared with. */
export interface Comparable {
  readonly boot: number;
  readonly release: string;
  readonly status: Pick<SeenStatus, "value" | "known">;
}

/** Null for a boot whose kernel or SEV_STATUS is not known. */
export function comparable({ boot, own, outcome }: AssessedBoot): Comparable | null {
  const { number, kernel, status } = boot;
  if (kernel === null || status === null || status.isHidden || status.others.length > 0)
    return null;
  // What a kernel would have refused was off where it passed its check.
  const passed = outcome.kind === "booted" && outcome.check === "runs" && own !== null;
  const off = passed ? refusedBy(U64_MAX, own) & ~status.value : 0n;
  const { value, known } = status;
  return { boot: number, release: kernel.release, status: { value, known: known | off } };
}

/** What changed since an earlier boot: `since boot 1: + SecureTSC, kernel 6.12.77 → 6.14.2`; null for nothing. */
export function changesSince(before: Comparable, now: Comparable): Phrase | null {
  // Only bits that both boots would show tell of a change.
  const known = before.status.known & now.status.known;
  const differ = (before.status.value ^ now.status.value) & known;
  if (differ === 0n && before.release === now.release) return null;
  const added = featureNames(now.status.value & differ);
  const removed = featureNames(before.status.value & differ);
  const changes = [
    ...added.map((name) => `+ ${name}`),
    ...removed.map((name) => `− ${name}`),
    ...(before.release === now.release ? [] : [`kernel ${before.release} → ${now.release}`]),
  ];
  return changes.length === 0 ? null : say`since boot ${before.boot}: ${changes.join(", ")}`;
}
