/**
 * How far a fact is trusted, where that is less than "read in the software that defines it":
 * `unverified` nobody of this project has read it in source or specification,
 * `inferred` follows from other facts, `unmerged` comes from a patch series that had not been
 * merged when it was read. Whoever shows such a fact shows its mark, or leaves the fact out.
 */
export type Mark = "unverified" | "inferred" | "unmerged";

/** A mark, and why the fact has it: what it rests on, or what is missing. */
export interface Doubt {
  readonly mark: Mark;
  readonly why: string;
}

/** What source code calls a value, exactly as it is spelled. */
export interface SourceNames {
  readonly linux?: string | readonly string[];
  readonly edk2?: string;
  /** Doubt about Linux' names. */
  readonly linuxDoubt?: Doubt;
}

/** Where the facts of this folder were read; rows name one or several of these. */
export const SOURCES = {
  sevCommon: "linux arch/x86/include/asm/sev-common.h, 7.3.4",
  linuxReasons:
    "linux arch/x86/include/asm/sev-common.h, 7.3.4; first releases between those of 6.1.192, 6.12.8, 6.12.38, 6.17.8 and 6.18.5",
  linuxSvsm: "AMDESE/linux-svsm src/globals.rs and src/cpu/vc.rs",
  savicTerm: "linux tip-bot mail 'x86/apic/savic: Do not use snp_abort()', Sep 2025",
  svm: "linux arch/x86/include/uapi/asm/svm.h (20251230211347.4099600-6-seanjc@google.com)",
  svmSeries:
    "linux arch/x86/include/uapi/asm/svm.h as patched by 20260608144252.351443-57-joro@8bytes.org and its series",
  sevCore: "linux arch/x86/coco/sev/core.c (torvalds/linux @ 00d255667617)",
  sevGuest: "linux include/uapi/linux/sev-guest.h (torvalds/linux @ 0ea5c948cb64)",
  firmwareStatus:
    "virtee/sev src/error.rs @ 9cf2adbffa20; of 0 linux include/uapi/linux/psp-sev.h; causes as reported in the issues named",
  kvmGenericError: "linux arch/x86/kvm/svm/sev.c (SNP_GUEST_VMM_ERR_GENERIC), 7.3.4",
  kvmAnswers: "linux arch/x86/kvm/svm/sev.c and arch/x86/coco/sev/core.c, 7.3.4",
  kvmUnsupportedEvent: "linux arch/x86/kvm/svm/sev.c, the message it prints",
  earlyChecks: "linux arch/x86/boot/compressed/sev.c, early checks before the kernel proper",
  edk2Ghcb: "edk2 MdePkg/Include/Register/Amd/Ghcb.h @ c5aa7e7d94c0",
  edk2Msr: "edk2 MdePkg/Include/Register/Amd (GHCB MSR definitions) @ c5aa7e7d94c0",
  edk2SecMain: "edk2 OvmfPkg/Sec/AmdSev.c",
  edk2ApCreation: "edk2 UefiCpuPkg/Library/MpInitLib/X64/AmdSev.c",
  edk2PlatformPei: "edk2 OvmfPkg/PlatformPei/AmdSev.c @ c5aa7e7d94c0",
  edk2ResetVector: "edk2 OvmfPkg/ResetVector/Ia32/AmdSev.asm",
  coconutGhcb: "coconut-svsm kernel/src/sev/ghcb.rs @ f4bc4bcdc2bd",
  coconutMsr: "coconut-svsm kernel/src/sev/msr_protocol.rs @ f4bc4bcdc2bd",
  openvmm: "openvmm vm/x86/x86defs/src/snp.rs @ 1488a37b7cfe",
  ghcbSpecification: "GHCB specification 56421 (not read at first hand)",
} as const;

/** What has its name from patches for restricted injection. */
export const OF_SERIES: Doubt = {
  mark: "unmerged",
  why: "The name comes from a series of patches for restricted injection that had not been merged when it was read.",
};
