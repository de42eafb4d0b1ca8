import type { Failure } from "../../boot/failure";
import { decodeFeatures } from "../../features";
import { decodeHvFeatures } from "../../ghcb";
import type { NoticeId } from "../../log/finding";
import type { Phrase } from "../phrase";
import { list, say } from "../phrase";

const BY_NOTICE: ReadonlyMap<NoticeId, string> = new Map([
  ["kvm.exit-system-event", "the guest asked to be terminated; this VMM does not say why."],
  ["linux.sev-es-cpu-features", "the guest kernel ended its boot: processor features are missing."],
  ["linux.ghcb-page", "the guest kernel ended its boot: it has no GHCB page."],
  ["linux.no-rdrand", "the guest kernel ended its boot: it has no trusted randomness."],
  ["linux.cc-blob-not-cpuid", "the guest kernel ended its boot: CPUID does not show SEV-SNP."],
  [
    "linux.cc-blob-not-status",
    "the guest kernel ended its boot: SEV_STATUS does not show SEV-SNP.",
  ],
  ["svsm.required-features", "the SVSM ended its boot: SEV features that it needs are off."],
  ["svsm.unsupported-features", "the SVSM ended its boot: SEV features are on that it refuses."],
  ["svsm.ghcb-version", "the SVSM ended its boot: no GHCB version suits both sides."],
  ["qemu.snp-not-in-vmsa", "QEMU did not start the guest: the VMSA leaves SEV-SNP out."],
  ["qemu.features-need-es", "QEMU did not start the guest: it is no SEV-ES or SEV-SNP guest."],
  ["qemu.tsc-frequency", "QEMU did not start the guest: tsc-frequency needs secure-tsc=on."],
  ["qemu.igvm-sev-features", "QEMU did not start the guest: its VMSA requests too much."],
]);

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
      return say`${BY_NOTICE.get(failure.id) ?? ""}`;
  }
}

function featuresIn(mask: bigint): string {
  return list(decodeFeatures("sev-features", mask).features.map(({ name }) => name));
}
