/** A way to keep a feature from being enabled, on the host's side. Shown and copied, never run. */
export interface HostSwitch {
  /** The SEV_STATUS bits that it keeps clear. */
  readonly clears: readonly number[];
  /** What it is set on: `QEMU`, `kvm_amd`, … */
  readonly software: string;
  /** Set where it is there on hosts with KVM alone. */
  readonly needsKvm?: true;
  /** Ready to paste: a property, a command line, or a sentence where there is no such text. */
  readonly text: string;
  /** Whether `text` is to be pasted, or read. */
  readonly kind: "setting" | "advice";
  /** The same in a few words, with the software; absent where the switch fits one build of that software alone. */
  readonly brief?: string;
  /** The releases of that software in which it exists, as far as known. */
  readonly releases?: string;
  /** What else it changes, besides the launch measurement, which every one of them changes. */
  readonly effect?: string;
  readonly source: string;
  /** What of it is not verified, and why. */
  readonly unverified?: string;
}

/**
 * What keeps the mask of a refusal from getting lost (sources: kvm list 20250716055604.2229864-1-nikunj@amd.com; Linux
 * 00f0b959ffb0).
 */
export const GHCB_VERSION_ADVICE =
  "Do not force GHCB version 1 for the guest (ghcb_version of KVM_SEV_INIT2): SEV-SNP needs version 2. Below it Linux ends with GHCB MSR 0x20100 whatever is enabled, and the mask of a refusal is lost. Host kernels from 6.18 on refuse version 1 for SEV-SNP.";

const QEMU = "QEMU, in -object sev-snp-guest";
const QEMU_RELEASES = "QEMU 11.2 and later; before, only an IGVM file turns it on";
const QEMU_PROPERTY =
  "QEMU's QMP reference and the series of 1779281646 (default off); the binary of QEMU 11.1.3, which has no such property";
const QEMU_DOUBT =
  "that 11.2 is the first release with the property: 11.1.3 has none, the reference of its successor names it, and 11.2 itself was not read.";
const DEBUG_SWAP_PARAMETER =
  "Linux arch/x86/kvm/svm/sev.c of 6.1, 6.12, 6.16 to 6.18 and 7.1; 9587dd7a7ebd (parameter removed, 7.0)";
const LIBVIRT = "libvirt 12.8.0, schema domaincommon.rng and QEMU driver";
const IGVMFILEGEN =
  "microsoft/openvmm @ 1488a37b vm/loader/igvmfilegen/src/vp_context_builder/snp.rs";
const IGVMBUILDER = "coconut-svsm/svsm @ f4bc4bcd igvmbuilder, and its kernel/src/cpu/vmsa.rs";
const CLOUD_HYPERVISOR =
  "cloud-hypervisor v52.0 and v53.0, vmm/src/vm.rs and vmm/src/igvm/igvm_loader.rs";
const ANOTHER_IGVM_FILE = "The file itself is another one, and so is what it measures to.";

/**
 * SEV_FEATURES are part of the launch measurement: whichever of these is used, the measurement changes with it
 * (source: virtee/sev-snp-measure pull request 32).
 */
