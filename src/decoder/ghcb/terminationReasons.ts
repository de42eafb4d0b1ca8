import { SOURCES } from "./provenance";

/** What a guest says by one reason code, as one software defines it. */
export interface ReasonRow {
  readonly set: number;
  readonly code: number;
  readonly software: "GHCB specification" | "Linux" | "OVMF reset vector" | "AMD linux-svsm";
  /** What the defining software's source calls the code. */
  readonly macro: string;
  /** A few words, fit for a list: "SNP features unsupported". */
  readonly name: string;
  /** What other software's source calls the same code. */
  readonly aliases?: readonly string[];
  /** What had happened in the guest. */
  readonly meaning: string;
  /** Where to look next. */
  readonly next: string;
  /** The first Linux release that can send it. */
  readonly since?: string;
  readonly source: string;
  /** Set where SW_EXITINFO2 of the termination event holds SEV_STATUS bits that the guest lacks. */
  readonly carriesFeatures?: true;
  /** Set where the software ends by the MSR protocol alone: SW_EXITINFO1 never holds this reason. */
  readonly msrOnly?: true;
}

type Common = Pick<ReasonRow, "set" | "software" | "source" | "msrOnly">;

const GENERAL: Common = {
  set: 0,
  software: "GHCB specification",
  source: SOURCES.sevCommon,
};

/** Set 1 as Linux uses it. */
const LINUX: Common = { set: 1, software: "Linux", source: SOURCES.linuxReasons };

const RESET_VECTOR: Common = {
  set: 1,
  software: "OVMF reset vector",
  source: SOURCES.edk2ResetVector,
  msrOnly: true,
};

/** Set 15 as the SVSM written by AMD uses it. Its vc_terminate() writes the GHCB MSR and nothing else. */
const LINUX_SVSM: Common = {
  set: 15,
  software: "AMD linux-svsm",
  source: SOURCES.linuxSvsm,
  msrOnly: true,
};

function reason(
  common: Common,
  code: number,
  macro: string,
  name: string,
  about: Pick<ReasonRow, "meaning" | "next"> & Partial<ReasonRow>,
): ReasonRow {
  return { ...common, code, macro, name, ...about };
}

/**
 * Every reason known, by set and code. Set 1 has two owners that do not know of each other: Linux
 * and the OVMF reset vector. Sets above 1 are each vendor's own.
 */
