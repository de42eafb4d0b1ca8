import type { FeatureRow } from "./row";
import type { SourceId } from "./sources";

type About = Omit<FeatureRow, "bit" | "name" | "macros" | "aliases"> & {
  readonly aliases: Readonly<Partial<Record<SourceId, string | readonly string[]>>>;
};

/**
 * The bit table: SEV_STATUS bits 0–23, one row a bit; 24–63 are reserved in every source seen.
 * VMSA SEV_FEATURES is the same table two positions lower (see registers.ts).
 */
export const FEATURES: readonly FeatureRow[] = [
  feature(0, "SEV", ["MSR_AMD64_SEV_ENABLED"], {
    meaning: "The guest's memory is encrypted with a key of its own.",
    need: "base",
    aliases: { edk2: "SevBit", openvmm: "sev_enabled", virtee: "sev_bit" },
    sources: ["linux", "edk2", "openvmm", "svsm"],
  }),
  feature(1, "SEV-ES", ["MSR_AMD64_SEV_ES_ENABLED"], {
    meaning:
      "The guest's registers are encrypted too; it talks to the hypervisor through the GHCB.",
    need: "base",
    aliases: { edk2: "SevEsBit", svsm: "SEV_ES", openvmm: "es_enabled" },
    sources: ["linux", "edk2", "openvmm", "svsm"],
  }),
  feature(2, "SEV-SNP", ["MSR_AMD64_SEV_SNP_ENABLED"], {
    meaning:
      "The guest's memory is protected against remapping. Without this bit Linux checks no feature.",
    need: "base",
    aliases: {
      edk2: "SevSnpBit",
      svsm: "SEV_SNP",
      openvmm: "snp_enabled",
      virtee: ["SNP", "SNPActive"],
      kvm: "SVM_SEV_FEAT_SNP_ACTIVE",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "kvm"],
  }),
  feature(3, "vTom", ["MSR_AMD64_SNP_VTOM"], {
    meaning:
      "An address, the virtual top of memory, divides private from shared memory instead of the C-bit.",
    need: "below",
    needs: "a paravisor that runs the kernel with vTOM; no Linux kernel accepts the bit itself",
    aliases: { edk2: "vTOM", svsm: "VTOM", openvmm: "vtom" },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(4, "ReflectVC", ["MSR_AMD64_SNP_REFLECT_VC"], {
    meaning:
      "A #VC exception is passed to a more privileged level of the guest instead of its own kernel.",
    need: "below",
    needs: "a paravisor at a more privileged VMPL that handles the exceptions",
    aliases: { svsm: "REFLECT_VC", openvmm: "reflect_vc", igvm: "reflect-vc" },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(5, "RI", ["MSR_AMD64_SNP_RESTRICTED_INJ"], {
    meaning:
      "Restricted injection: the hypervisor may inject nothing but #HV, and the guest polls a doorbell page.",
    need: "below",
    needs: "a handler for #HV and a doorbell page; an SVSM has them, no Linux kernel does",
    aliases: {
      edk2: "RestrictedInjection",
      virtee: "Restricted Injection",
      svsm: ["RESTRICTED_INJECTION", "REST_INJ"],
      openvmm: "restrict_injection",
      kvm: "SVM_SEV_FEAT_RESTRICTED_INJECTION",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm"],
  }),
  feature(6, "AI", ["MSR_AMD64_SNP_ALT_INJ"], {
    meaning:
      "Alternate injection: a more privileged level of the guest injects interrupts, not the hypervisor.",
    need: "below",
    needs: "an SVSM or paravisor that injects the interrupts",
    aliases: {
      edk2: "AlternateInjection",
      virtee: "Alternate Injection",
      svsm: ["ALTERNATE_INJECTION", "ALT_INJ"],
      openvmm: "alternate_injection",
      igvm: "alternate-injection",
      kvm: "SVM_SEV_FEAT_ALTERNATE_INJECTION",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm"],
  }),
  feature(7, "DebugSwap", ["MSR_AMD64_SNP_DEBUG_SWAP"], {
    meaning:
      "The debug registers belong to the guest's encrypted state and are swapped by the hardware.",
    need: "kernel",
    needs: "a #VC handler that no longer expects DR7 accesses",
    aliases: {
      edk2: "DebugVirtualization",
      virtee: "Debug Swap",
      svsm: ["DEBUG_SWAP", "DBGSWP"],
      openvmm: "debug_swap",
      qemu: "debug-swap",
      kvm: "SVM_SEV_FEAT_DEBUG_SWAP",
    },
    disagreement:
      "edk2, after the APM, calls it DebugVirtualization; Linux and all others DebugSwap.",
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm", "qemu"],
  }),
  feature(8, "NoHostIBS", ["MSR_AMD64_SNP_PREVENT_HOST_IBS"], {
    meaning: "The host cannot sample the guest with instruction-based sampling.",
    need: "none",
    aliases: {
      edk2: "PreventHostIBS",
      virtee: "Prevent Host IBS",
      svsm: ["PREVENT_HOST_IBS", "PREV_HOST_IBS"],
      openvmm: "prevent_host_ibs",
      igvm: "prevent-host-ibs",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(9, "BTBIsol", ["MSR_AMD64_SNP_BTB_ISOLATION"], {
    meaning: "The guest's branch predictions are kept apart from those made outside it.",
    need: "none",
    aliases: {
      edk2: "SNPBTBIsolation",
      virtee: ["SNP BTB Isolation", "BTBIsolation"],
      svsm: ["SNP_BTB_ISOLATION", "BTB_ISOLATION"],
      openvmm: "snp_btb_isolation",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(10, "VmplSSS", ["MSR_AMD64_SNP_VMPL_SSS"], {
    meaning: "Supervisor shadow stacks are controlled for each VMPL.",
    need: "below",
    needs: "software that sets the shadow-stack permission of each VMPL; no Linux kernel does",
    aliases: {
      apm: "VmplSSS",
      virtee: "VMPL SSS",
      svsm: "VMPL_SSS",
      openvmm: ["vmpl_sss", "vmpl_isss"],
      igvm: "vmpl-sss",
    },
    sources: ["linux", "apm", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(11, "SecureTSC", ["MSR_AMD64_SNP_SECURE_TSC"], {
    meaning: "The time-stamp counter runs with scale and offset that the hypervisor cannot change.",
    need: "kernel",
    needs: "code that takes the TSC's scale and offset from the secure processor",
    aliases: {
      edk2: "SecureTsc",
      virtee: "Secure TSE",
      svsm: "SECURE_TSC",
      openvmm: "secure_tsc",
      qemu: "secure-tsc",
      igvm: "SecureTscEn",
      kvm: "SVM_SEV_FEAT_SECURE_TSC",
    },
    sources: ["linux", "edk2", "openvmm", "svsm", "virtee", "kvm", "qemu"],
  }),
  feature(12, "VMGExitParam", ["MSR_AMD64_SNP_VMGEXIT_PARAM"], {
    meaning: "VMGEXIT takes a parameter.",
    need: "below",
    needs: "software that uses VMGEXIT's parameter; no Linux kernel does",
    aliases: {
      apm: "VmgexitParameter",
      edk2: "VmgexitParameter",
      virtee: "VMG Exit Parameter",
      openvmm: "vmgexit_param",
    },
    unverified:
      "The meaning is inferred from the name and from the VMCB fields that the APM has for it.",
    sources: ["linux", "apm", "edk2", "openvmm", "virtee"],
  }),
  feature(13, null, ["MSR_AMD64_SNP_RESERVED_BIT13"], {
    meaning:
      "Performance counters are virtualized for the guest (AMD's PmcVirtualization); reserved in Linux.",
    need: "unknown",
    aliases: { apm: "PmcVirtualization", edk2: "PmcVirtualization", openvmm: "pmc_virt" },
    disagreement:
      "The APM (volume 2, 3.44, March 2026) and edk2 name it PmcVirtualization, openvmm's SevFeatures bit 11 is pmc_virt; Linux 7.3, virtee and openvmm's SevStatusMsr have it as reserved.",
    sources: ["linux", "apm", "edk2", "openvmm", "virtee"],
  }),
  feature(14, "IBSVirt", ["MSR_AMD64_SNP_IBS_VIRT"], {
    meaning: "Instruction-based sampling is virtualized for the guest.",
    need: "none",
    aliases: {
      apm: "IbsVirtualization",
      edk2: "IbsVirtualization",
      virtee: "IBS Virtualization",
      openvmm: "ibs_virt",
    },
    sources: ["linux", "apm", "edk2", "openvmm", "virtee"],
  }),
  feature(15, null, ["MSR_AMD64_SNP_RESERVED_BIT15"], {
    meaning:
      "Software at a more privileged VMPL may intercept a less privileged one (AMD's GuestInterceptCtl); reserved in Linux.",
    need: "unknown",
    aliases: { apm: "GuestInterceptCtl", openvmm: "guest_intercept_control" },
    disagreement:
      "The APM (volume 2, 3.44, March 2026) names it GuestInterceptCtl, openvmm's SevFeatures bit 13 is guest_intercept_control; Linux 7.3, edk2 and openvmm's SevStatusMsr have it as reserved.",
    sources: ["linux", "apm", "edk2", "openvmm"],
  }),
  feature(16, "VMSARegProt", ["MSR_AMD64_SNP_VMSA_REG_PROT", "MSR_AMD64_SNP_VMSA_REG_PROTECTION"], {
    meaning:
      "Registers saved in the VMSA are masked, so that equal contents do not look equal from outside.",
    need: "below",
    needs:
      "software that unmasks the registers when it reads or writes a VMSA; no Linux kernel does",
    aliases: {
      apm: "VmsaRegProt",
      edk2: "VmsaRegProt",
      virtee: "VMSA Reg Prot",
      svsm: "VMSA_REG_PROT",
      openvmm: "vmsa_reg_prot",
      igvm: "vmsa-reg-prot",
    },
    sources: ["linux", "apm", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(17, "SMTProt", ["MSR_AMD64_SNP_SMT_PROT", "MSR_AMD64_SNP_SMT_PROTECTION"], {
    meaning: "The guest runs only while the sibling thread of its core is idle.",
    need: "none",
    aliases: {
      apm: "SmtProtection",
      edk2: "SmtProtection",
      virtee: "SMT Protection",
      svsm: "SMT_PROT",
      openvmm: "smt_prot",
      igvm: "smt-protection",
    },
    sources: ["linux", "apm", "edk2", "openvmm", "svsm", "virtee"],
  }),
  feature(18, "SecureAVIC", ["MSR_AMD64_SNP_SECURE_AVIC"], {
    meaning: "The guest owns its APIC's state and says which interrupts the hypervisor may inject.",
    need: "kernel",
    needs: "the Secure AVIC driver, built with CONFIG_AMD_SECURE_AVIC=y",
    aliases: {
      apm: "SecureAvic",
      edk2: "SecureAVIC",
      openvmm: "secure_avic",
      kvm: "SVM_SEV_FEAT_SECURE_AVIC",
    },
    disagreement: "virtee's snpguest and COCONUT-SVSM have no name for it.",
    sources: ["linux", "apm", "edk2", "openvmm", "kvm", "qemu"],
  }),
  feature(19, null, ["MSR_AMD64_SNP_RESERVED_BITS19_22"], {
    meaning:
      "Reserved in Linux and in the APM; announced as enhanced SMT protection (AMD's EnhSmtProtection).",
    need: "unknown",
    aliases: { edk2: "EnhSmtProtection" },
    unverified:
      "The name stands in an AMD document of March 2026, an edk2 pull request (13128) and a KVM series of September 2026; none of them is merged.",
    sources: ["linux"],
  }),
  ...[20, 21, 22].map((bit) => reservedRow(bit, "MSR_AMD64_SNP_RESERVED_BITS19_22")),
  feature(23, "IBPBOnEntry", ["MSR_AMD64_SNP_IBPB_ON_ENTRY"], {
    meaning:
      "The branch predictors are flushed at each entry into the guest. Kernels older than the commit that named the bit refuse it as reserved.",
    need: "none",
    aliases: {
      apm: "IbpbOnEntry",
      edk2: "IbpbOnEntry",
      openvmm: "ibpb_on_entry",
      kvm: "SVM_SEV_FEAT_IBPB_ON_ENTRY",
    },
    sources: ["linux", "apm", "edk2", "openvmm", "kvm"],
  }),
];

/** A reserved bit, as all above the table: every kernel that checks refuses it. */
export function reservedRow(bit: number, macro = "MSR_AMD64_SNP_RESERVED_MASK"): FeatureRow {
  return feature(bit, null, [macro], {
    meaning: "Reserved in every source seen.",
    need: "unknown",
    aliases: {},
    sources: ["linux", "edk2", "openvmm"],
  });
}

/** A row; `macros` are Linux', `aliases` the names that other projects give the bit. */
function feature(
  bit: number,
  name: string | null,
  macros: readonly string[],
  { aliases, ...about }: About,
): FeatureRow {
  const others = (Object.keys(aliases) as SourceId[]).flatMap((source) =>
    [aliases[source] ?? []].flat().map((alias) => ({ name: alias, source })),
  );
  return { bit, name, macros, ...about, aliases: others };
}