export const HOST_SWITCHES: readonly HostSwitch[] = [
  {
    clears: [7],
    software: QEMU,
    needsKvm: true,
    text: "Remove debug-swap=on: off is the default.",
    kind: "advice",
    brief: "QEMU: remove debug-swap=on",
    releases: QEMU_RELEASES,
    source: QEMU_PROPERTY,
    unverified: QEMU_DOUBT,
  },
  {
    clears: [11],
    software: QEMU,
    needsKvm: true,
    text: "Remove secure-tsc=on: off is the default.",
    kind: "advice",
    brief: "QEMU: remove secure-tsc=on",
    releases: QEMU_RELEASES,
    source: QEMU_PROPERTY,
    unverified: QEMU_DOUBT,
  },
  {
    clears: [7, 11],
    software: "libvirt",
    needsKvm: true,
    text: "Take the property out of <qemu:commandline>: <launchSecurity type='sev-snp'> has no element that sets it.",
    kind: "advice",
    source: LIBVIRT,
  },
  {
    clears: [7],
    software: "IGVM file",
    text: "Clear DebugSwap (SEV_FEATURES[5]) in the VMSA of the file's first processor: QEMU from 10.1 on, cloud-hypervisor and openvmm hand it to KVM.",
    kind: "advice",
    brief: "IGVM file: clear SEV_FEATURES[5]",
    effect: `${ANOTHER_IGVM_FILE} COCONUT-SVSM requires DebugSwap since v2026.01-devel, and does not start without it.`,
    source: `QEMU 10.2.2 target/i386/sev.c; ${CLOUD_HYPERVISOR}; COCONUT-SVSM pull request 897`,
  },
  {
    clears: [11],
    software: "IGVM file",
    text: "Clear SecureTSC (SEV_FEATURES[9]) in the VMSA of the file's first processor: QEMU from 10.1 on, cloud-hypervisor and openvmm hand it to KVM.",
    kind: "advice",
    brief: "IGVM file: clear SEV_FEATURES[9]",
    effect: ANOTHER_IGVM_FILE,
    source: `QEMU 10.2.2 target/i386/sev.c; ${CLOUD_HYPERVISOR}`,
  },
  {
    clears: [7],
    software: "openvmm (OpenHCL)",
    text: "Build the IGVM file without DebugSwap: igvmfilegen sets it in every VMSA but those of direct Linux images, and has no option for it.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: IGVMFILEGEN,
  },
  {
    clears: [7],
    software: "kvm_amd",
    needsKvm: true,
    text: "debug_swap=0 helps with vendors' host kernels before 6.10 alone: there it turns DebugSwap off for every guest of the host. With a mainline host, a guest whose VMM or IGVM file asks for DebugSwap does not start then.",
    kind: "advice",
    releases: "host kernels 6.6 to 6.19; the parameter is gone in 7.0",
    source: DEBUG_SWAP_PARAMETER,
  },
  {
    clears: [18],
    software: "openvmm (OpenHCL), manifest of igvmfilegen",
    text: '"secure_avic": "disabled"',
    kind: "setting",
    brief: 'igvmfilegen: "secure_avic": "disabled"',
    effect: ANOTHER_IGVM_FILE,
    source: `${IGVMFILEGEN} (4672a64d2); OpenHCL's build flag --disable-secure-avic`,
  },
  {
    clears: [5],
    software: "openvmm (OpenHCL), manifest of igvmfilegen",
    text: '"injection_type": "normal"',
    kind: "setting",
    effect: ANOTHER_IGVM_FILE,
    source: IGVMFILEGEN,
  },
  {
    clears: [3],
    software: "COCONUT-SVSM's igvmbuilder",
    text: "--no-vtom",
    kind: "setting",
    effect: ANOTHER_IGVM_FILE,
    source: IGVMBUILDER,
  },
  {
    clears: [6],
    software: "COCONUT-SVSM's igvmbuilder",
    text: "Leave out --alt-injection.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: IGVMBUILDER,
  },
  {
    clears: [4, 8, 9, 10, 16, 17],
    software: "COCONUT-SVSM's igvmbuilder",
    text: "Take the feature's name out of --sev-features.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: IGVMBUILDER,
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
    clears: [8, 9, 17],
    software: "IGVM file",
    text: "Clear the feature in the VMSA of the file's first processor. Linux guests need no code for it, so there is hardly a reason to.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: "Linux SNP_FEATURES_IMPL_REQ",
  },
  {
    clears: [23],
    software: "openvmm (OpenHCL)",
    text: "Use another IGVM file: OpenHCL always sets IBPB on entry and has no option for it. KVM up to 7.3 cannot turn it on.",
    kind: "advice",
    effect: ANOTHER_IGVM_FILE,
    source: `${IGVMFILEGEN} (eb7e892f0); Linux 7.3.4 arch/x86/kvm/svm/sev.c`,
  },
];

/** The switches that keep a SEV_STATUS bit clear. */
export function hostSwitchesFor(bit: number): readonly HostSwitch[] {
  return HOST_SWITCHES.filter(({ clears }) => clears.includes(bit));
}
