import type { Failure } from "../../boot/failure";
import { decodeFeatures } from "../../features";
import { decodeHvFeatures } from "../../ghcb";
import { NOTICES } from "../../log/notices";
import type { Phrase } from "../phrase";
import { list, say } from "../phrase";

/** Why a boot failed, in one sentence. */
export function failureWords(failure: Failure): Phrase {
  switch (failure.kind) {
    case "denied-by-vmcb":
      return say`the guest cannot run: its VMCB does not allow these SEV_FEATURES: ${featuresIn(failure.features)}.`;
    case "unsupported-by-host":
      return say`not started: the host does not support these SEV_FEATURES: ${featuresIn(failure.features)}.`;
    case "hypervisor-features-missing":
      return say`the SVSM misses features of the hypervisor: ${list(decodeHvFeatures(failure.features).known.map(({ name }) => name))}.`;
    case "required-by-svsm":
      return say`the SVSM ended its boot: it needs ${featuresIn(failure.features)}.`;
    case "unsupported-by-svsm":
      return say`the SVSM ended its boot: it does not support ${featuresIn(failure.features)}.`;
    case "notice":
      return say`${NOTICES[failure.id].failure ?? ""}`;
  }
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
