import { decodeFeatures } from "../../features";
import { decodeHvFeatures } from "../../ghcb";
import type { Boot } from "../../boot/boots";
import type { FeaturesRole, NoticeId } from "../../log/finding";
import { bitMask } from "../../text/u64";
import type { Phrase } from "../phrase";
import { list, say } from "../phrase";

/** What keeps a guest from starting or going on, without an end that its kernel asked for. */
export interface Failure {
  readonly words: Phrase;
  /** SEV features are the reason, whoever refuses them. */
  readonly isRefusal: boolean;
}

/** Messages that say by themselves that a guest has come to its end, or never began. */
const FATAL: ReadonlyMap<NoticeId, string> = new Map([
  ["kvm.exit-system-event", "the guest asked to be terminated; this VMM does not say why."],
  ["linux.sev-es-cpu-features", "the guest kernel ended its boot: processor features are missing."],
  ["linux.ghcb-page", "the guest kernel ended its boot: it has no GHCB page."],
  ["linux.no-rdrand", "the guest kernel ended its boot: it has no trusted randomness."],
  ["linux.cc-blob-not-cpuid", "the guest kernel ended its boot: CPUID does not say SEV-SNP."],
  ["linux.cc-blob-not-status", "the guest kernel ended its boot: SEV_STATUS does not say SEV-SNP."],
  ["svsm.required-features", "the SVSM ended its boot: SEV features that it needs are off."],
  ["svsm.unsupported-features", "the SVSM ended its boot: SEV features are on that it refuses."],
  ["svsm.ghcb-version", "the SVSM ended its boot: no GHCB version suits both sides."],
  ["qemu.snp-not-in-vmsa", "QEMU did not start the guest: the VMSA leaves SEV-SNP out."],
  ["qemu.features-need-es", "QEMU did not start the guest: it is no SEV-ES or SEV-SNP guest."],
  ["qemu.tsc-frequency", "QEMU did not start the guest: tsc-frequency needs secure-tsc=on."],
  ["qemu.igvm-sev-features", "QEMU did not start the guest: its VMSA asks for too much."],
]);

/** Those of them that refuse SEV features. */
const REFUSALS: ReadonlySet<NoticeId> = new Set([
  "svsm.required-features",
  "svsm.unsupported-features",
  "qemu.igvm-sev-features",
]);

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
  const fatal = boot.notices.find(({ fact }) => FATAL.has(fact.id));
  if (fatal === undefined) return null;
  return { words: say`${FATAL.get(fatal.fact.id) ?? ""}`, isRefusal: REFUSALS.has(fatal.fact.id) };
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
