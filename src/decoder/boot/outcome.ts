import type { Assessment, CheckRun } from "../guest/assessment";
import type { Ending } from "../log/finding";
import type { Boot } from "./boot";
import type { SeenEnding } from "./ends";
import { isRefusal, refusedIn } from "./ends";
import type { ExitGroup } from "./exits";
import type { Failure } from "./failure";
import { failureOf, refusesFeatures } from "./failure";
import { isSnpOff } from "./status";

/**
 * Whether the SNP feature check of a kernel that booted ran, and if not why.
 * - `unknown`: the log does not show enough to tell.
 * - `contradicted`: it ran by all that is known, and would have refused: something of what is known is wrong.
 */
export type BootedCheck = CheckRun | "unknown" | "contradicted";

/** What happened in a boot, as its log shows. Masks are in SEV_STATUS bit positions. */
export type Outcome =
  /** The log reports the ends of several guests, or only what a host reports. */
  | { readonly kind: "terminations"; readonly count: number; readonly unsupported: bigint }
  /** The guest's kernel refused to boot; `unsupported` is null where the log does not name the features. */
  | { readonly kind: "refused"; readonly unsupported: bigint | null }
  | { readonly kind: "failed"; readonly failure: Failure }
  /** The guest asked to be terminated for another reason. */
  | { readonly kind: "terminated"; readonly ending: Ending }
  | { readonly kind: "booted"; readonly check: BootedCheck }
  /** A banner and nothing more on SEV. */
  | { readonly kind: "kernel-started" }
  /** The guest made an exit that failed, and nothing shows how it went on. */
  | { readonly kind: "exit-failed"; readonly exit: ExitGroup }
  /** Only what a host supports, its kernel, or an error of its firmware. */
  | { readonly kind: "host-only"; readonly what: "features" | "kernel" | "firmware" }
  /** The end of the guest is not in the log. */
  | { readonly kind: "open" };

/** What happened in a boot. `own`: the assessment of the boot's own kernel; null without one, or without a SEV_STATUS. */
export function outcomeOf(boot: Boot, own: Assessment | null): Outcome {
  const endings = ownEndings(boot);
  if (endings.length > 1 && endings.some(({ isToldByHost }) => isToldByHost))
    return {
      kind: "terminations",
      count: boot.endingCount - (boot.endings.length - endings.length),
      unsupported: refusedIn(boot.causes.map(({ ending }) => ending)),
    };
  const unsupported = refusedIn(endings);
  if (unsupported !== 0n) return { kind: "refused", unsupported };
  if (endings.some(isRefusal)) return { kind: "refused", unsupported: null };
  // What asks for a termination without a reason of its own has often said before what is wrong.
  const failure = failureOf(boot);
  if (failure !== null && !(refusesFeatures(failure) && boot.isRunning))
    return { kind: "failed", failure };
  const [ending] = endings;
  if (ending !== undefined) return { kind: "terminated", ending };
  if (boot.isRunning) return { kind: "booted", check: bootedCheck(boot, own) };
  if (boot.kernel !== null) return { kind: "kernel-started" };
  const exit = boot.exits.find(({ state }) => state !== "traced");
  if (exit !== undefined) return { kind: "exit-failed", exit };
  if (showsHostOnly(boot)) return { kind: "host-only", what: "features" };
  if (showsFirmwareOnly(boot)) return { kind: "host-only", what: "firmware" };
  return boot.hostKernel !== null && boot.firstLine === boot.lastLine
    ? { kind: "host-only", what: "kernel" }
    : { kind: "open" };
}

/** The ends that can be those of the boot's own guest. */
export function ownEndings({ endings }: Boot): SeenEnding[] {
  return endings.filter(({ isOfAnother }) => !isOfAnother);
}

function bootedCheck({ status, snp }: Boot, own: Assessment | null): BootedCheck {
  if (status?.isHidden === true) return "not-reached";
  if (status !== null && isSnpOff(status)) return snp === null ? "snp-off" : "unknown";
  if (own?.verdict?.outcome === "refuses") return "contradicted";
  return own?.check ?? "unknown";
}

function showsFirmwareOnly({ features, status, requestErrors }: Boot): boolean {
  return (
    status === null &&
    features.count === 0 &&
    requestErrors.count > 0 &&
    requestErrors.first.every(({ isStatus }) => isStatus)
  );
}

function showsHostOnly({ features, status }: Boot): boolean {
  return (
    status === null &&
    features.count > 0 &&
    features.first.every(({ role }) => role === "supported" || role === "allowed")
  );
}
