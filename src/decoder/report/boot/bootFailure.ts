import { decodeFeatures } from "../../features";
import { decodeHvFeatures } from "../../ghcb";
import type { Boot } from "../../boot/boots";
import type { FeaturesRole } from "../../log/finding";
import { NOTICES } from "../../log/formats/notices";
import { bitMask } from "../../text/u64";
import type { Phrase } from "../phrase";
import { list, say } from "../phrase";

/** What keeps a guest from starting or going on, without an end that its kernel asked for. */
export interface Failure {
  readonly words: Phrase;
  /** SEV features are the reason, whoever refuses them. */
  readonly isRefusal: boolean;
}

/** Some programs count SNPActive among the supported features, some do not. */
const SNP_ACTIVE = bitMask(0);

/** What a boot failed of, as its log tells; null for nothing. */
export function failureOf(boot: Boot): Failure | null {
  const { missingHypervisorFeatures: missing, deniedFeatures: denied, refusedBySvsm } = boot;
  if (denied !== 0n)
    return refusal(
      say`the guest has SEV_FEATURES that its VMCB does not allow, so it cannot be run: ${featuresIn(denied)}.`,
    );
  const unsupported = beyondSupported(boot);
  if (unsupported !== 0n)
    return refusal(
      say`not started: SEV_FEATURES are asked for that the host does not support: ${featuresIn(unsupported)}.`,
    );
  if (missing !== null && missing !== 0n) {
    const names = decodeHvFeatures(missing).known.map(({ name }) => name);
    const words = say`the SVSM misses features of the hypervisor: ${list(names)}.`;
    return { words, isRefusal: false };
  }
  const lacking = maskIn(boot, "missing");
  if (lacking !== 0n)
    return refusal(say`the SVSM ended its boot: it needs ${featuresIn(lacking)}.`);
  if (refusedBySvsm !== 0n)
    return refusal(say`the SVSM ended its boot: it does not support ${featuresIn(refusedBySvsm)}.`);
  const failure = boot.notices
    .map(({ fact }) => NOTICES[fact.id].failure)
    .find((one) => one !== undefined);
  return failure === undefined
    ? null
    : { words: say`${failure.words}`, isRefusal: failure.isRefusal };
}

function refusal(words: Phrase): Failure {
  return { words, isRefusal: true };
}

/** SEV_FEATURES that are asked for and not supported, where both were told. */
function beyondSupported(boot: Boot): bigint {
  const supported = maskIn(boot, "supported");
  return supported === 0n ? 0n : maskIn(boot, "requested") & ~supported & ~SNP_ACTIVE;
}

function maskIn({ features }: Boot, wanted: FeaturesRole): bigint {
  return features.reduce((mask, { role, value }) => (role === wanted ? mask | value : mask), 0n);
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
