/** A way to keep a feature from being enabled, on the host's side. Shown and copied, never run. */
export interface HostSwitch {
  /** The SEV_STATUS bits that it keeps clear. */
  readonly bits: readonly number[];
  /** What it is set on: `QEMU`, `kvm_amd`, … */
  readonly software: string;
  /** Ready to paste: a property, a command line, or a sentence where there is no such text. */
  readonly text: string;
  /** Whether `text` is to be pasted, or read. */
  readonly kind: "setting" | "advice";
  /** The releases of that software in which it exists, as far as known. */
  readonly releases?: string;
  readonly source: string;
  readonly unverified?: string;
}

/** What keeps the mask of a refusal from getting lost (source: kvm list 20250716055604.2229864-1-nikunj@amd.com). */
export const GHCB_VERSION_ADVICE =
  "Do not force GHCB version 1 for the guest (ghcb_version of KVM_SEV_INIT2): SEV-SNP needs version 2, and below it the mask of a refusal is lost.";

const DEBUG_SWAP_PARAMETER =
  "kvm list 20240309163114.2368452-1-pbonzini@redhat.com (off by default) and 20260109033101.1005769-2-seanjc@google.com (parameter removed)";
const SECURE_TSC_PROPERTY =
  "virtee/snphost pull request 193 and the QEMU series it cites (secure-tsc of sev-snp-guest)";

/**
 * SEV_FEATURES are part of the launch measurement: whichever of these is used, the measurement changes with it
 * (source: virtee/sev-snp-measure pull request 32).
 */
export const HOST_SWITCHES: readonly HostSwitch[] = [
  {
    bits: [7],
    software: "QEMU, in -object sev-snp-guest",
    text: "debug-swap=off",
    kind: "setting",
    source: "QEMU sev-common property debug-swap (check_sev_features series)",
  },
  {
    bits: [7],
    software: "kvm_amd",
    text: "modprobe -r kvm_amd && modprobe kvm_amd debug_swap=0",
    kind: "setting",
    releases: "host kernels 6.6 to 6.19; the parameter is gone in 7.0",
    source: DEBUG_SWAP_PARAMETER,
    unverified:
      "the first release (6.6) and the last one (6.19) are read from mails, not from each release's source.",
  },
  {
    bits: [7],
    software: "IGVM file",
    text: "Clear DebugSwap (SEV_FEATURES[5]) in the file's VMSA.",
    kind: "advice",
    source: "COCONUT-SVSM pull request 897",
  },
  {
    bits: [11],
    software: "QEMU, in -object sev-snp-guest",
    text: "secure-tsc=off",
    kind: "setting",
    releases:
      "QEMU with the Secure TSC series; the host's KVM must be 6.18 or later to enable it at all",
    source: SECURE_TSC_PROPERTY,
    unverified: "which QEMU release first has the property.",
  },
  {
    bits: [18],
    software: "VMM",
    text: "Do not request Secure AVIC (SEV_FEATURES[16]) for this guest.",
    kind: "advice",
    source: "KVM and QEMU Secure AVIC series",
    unverified: "no released VMM with a switch for it was seen.",
  },
  {
    bits: [3, 4, 5, 6, 10, 16],
    software: "VMM or IGVM file",
    text: "Remove the feature from the VMM's configuration or the IGVM file's VMSA: a plain Linux guest must not get it. It belongs under a paravisor or an SVSM.",
    kind: "advice",
    source: "AMDESE/AMDSEV issue 133; COCONUT-SVSM pull request 897; Linux SNP_FEATURES_IMPL_REQ",
  },
  {
    bits: [23],
    software: "VMM",
    text: "Clear SEV_FEATURES[21] (IBPB on entry) for this guest.",
    kind: "advice",
    source: "Linux 9073428bb204 and the KVM series that adds SVM_SEV_FEAT_IBPB_ON_ENTRY",
    unverified: "no released VMM with a switch for it was seen.",
  },
];

/** The switches that keep a SEV_STATUS bit clear. */
export function hostSwitchesFor(bit: number): readonly HostSwitch[] {
  return HOST_SWITCHES.filter(({ bits }) => bits.includes(bit));
}
