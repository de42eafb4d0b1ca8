import type { NoticeId } from "../log/finding";
import { NOTICES } from "../log/notices";
import { bitMask } from "../text/u64";
import type { Boot, InRole } from "./boot";

/** What kept a guest from starting or going on, other than a termination that it asked for. */
export type Failure =
  | {
      readonly kind:
        /** The VMCB does not allow SEV_FEATURES that the guest has. */
        | "denied-by-vmcb"
        /** SEV_FEATURES are requested that the host does not support. */
        | "unsupported-by-host"
        /** The SVSM misses features of the hypervisor. */
        | "hypervisor-features-missing"
        /** The SVSM requires SEV_FEATURES that are off. */
        | "required-by-svsm"
        /** SEV_FEATURES are on that the SVSM does not support. */
        | "unsupported-by-svsm";
      /** SEV_FEATURES, or the hypervisor's features as the GHCB protocol numbers them. */
      readonly features: bigint;
    }
  /** The secure processor's firmware refused a step of the launch; `status` is what it answered. */
  | { readonly kind: "launch-refused"; readonly status: bigint }
  /** A message says by itself that the guest ended or never started. */
  | { readonly kind: "notice"; readonly id: NoticeId };

/** Some programs count SNPActive among the supported features, some do not. */
const SNP_ACTIVE = bitMask(0);

/** Why a boot failed, as its log shows; null where it shows no failure. */
export function failureOf(boot: Boot): Failure | null {
  const masks = [
    ["denied-by-vmcb", boot.deniedFeatures],
    ["unsupported-by-host", boot.unsupportedByHost | beyondSupported(boot.features.first)],
    ["hypervisor-features-missing", boot.missingHypervisorFeatures],
    ["required-by-svsm", boot.requiredBySvsm],
    ["unsupported-by-svsm", boot.refusedBySvsm],
  ] as const;
  for (const [kind, features] of masks) if (features !== 0n) return { kind, features };
  const launch = boot.requestErrors.first.find(({ isLaunch }) => isLaunch);
  if (launch !== undefined) return { kind: "launch-refused", status: launch.value };
  const fatal = boot.notices.find(({ id }) => NOTICES[id].failure !== undefined);
  return fatal === undefined ? null : { kind: "notice", id: fatal.id };
}

/** Whether SEV features are the reason of a failure, whoever refuses them. */
export function refusesFeatures(failure: Failure): boolean {
  if (failure.kind === "notice") return NOTICES[failure.id].isRefusal === true;
  return failure.kind !== "hypervisor-features-missing" && failure.kind !== "launch-refused";
}

/** SEV_FEATURES that are requested and not supported, where both are in the log. */
function beyondSupported(features: readonly InRole<string>[]): bigint {
  const supported = maskIn(features, "supported");
  return supported === 0n ? 0n : maskIn(features, "requested") & ~supported & ~SNP_ACTIVE;
}

function maskIn(features: readonly InRole<string>[], wanted: string): bigint {
  return features.reduce((mask, { role, value }) => (role === wanted ? mask | value : mask), 0n);
}
