import type { FeatureRow } from "./row";

const BY_NAME = "The meaning is read from the field's name; the APM's text was not read.";

/**
 * The bit table: SEV_STATUS bits 0–23, one row a bit; 24–63 are reserved in every source seen.
 * VMSA SEV_FEATURES is the same table two positions lower (see registers.ts).
 */
export const FEATURES: readonly FeatureRow[] = [
  {
    bit: 0,
    name: "SEV",
    macros: ["MSR_AMD64_SEV_ENABLED"],
    meaning: "The guest's memory is encrypted with a key of its own.",
    need: "base",
    aliases: [
      { name: "SevBit", source: "edk2" },
      { name: "sev_enabled", source: "openvmm" },
      { name: "sev_bit", source: "virtee" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm"],
  },
  {
    bit: 1,
    name: "SEV-ES",
    macros: ["MSR_AMD64_SEV_ES_ENABLED"],
    meaning:
      "The guest's registers are encrypted too; it talks to the hypervisor through the GHCB.",
    need: "base",
    aliases: [
      { name: "SevEsBit", source: "edk2" },
      { name: "SEV_ES", source: "svsm" },
      { name: "es_enabled", source: "openvmm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm"],
  },
  {
    bit: 2,
    name: "SEV-SNP",
    macros: ["MSR_AMD64_SEV_SNP_ENABLED"],
    meaning:
      "The guest's memory is protected against remapping. Without this bit Linux checks no feature.",
    need: "base",
    aliases: [
      { name: "SevSnpBit", source: "edk2" },
      { name: "SEV_SNP", source: "svsm" },
      { name: "snp_enabled", source: "openvmm" },
      { name: "SNP", source: "virtee" },
      { name: "SNPActive", source: "virtee" },
      { name: "SVM_SEV_FEAT_SNP_ACTIVE", source: "kvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "kvm"],
  },
  {
    bit: 3,
    name: "vTom",
    macros: ["MSR_AMD64_SNP_VTOM"],
    meaning:
      "An address, the virtual top of memory, divides private from shared memory instead of the C-bit.",
    need: "below",
    needs: "a paravisor that runs the kernel with vTOM; no Linux kernel accepts the bit itself",
    aliases: [
      { name: "vTOM", source: "edk2" },
      { name: "VTOM", source: "svsm" },
      { name: "vtom", source: "openvmm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 4,
    name: "ReflectVC",
    macros: ["MSR_AMD64_SNP_REFLECT_VC"],
    meaning:
      "A #VC exception is passed to a more privileged level of the guest instead of its own kernel.",
    need: "below",
    needs: "a paravisor at a more privileged VMPL that handles the exceptions",
    aliases: [
      { name: "REFLECT_VC", source: "svsm" },
      { name: "reflect_vc", source: "openvmm" },
      { name: "reflect-vc", source: "igvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 5,
    name: "RI",
    macros: ["MSR_AMD64_SNP_RESTRICTED_INJ"],
    meaning:
      "Restricted injection: the hypervisor may inject nothing but #HV, and the guest polls a doorbell page.",
    need: "below",
    needs: "a handler for #HV and a doorbell page; an SVSM has them, no Linux kernel does",
    aliases: [
      { name: "RestrictedInjection", source: "edk2" },
      { name: "Restricted Injection", source: "virtee" },
      { name: "RESTRICTED_INJECTION", source: "svsm" },
      { name: "REST_INJ", source: "svsm" },
      { name: "restrict_injection", source: "openvmm" },
      { name: "SVM_SEV_FEAT_RESTRICTED_INJECTION", source: "kvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm"],
  },
  {
    bit: 6,
    name: "AI",
    macros: ["MSR_AMD64_SNP_ALT_INJ"],
    meaning:
      "Alternate injection: a more privileged level of the guest injects interrupts, not the hypervisor.",
    need: "below",
    needs: "an SVSM or paravisor that injects the interrupts",
    aliases: [
      { name: "AlternateInjection", source: "edk2" },
      { name: "Alternate Injection", source: "virtee" },
      { name: "ALTERNATE_INJECTION", source: "svsm" },
      { name: "ALT_INJ", source: "svsm" },
      { name: "alternate_injection", source: "openvmm" },
      { name: "alternate-injection", source: "igvm" },
      { name: "SVM_SEV_FEAT_ALTERNATE_INJECTION", source: "kvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm"],
  },
  {
    bit: 7,
    name: "DebugSwap",
    macros: ["MSR_AMD64_SNP_DEBUG_SWAP"],
    meaning:
      "The debug registers belong to the guest's encrypted state and are swapped by the hardware.",
    need: "kernel",
    needs: "a #VC handler that no longer expects DR7 accesses",
    aliases: [
      { name: "DebugVirtualization", source: "edk2" },
      { name: "Debug Swap", source: "virtee" },
      { name: "DEBUG_SWAP", source: "svsm" },
      { name: "DBGSWP", source: "svsm" },
      { name: "debug_swap", source: "openvmm" },
      { name: "debug-swap", source: "qemu" },
      { name: "SVM_SEV_FEAT_DEBUG_SWAP", source: "kvm" },
    ],
    disagreement:
      "edk2, after the APM, calls it DebugVirtualization; Linux and all others DebugSwap.",
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm", "qemu"],
  },
  {
    bit: 8,
    name: "NoHostIBS",
    macros: ["MSR_AMD64_SNP_PREVENT_HOST_IBS"],
    meaning: "The host cannot sample the guest with instruction-based sampling.",
    need: "none",
    aliases: [
      { name: "PreventHostIBS", source: "edk2" },
      { name: "Prevent Host IBS", source: "virtee" },
      { name: "PREVENT_HOST_IBS", source: "svsm" },
      { name: "PREV_HOST_IBS", source: "svsm" },
      { name: "prevent_host_ibs", source: "openvmm" },
      { name: "prevent-host-ibs", source: "igvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 9,
    name: "BTBIsol",
    macros: ["MSR_AMD64_SNP_BTB_ISOLATION"],
    meaning: "The guest's branch predictions are kept apart from those made outside it.",
    need: "none",
    aliases: [
      { name: "SNPBTBIsolation", source: "edk2" },
      { name: "SNP BTB Isolation", source: "virtee" },
      { name: "BTBIsolation", source: "virtee" },
      { name: "SNP_BTB_ISOLATION", source: "svsm" },
      { name: "BTB_ISOLATION", source: "svsm" },
      { name: "snp_btb_isolation", source: "openvmm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 10,
    name: "VmplSSS",
    macros: ["MSR_AMD64_SNP_VMPL_SSS"],
    meaning: "Supervisor shadow stacks are controlled for each VMPL.",
    need: "below",
    needs: "software that sets the shadow-stack permission of each VMPL; no Linux kernel does",
    aliases: [
      { name: "VMPL SSS", source: "virtee" },
      { name: "VMPL_SSS", source: "svsm" },
      { name: "vmpl_sss", source: "openvmm" },
      { name: "vmpl_isss", source: "openvmm" },
      { name: "vmpl-sss", source: "igvm" },
    ],
    unverified: BY_NAME,
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 11,
    name: "SecureTSC",
    macros: ["MSR_AMD64_SNP_SECURE_TSC"],
    meaning: "The time-stamp counter runs with scale and offset that the hypervisor cannot change.",
    need: "kernel",
    needs: "code that takes the TSC's scale and offset from the secure processor",
    aliases: [
      { name: "SecureTsc", source: "edk2" },
      { name: "Secure TSE", source: "virtee" },
      { name: "SECURE_TSC", source: "svsm" },
      { name: "secure_tsc", source: "openvmm" },
      { name: "secure-tsc", source: "qemu" },
      { name: "SecureTscEn", source: "igvm" },
      { name: "SVM_SEV_FEAT_SECURE_TSC", source: "kvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm", "qemu"],
  },
  {
    bit: 12,
    name: "VMGExitParam",
    macros: ["MSR_AMD64_SNP_VMGEXIT_PARAM"],
    meaning: "VMGEXIT takes a parameter.",
    need: "below",
    needs: "software that uses VMGEXIT's parameter; no Linux kernel does",
    aliases: [
      { name: "VmgexitParameter", source: "edk2" },
      { name: "VMG Exit Parameter", source: "virtee" },
      { name: "vmgexit_param", source: "openvmm" },
    ],
    unverified: BY_NAME,
    sources: ["linux", "edk2", "openvmm", "virtee"],
  },
  {
    bit: 13,
    name: null,
    macros: ["MSR_AMD64_SNP_RESERVED_BIT13"],
    meaning: "Reserved in Linux, virtee and openvmm's SevStatusMsr; PMC virtualization in edk2.",
    need: "unknown",
    aliases: [
      { name: "PmcVirtualization", source: "edk2" },
      { name: "pmc_virt", source: "openvmm" },
    ],
    disagreement:
      "Linux, virtee and openvmm's SevStatusMsr have it as reserved; edk2 (which cites APM volume 2, March 2024) names it PmcVirtualization, and openvmm's SevFeatures bit 11 is pmc_virt.",
    sources: ["linux", "edk2", "openvmm", "virtee"],
  },
  {
    bit: 14,
    name: "IBSVirt",
    macros: ["MSR_AMD64_SNP_IBS_VIRT"],
    meaning: "Instruction-based sampling is virtualized for the guest.",
    need: "none",
    aliases: [
      { name: "IbsVirtualization", source: "edk2" },
      { name: "IBS Virtualization", source: "virtee" },
      { name: "ibs_virt", source: "openvmm" },
    ],
    sources: ["linux", "edk2", "openvmm", "virtee"],
  },
  {
    bit: 15,
    name: null,
    macros: ["MSR_AMD64_SNP_RESERVED_BIT15"],
    meaning:
      "Reserved in Linux and edk2; openvmm has guest intercept control at the matching SEV_FEATURES bit.",
    need: "unknown",
    aliases: [{ name: "guest_intercept_control", source: "openvmm" }],
    disagreement:
      "Linux, edk2 and openvmm's SevStatusMsr have it as reserved; openvmm's SevFeatures bit 13 is guest_intercept_control.",
    unverified:
      "That the name of SEV_FEATURES[13] holds for SEV_STATUS[15] is inferred; the APM's text was not read.",
    sources: ["linux", "edk2", "openvmm"],
  },
  {
    bit: 16,
    name: "VMSARegProt",
    macros: ["MSR_AMD64_SNP_VMSA_REG_PROT", "MSR_AMD64_SNP_VMSA_REG_PROTECTION"],
    meaning:
      "Registers saved in the VMSA are masked, so that equal contents do not look equal from outside.",
    need: "below",
    needs:
      "software that unmasks the registers when it reads or writes a VMSA; no Linux kernel does",
    aliases: [
      { name: "VmsaRegProt", source: "edk2" },
      { name: "VMSA Reg Prot", source: "virtee" },
      { name: "VMSA_REG_PROT", source: "svsm" },
      { name: "vmsa_reg_prot", source: "openvmm" },
      { name: "vmsa-reg-prot", source: "igvm" },
    ],
    unverified: BY_NAME,
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 17,
    name: "SMTProt",
    macros: ["MSR_AMD64_SNP_SMT_PROT", "MSR_AMD64_SNP_SMT_PROTECTION"],
    meaning: "The guest runs only while the sibling thread of its core is idle.",
    need: "none",
    aliases: [
      { name: "SmtProtection", source: "edk2" },
      { name: "SMT Protection", source: "virtee" },
      { name: "SMT_PROT", source: "svsm" },
      { name: "smt_prot", source: "openvmm" },
      { name: "smt-protection", source: "igvm" },
    ],
    unverified: BY_NAME,
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  },
  {
    bit: 18,
    name: "SecureAVIC",
    macros: ["MSR_AMD64_SNP_SECURE_AVIC"],
    meaning: "The guest owns its APIC's state and says which interrupts the hypervisor may inject.",
    need: "kernel",
    needs: "the Secure AVIC driver, built with CONFIG_AMD_SECURE_AVIC=y",
    aliases: [
      { name: "SecureAVIC", source: "edk2" },
      { name: "secure_avic", source: "openvmm" },
      { name: "SVM_SEV_FEAT_SECURE_AVIC", source: "kvm" },
    ],
    disagreement: "virtee's snpguest and COCONUT-SVSM have no name for it.",
    sources: ["linux", "edk2", "openvmm", "kvm", "qemu"],
  },
  {
    bit: 19,
    name: null,
    macros: ["MSR_AMD64_SNP_RESERVED_BITS19_22"],
    meaning: "Reserved in Linux. An open edk2 change names it enhanced SMT protection.",
    need: "unknown",
    aliases: [{ name: "EnhSmtProtection", source: "edk2" }],
    unverified: "The edk2 name stands in a pull request that was open in September 2026 (13128).",
    sources: ["linux"],
  },
  ...[20, 21, 22].map((bit): FeatureRow => ({
    bit,
    name: null,
    macros: ["MSR_AMD64_SNP_RESERVED_BITS19_22"],
    meaning: "Reserved in every source seen.",
    need: "unknown",
    aliases: [],
    sources: ["linux", "edk2", "openvmm"],
  })),
  {
    bit: 23,
    name: "IBPBOnEntry",
    macros: ["MSR_AMD64_SNP_IBPB_ON_ENTRY"],
    meaning:
      "The branch predictors are flushed at each entry into the guest. Kernels older than the commit that named the bit refuse it as reserved.",
    need: "none",
    aliases: [
      { name: "IbpbOnEntry", source: "edk2" },
      { name: "ibpb_on_entry", source: "openvmm" },
      { name: "SVM_SEV_FEAT_IBPB_ON_ENTRY", source: "kvm" },
    ],
    sources: ["linux", "edk2", "openvmm", "kvm"],
  },
];

/** What holds for every bit above the table: reserved, and refused by every kernel that checks. */
export function reservedRow(bit: number): FeatureRow {
  return {
    bit,
    name: null,
    macros: ["MSR_AMD64_SNP_RESERVED_MASK"],
    meaning: "Reserved in every source seen.",
    need: "unknown",
    aliases: [],
    sources: ["linux", "edk2", "openvmm"],
  };
}