export const TERMINATION_REASONS: readonly ReasonRow[] = [
  reason(GENERAL, 0, "GHCB_SEV_ES_GEN_REQ", "general termination request", {
    aliases: ["GHCB_TERMINATE_GHCB_GENERAL"],
    meaning: "The guest gave up without saying why.",
    next: "The last lines of the guest's own console; firmware, SVSM and kernel all send this one.",
  }),
  reason(GENERAL, 1, "GHCB_SEV_ES_PROT_UNSUPPORTED", "GHCB protocol version unsupported", {
    aliases: ["GHCB_TERMINATE_GHCB_PROTOCOL"],
    meaning:
      "The guest and the hypervisor have no GHCB protocol version in common; OVMF also sends it where the hypervisor features lack SEV-SNP.",
    next: "The version range that the hypervisor offers (SEV_INFO_RESP), the ghcb version of the VM, and the hypervisor features.",
  }),
  reason(GENERAL, 2, "GHCB_SNP_UNSUPPORTED", "SNP features unsupported", {
    meaning: "SEV-SNP, or a feature enabled in SEV_STATUS, cannot be used by this guest.",
    next: "SW_EXITINFO2 if the guest used the termination event, else SEV_STATUS and the hypervisor features.",
    carriesFeatures: true,
  }),
  reason(LINUX, 0, "GHCB_TERM_REGISTER", "GHCB registration failed", {
    meaning: "The hypervisor did not confirm the address that the kernel registered for its GHCB.",
    next: "The REG_GPA_REQ and REG_GPA_RESP pair in a KVM trace.",
    since: "5.19",
  }),
  reason(LINUX, 1, "GHCB_TERM_PSC", "page state change failed", {
    meaning: "The hypervisor did not make pages private or shared as the kernel had asked.",
    next: "The host's log for a failed page state change, memory backing and RMP errors.",
    since: "5.19",
  }),
  reason(LINUX, 2, "GHCB_TERM_PVALIDATE", "PVALIDATE failed", {
    meaning: "The processor refused to change the validated state of a page.",
    next: "A PVALIDATE warning on the guest console; pages validated twice or changed behind its back.",
    since: "5.19",
  }),
  reason(LINUX, 3, "GHCB_TERM_NOT_VMPL0", "not running at VMPL0", {
    meaning: "The kernel needs VMPL0, or an SVSM that it can work with, and has neither.",
    next: "Whether an SVSM or paravisor runs below the kernel, and the multi-VMPL hypervisor feature.",
    since: "5.19",
  }),
  reason(LINUX, 4, "GHCB_TERM_CPUID", "CPUID table not usable", {
    meaning:
      "The CPUID table that the firmware checked is missing or does not hold what is needed.",
    next: "How the VMM fills the CPUID page, and its messages about CPUID validation at launch.",
    since: "5.19",
  }),
  reason(LINUX, 5, "GHCB_TERM_CPUID_HV", "CPUID from the hypervisor failed", {
    meaning: "Asking the hypervisor for CPUID values through the GHCB MSR failed.",
    next: "The CPUID_REQ and CPUID_RESP pair in a KVM trace.",
    since: "5.19",
  }),
  reason(LINUX, 6, "GHCB_TERM_SECRETS_PAGE", "secrets page not usable", {
    meaning: "The kernel could not find or map the SNP secrets page.",
    next: "The confidential computing blob that the firmware hands over.",
    since: "6.11",
  }),
  reason(LINUX, 7, "GHCB_TERM_NO_SVSM", "no SVSM in the secrets page", {
    meaning: "The kernel runs above VMPL0, but the secrets page names no SVSM.",
    next: "The VMPL that the VMM starts the kernel at, and the launch image of the SVSM.",
    since: "6.11",
  }),
  reason(LINUX, 8, "GHCB_TERM_SVSM_VMPL0", "SVSM claims VMPL0 for the guest", {
    meaning: "The secrets page names an SVSM and at the same time VMPL0 for the guest.",
    next: "The SVSM, which fills that part of the secrets page.",
    since: "6.11",
  }),
  reason(LINUX, 9, "GHCB_TERM_SVSM_CAA", "SVSM calling area not page aligned", {
    meaning: "The address of the SVSM's calling area is not that of a page.",
    next: "The SVSM, which fills that part of the secrets page.",
    since: "6.11",
  }),
  reason(LINUX, 10, "GHCB_TERM_SECURE_TSC", "Secure TSC setup failed", {
    meaning:
      "Secure TSC is on, but the kernel could not get its parameters from the security processor.",
    next: "The guest console above the end (secrets page, guest request), and the host's PSP firmware.",
    since: "6.14",
  }),
  reason(LINUX, 11, "GHCB_TERM_SVSM_CA_REMAP_FAIL", "SVSM calling area not remapped", {
    meaning: "The SVSM did not accept the calling area that the kernel moved to.",
    next: "The SVSM's log.",
    since: "6.14",
  }),
  reason(LINUX, 12, "GHCB_TERM_SAVIC_FAIL", "Secure AVIC failed", {
    meaning:
      "Secure AVIC is on, but there is no x2APIC mode or its backing page or registers failed.",
    next: "A Secure AVIC line on the guest console, x2APIC in the VM's CPUID, and the host's support.",
    since: "6.18",
  }),
  reason(RESET_VECTOR, 1, "TERM_VC_NOT_CPUID", "#VC that is not CPUID", {
    meaning: "Early firmware code took a #VC exception for something else than CPUID.",
    next: "The firmware image and its version; nothing is printed that early.",
  }),
  reason(RESET_VECTOR, 2, "TERM_UNEXPECTED_RESP_CODE", "unexpected GHCB response", {
    meaning: "Early firmware code got another GHCB MSR response than it had asked for.",
    next: "What the hypervisor answers on the GHCB MSR in a KVM trace.",
  }),
  reason(LINUX_SVSM, 0, "SVSM_TERM_GENERAL", "SVSM gave up", {
    meaning: "The SVSM gave up without saying why.",
    next: "The last lines of the SVSM's console, which is the guest's serial port.",
  }),
  reason(LINUX_SVSM, 1, "SVSM_TERM_ENOMEM", "SVSM out of memory", {
    meaning: "The SVSM could not allocate memory.",
    next: "The memory that the launch gives to the SVSM (its size and its address in QEMU's SVSM options).",
  }),
  reason(LINUX_SVSM, 2, "SVSM_TERM_UNHANDLED_VC", "#VC in the SVSM", {
    meaning: "The SVSM took a #VC exception that it does not handle.",
    next: "The SVSM's console, and the exit codes in a KVM trace.",
  }),
  reason(LINUX_SVSM, 3, "SVSM_TERM_PSC_ERROR", "page state change failed", {
    meaning: "The hypervisor did not change a page's state as the SVSM had asked.",
    next: "The host's log for a failed page state change, memory backing and RMP errors.",
  }),
  reason(LINUX_SVSM, 4, "SVSM_TERM_SET_PAGE_ERROR", "page table update failed", {
    meaning: "The SVSM could not change a page in its page tables.",
    next: "The SVSM's console.",
  }),
  reason(LINUX_SVSM, 5, "SVSM_TERM_NO_GHCB", "no GHCB", {
    meaning: "The SVSM has no GHCB for this processor.",
    next: "The SVSM's console.",
  }),
  reason(LINUX_SVSM, 6, "SVSM_TERM_GHCB_RESP_INVALID", "invalid GHCB answer", {
    meaning: "The hypervisor's answer to a request of the SVSM is not a valid one.",
    next: "The requests and answers in a KVM trace; host kernel and SVSM have to fit each other.",
  }),
  reason(LINUX_SVSM, 7, "SVSM_TERM_FW_CFG_ERROR", "fw_cfg failed", {
    meaning: "The SVSM could not read what it needs from QEMU's fw_cfg device.",
    next: "QEMU's version and its SVSM options.",
  }),
  reason(LINUX_SVSM, 8, "SVSM_TERM_BIOS_FORMAT", "firmware image not usable", {
    meaning: "The firmware image does not have the form that the SVSM expects.",
    next: "The OVMF image: it has to be built with SVSM support.",
  }),
  reason(LINUX_SVSM, 9, "SVSM_TERM_NOT_VMPL0", "SVSM not at VMPL0", {
    meaning: "The SVSM does not run at VMPL0.",
    next: "How the VMM loads the SVSM.",
  }),
  reason(LINUX_SVSM, 10, "SVSM_TERM_VMPL0_SEV_FEATURES", "SEV_FEATURES of the SVSM refused", {
    meaning:
      "SEV_STATUS of the SVSM itself, at VMPL0, lacks a feature that it needs or has one that it does not support.",
    next: "SEV_FEATURES of the launched VMSA: the host kernel and QEMU decide them.",
  }),
  reason(LINUX_SVSM, 11, "SVSM_TERM_INCORRECT_VMPL", "unexpected VMPL", {
    meaning: "The VMSA of the guest's firmware is not one for VMPL1.",
    next: "The OVMF image and the host kernel: both have to be those made for this SVSM.",
  }),
  reason(LINUX_SVSM, 12, "SVSM_TERM_VMPL1_SEV_FEATURES", "SEV_FEATURES of the guest refused", {
    meaning:
      "SEV_FEATURES in the firmware's VMSA, at VMPL1, lack a feature that is needed or have one that is not supported.",
    next: "SEV_FEATURES that the host kernel and QEMU set for the guest.",
  }),
];
