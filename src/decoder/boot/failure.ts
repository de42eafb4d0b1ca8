import type { NoticeId } from "../log/finding";
import { NOTICES } from "../log/notices";
import { bitMask } from "../text/u64";
import type { Boot, InRole } from "./boot";

/** What kept a guest from starting or going on, other than a termination that it asked for. Masks are SEV_FEATURES. */
export type Failure =
  /** The VMCB does not allow SEV_FEATURES that the guest has. */
  | { readonly kind: "denied-by-vmcb"; readonly features: bigint }
  /** SEV_FEATURES are requested that the host does not support. */
  | { readonly kind: "unsupported-by-host"; readonly features: bigint }
  /** The SVSM misses features of the hypervisor, as the GHCB protocol numbers them. */
  | { readonly kind: "hypervisor-features-missing"; readonly features: bigint }
  /** The SVSM requires SEV_FEATURES that are off. */
  | { readonly kind: "required-by-svsm"; readonly features: bigint }
  /** SEV_FEATURES are on that the SVSM does not support. */
  | { readonly kind: "unsupported-by-svsm"; readonly features: bigint }
  /** A message that says by itself that the guest ended or never started. */
  | { readonly kind: "notice"; readonly id: NoticeId };

/** Some programs count SNPActive among the supported features, some do not. */
const SNP_ACTIVE = bitMask(0);

/** Why a boot failed, as its log shows; null where it shows no failure. */
export function failureOf(boot: Boot): Failure | null {
  const {
    missingHypervisorFeatures: missing,
    deniedFeatures: denied,
    refusedBySvsm,
    notices,
  } = boot;
  if (denied !== 0n) return { kind: "denied-by-vmcb", features: denied };
  const unsupported = beyondSupported(boot.features.first);
  if (unsupported !== 0n) return { kind: "unsupported-by-host", features: unsupported };
  if (missing !== null && missing !== 0n)
    return { kind: "hypervisor-features-missing", features: missing };
  const required = maskIn(boot.features.first, "missing");
  if (required !== 0n) return { kind: "required-by-svsm", features: required };
  if (refusedBySvsm !== 0n) return { kind: "unsupported-by-svsm", features: refusedBySvsm };
  const fatal = notices.find(({ id }) => NOTICES[id].failure !== undefined);
  return fatal === undefined ? null : { kind: "notice", id: fatal.id };
}

/** Whether SEV features are the reason of a failure, whoever refuses them. */
export function refusesFeatures(failure: Failure): boolean {
  if (failure.kind === "notice") return NOTICES[failure.id].isRefusal === true;
  return failure.kind !== "hypervisor-features-missing";
}

/** SEV_FEATURES that are requested and not supported, where both are in the log. */
function beyondSupported(features: readonly InRole<string>[]): bigint {
  const supported = maskIn(features, "supported");
  return supported === 0n ? 0n : maskIn(features, "requested") & ~supported & ~SNP_ACTIVE;
}

function maskIn(features: readonly InRole<string>[], wanted: string): bigint {
  return features.reduce((mask, { role, value }) => (role === wanted ? mask | value : mask), 0n);
}
