import { SOURCES } from "../ghcb/provenance";
import { bitMask } from "../text/u64";

/** A name that no table of the GHCB's messages has. */
interface OtherSymbol {
  readonly symbol: string;
  readonly meaning: string;
  readonly value: bigint | null;
  readonly source: string;
}

type Row = readonly [symbol: string, value: bigint | null, meaning: string];

function rows(source: string, ...list: readonly Row[]): readonly OtherSymbol[] {
  return list.map(([symbol, value, meaning]) => ({ symbol, value, meaning, source }));
}

const kvm = rows(
  "linux arch/x86/include/uapi/asm/kvm.h, include/uapi/linux/kvm.h, arch/x86/kvm/svm/sev.c",
  [
    "KVM_X86_SEV_VMSA_FEATURES",
    0n,
    "Attribute of /dev/kvm in group KVM_X86_GRP_SEV: the SEV_FEATURES that KVM accepts as vmsa_features of KVM_SEV_INIT2.",
  ],
  [
    "KVM_SYSTEM_EVENT_SEV_TERM",
    6n,
    "Type of KVM_EXIT_SYSTEM_EVENT: the guest asked to be terminated. data[0] is the GHCB MSR, a reason only after the MSR protocol.",
  ],
);

const registers = rows(
  "edk2 OvmfPkg/ResetVector (ResetVector.nasmb, Ia32/AmdSev.asm), MdePkg/Include/Register/Amd/SevSnpMsr.h",
  [
    "SEV_ES_WORK_AREA_STATUS_MSR",
    null,
    "Where OVMF's reset vector keeps a copy of SEV_STATUS in memory: an address, and no value of the register.",
  ],
  ["MSR_SEV_STATUS_REGISTER", null, "SEV_STATUS as edk2 takes it apart, field by field."],
);

const variables = rows("linux arch/x86/boot/compressed/sev.c, arch/x86/coco/sev/core.c", [
  "sev_status",
  null,
  "In Linux, the kernel's copy of SEV_STATUS (MSR C001_0131): 0 until it was read, and where CPUID shows no SEV.",
]);

const mshv = rows(
  "rust-vmm/mshv mshv-bindings/src/x86_64/snp.rs",
  ["SVM_EXITCODE_SNP_GUEST_REQUEST", 0x8000_0011n, "A request to the secure processor."],
  [
    "SVM_EXITCODE_SNP_EXTENDED_GUEST_REQUEST",
    0x8000_0012n,
    "A request to the secure processor, with the host's certificates.",
  ],
  [
    "SVM_EXITCODE_SNP_AP_CREATION",
    0x8000_0013n,
    "Creates or destroys another processor of the guest.",
  ],
  ["SVM_EXITCODE_HV_DOORBELL_PAGE", 0x8000_0014n, "Sets up the #HV doorbell page."],
);

/** The codes of this set are among the termination reasons. */
const svsmReasons = rows("AMDESE/linux-svsm src/globals.rs @ 0339ac2f12d6", [
  "SVSM_REASON_CODE_SET",
  15n,
  "Reason set of AMD's linux-svsm.",
]);

/** COCONUT-SVSM's flags of the hypervisor's features; older versions had the last one at bit 7. */
const hvFeatureFlags = (
  [
    ["SEV_SNP", 0],
    ["SEV_SNP_AP_CREATION", 1],
    ["SEV_SNP_RESTR_INJ", 2],
    ["SEV_SNP_RESTR_INJ_TIMER", 3],
    ["APIC_ID_LIST", 4],
    ["SEV_SNP_MULTI_VMPL", 5],
    ["SEV_PAGE_STATE_CHANGE", 6],
    ["SEV_SNP_EXT_INTERRUPTS", 9],
  ] as const
).map(([name, bit]): OtherSymbol => ({
  symbol: `GHCBHvFeatures::${name}`,
  meaning: `Bit ${bit} of the hypervisor features: neither SEV_STATUS nor SEV_FEATURES.`,
  value: bitMask(bit),
  source: SOURCES.coconutMsr,
}));

export const OTHER_SYMBOLS: readonly OtherSymbol[] = [
  ...kvm,
  ...registers,
  ...variables,
  ...mshv,
  ...svsmReasons,
  ...hvFeatureFlags,
];
