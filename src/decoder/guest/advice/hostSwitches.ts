/** A way to keep a feature from being enabled, on the host's side. Shown and copied, never run. */
export interface HostSwitch {
  /** The SEV_STATUS bits that it keeps clear. */
  readonly clears: readonly number[];
  /** What it is set on: `QEMU`, `kvm_amd`, … */
  readonly software: string;
  /** Ready to paste: a property, a command line, or a sentence where there is no such text. */
  readonly text: string;
  /** Whether `text` is to be pasted, or read. */
  readonly kind: "setting" | "advice";
  /** The releases of that software in which it exists, as far as known. */
  readonly releases?: string;
  /** What else it changes, besides the launch measurement, which every one of them changes. */
  readonly effect?: string;
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
const LIBVIRT =
  "libvirt devel list, July 2024 (attributes of sev-snp-guest as <launchSecurity type='sev-snp'> has them)";
const OPENVMM =
  "microsoft/openvmm vm/loader/igvmfilegen/src/vp_context_builder/snp.rs @ 939fea8efcd97851198f38e4cda61a19dfb69755";
const CLOUD_HYPERVISOR =
  "cloud-hypervisor's KVM back end (vmsa_features of KVM_SEV_INIT2, logged as “requesting vmsa_features”)";
const CLOUD_HYPERVISOR_DOUBT = "that nothing but the IGVM file decides.";
const ANOTHER_IGVM_FILE = "The file itself is another one, and so is what it measures to.";

/**
 * SEV_FEATURES are part of the launch measurement: whichever of these is used, the measurement changes with it
 * (source: virtee/sev-snp-measure pull request 32).
 */
export const HOST_SWITCHES: readonly HostSwitch[] = [
  {
    clears: [7],
    software: "QEMU, in -object sev-snp-guest",
    text: "debug-swap=off",
    kind: "setting",
    releases: "QEMU with the series of September 2025 that adds the property",
    source: "QEMU sev-common property debug-swap (check_sev_features series)",
    unverified:
      "which QEMU release first has the property. QEMU without it does not know the word, and asks for DebugSwap only where an IGVM file does.",
  },
  {
    clears: [7],
    software: "kvm_amd",
    text: "modprobe -r kvm_amd && modprobe kvm_amd debug_swap=0",
    kind: "setting",
    releases: "host kernels 6.6 to 6.19; the parameter is gone in 7.0",
    effect:
      "It holds for every guest of the host, all of which must be shut down first. From host kernel 6.10 on a guest gets DebugSwap only if its VMM asks for it, so the VMM's switch is enough.",
    source: DEBUG_SWAP_PARAMETER,
    unverified:
      "the first release (6.6) and the last one (6.19) are read from mails, not from each release's source.",
  },
  {
    clears: [7],
    software: "IGVM file",
    text: "Clear DebugSwap (SEV_FEATURES[5]) in the file's VMSA.",
    kind: "advice",
    effect: `${ANOTHER_IGVM_FILE} COCONUT-SVSM requires DebugSwap since its pull request 897, and does not start without it.`,
    source: "COCONUT-SVSM pull request 897",
  },
  {
    clears: [7],
    software: "openvmm (OpenHCL)",
    text: "Build the IGVM file without DebugSwap: igvmfilegen sets it in every VMSA, and has no option for it.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: OPENVMM,
    unverified: "whether another version of igvmfilegen has an option.",
  },
  {
    clears: [11],
    software: "QEMU, in -object sev-snp-guest",
    text: "secure-tsc=off",
    kind: "setting",
    releases:
      "QEMU with the Secure TSC series; the host's KVM must be 6.18 or later to enable it at all",
    source: SECURE_TSC_PROPERTY,
    unverified: "which QEMU release first has the property.",
  },
  {
    clears: [7, 11],
    software: "libvirt",
    text: "Take the property out of <qemu:commandline>: <launchSecurity type='sev-snp'> has no element that sets it.",
    kind: "advice",
    source: LIBVIRT,
    unverified: "whether a later libvirt has such an element.",
  },
  {
    clears: [7, 11],
    software: "cloud-hypervisor",
    text: "Clear the feature in the SEV_FEATURES of the IGVM file's VMSA, which it asks KVM for.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: CLOUD_HYPERVISOR,
    unverified: CLOUD_HYPERVISOR_DOUBT,
  },
  {
    clears: [18],
    software: "VMM",
    text: "Do not request Secure AVIC (SEV_FEATURES[16]) for this guest.",
    kind: "advice",
    source: "KVM and QEMU Secure AVIC series",
    unverified: "no released VMM with a switch for it was seen.",
  },
  {
    clears: [3, 4, 5, 6, 10, 16],
    software: "VMM or IGVM file",
    text: "Remove the feature from the VMM's configuration or the IGVM file's VMSA: a plain Linux guest must not get it. It belongs under a paravisor or an SVSM.",
    kind: "advice",
    effect:
      "A paravisor or SVSM that needs the feature does not start without it: then the kernel belongs below it, not beside it.",
    source: "AMDESE/AMDSEV issue 133; COCONUT-SVSM pull request 897; Linux SNP_FEATURES_IMPL_REQ",
  },
  {
    clears: [23],
    software: "VMM",
    text: "Clear SEV_FEATURES[21] (IBPB on entry) for this guest.",
    kind: "advice",
    source: "Linux 9073428bb204 and the KVM series that adds SVM_SEV_FEAT_IBPB_ON_ENTRY",
    unverified: "no released VMM with a switch for it was seen.",
  },
];

/** The switches that keep a SEV_STATUS bit clear. */
export function hostSwitchesFor(bit: number): readonly HostSwitch[] {
  return HOST_SWITCHES.filter(({ clears }) => clears.includes(bit));
}
