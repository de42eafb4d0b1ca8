import { PROCESSOR_EXIT_CODES } from "./exitCodesProcessor";
import { address, exitCode, NOT_KNOWN, OPERATION, operation, type ExitCode } from "./exitRow";
import { field } from "./fields";
import { OF_SERIES, SOURCES } from "./provenance";
import { INFO1_REASON_LAYOUT, TERMINATION_EVENT } from "./termination";

const COCONUT = SOURCES.coconutGhcb;

const mmio = {
  info2In: { meaning: "number of bytes" },
  source: `${SOURCES.svm}; ${SOURCES.edk2Ghcb}; ${COCONUT}`,
};

const guestRequest = {
  info1In: address("the request page"),
  info2In: address("the response page"),
  info2Out: {
    meaning: "errors of hypervisor and firmware",
    fields: [field(63, 32, "hypervisor error"), field(31, 0, "firmware status")],
    holds: "guest-request-error",
  },
  source: `${SOURCES.sevGuest}; ${COCONUT}`,
} as const;

/** Every exit code known: those of the processor, then those that only software defines. */
export const EXIT_CODES: readonly ExitCode[] = [
  ...PROCESSOR_EXIT_CODES,
  // Of SEV-ES guests:
  event(0x8000_0001n, "MMIO_READ", {
    ...mmio,
    edk2: "SVM_EXIT_MMIO_READ",
    meaning: "Read of emulated memory.",
    info1In: address("the memory read"),
  }),
  event(0x8000_0002n, "MMIO_WRITE", {
    ...mmio,
    edk2: "SVM_EXIT_MMIO_WRITE",
    meaning: "Write to emulated memory.",
    info1In: address("the memory written"),
  }),
  event(0x8000_0003n, "NMI_COMPLETE", {
    edk2: "SVM_EXIT_NMI_COMPLETE",
    meaning: "The guest has handled an NMI and can take the next.",
    source: SOURCES.svm,
  }),
  event(0x8000_0004n, "AP_RESET_HOLD", {
    linux: "SVM_VMGEXIT_AP_HLT_LOOP",
    edk2: "SVM_EXIT_AP_RESET_HOLD",
    meaning: "A processor waits for its start signal; Linux calls it AP_HLT_LOOP.",
    info2Out: { meaning: "non-zero when woken" },
    source: `${SOURCES.svm}; ${SOURCES.kvmAnswers}`,
  }),
  event(0x8000_0005n, "AP_JUMP_TABLE", {
    edk2: "SVM_EXIT_AP_JUMP_TABLE",
    meaning: "Sets or gets the address of the table that starting processors jump through.",
    // The numbers of the operations are from Linux' uapi/asm/svm.h.
    info1In: operation("set or get", {
      values: { 0: "SET", 1: "GET" },
      linux: "SVM_VMGEXIT_*_AP_JUMP_TABLE",
    }),
    info2In: address("the jump table", { usedBy: [0n] }),
    info2Out: address("the jump table", { usedBy: [1n] }),
    source: SOURCES.sevCore,
  }),
  event(0x8000_fffdn, "HV_FEATURES", {
    edk2: "SVM_EXIT_HYPERVISOR_FEATURES",
    meaning: "Asks for the hypervisor features.",
    info2Out: { meaning: "hypervisor features", holds: "hv-features" },
    source: `${SOURCES.svm}; ${SOURCES.kvmAnswers}`,
  }),
  event(TERMINATION_EVENT, "TERM_REQUEST", {
    meaning: "Asks for the end of the guest.",
    info1In: { meaning: "termination reason", fields: INFO1_REASON_LAYOUT, holds: "reason" },
    info2In: { meaning: "free to the sender" },
    info2Out: { meaning: "does not return" },
    source: SOURCES.svm,
  }),
  event(0x8000_ffffn, "UNSUPPORTED_EVENT", {
    edk2: "SVM_EXIT_UNSUPPORTED",
    meaning: "The guest met a #VC exception that it has no code for.",
    info1In: { meaning: "exit code that the guest met", holds: "exit-code" },
    info2In: { meaning: "error information" },
    source: SOURCES.kvmUnsupportedEvent,
  }),
  // Of SEV-SNP guests and SVSMs:
  event(0x8000_0010n, "PSC", {
    edk2: "SVM_EXIT_SNP_PAGE_STATE_CHANGE",
    meaning: "Page state change; SW_SCRATCH points to the list of pages.",
    info2Out: { meaning: "0, or a page state change error", holds: "psc-error" },
    source: `${SOURCES.sevCore}; ${SOURCES.edk2Ghcb}`,
  }),
  event(0x8000_0011n, "GUEST_REQUEST", {
    ...guestRequest,
    meaning: "Message to the security processor.",
  }),
  event(0x8000_0012n, "EXT_GUEST_REQUEST", {
    ...guestRequest,
    meaning: "Message to the security processor with room for certificates (RAX, RBX).",
  }),
  event(0x8000_0013n, "AP_CREATION", {
    edk2: "SVM_EXIT_SNP_AP_CREATION",
    meaning: "Creates or destroys a virtual processor; RAX has the SEV_FEATURES of its VMSA.",
    info1In: {
      meaning: "operation, VMPL and APIC id",
      fields: [
        field(15, 0, OPERATION, {
          values: { 0: "CREATE_ON_INIT", 1: "CREATE", 2: "DESTROY" },
          linux: "SVM_VMGEXIT_AP_*",
          edk2: "SVM_VMGEXIT_SNP_AP_*",
        }),
        field(19, 16, "VMPL"),
        field(63, 32, "APIC id"),
      ],
    },
    info2In: address("the VMSA"),
    source: `${SOURCES.edk2ApCreation}; ${COCONUT}`,
  }),
  event(0x8000_0014n, "HV_DOORBELL_PAGE", {
    linux: "SVM_VMGEXIT_HVDB_PAGE",
    linuxDoubt: OF_SERIES,
    meaning: "Page on which the hypervisor leaves events when injection is restricted.",
    // coconut-svsm uses the operation 1; the others are in a KVM patch series.
    info1In: operation("what to do with the page", {
      values: {
        0: { name: "GET_PREFERRED", doubt: OF_SERIES },
        1: "SET",
        2: { name: "QUERY", doubt: OF_SERIES },
        3: { name: "CLEAR", doubt: OF_SERIES },
      },
      linux: "SVM_VMGEXIT_HVDB_*",
      linuxDoubt: OF_SERIES,
    }),
    info2In: address("the doorbell page", { usedBy: [1n] }),
    info2Out: address("the doorbell page, all bits set for none", {
      usedBy: [0n, 1n, 2n],
      doubt: {
        mark: "unverified",
        why: "The GHCB specification was not read.",
      },
    }),
    source: `${COCONUT}; ${SOURCES.svmSeries}`,
  }),
  event(0x8000_0015n, "HV_IPI", {
    linuxDoubt: OF_SERIES,
    meaning: "Interrupt to other processors.",
    info1In: { meaning: "value for the interrupt command register" },
    source: COCONUT,
  }),
  exitCode(0x8000_0016n, "HV_TIMER", {
    meaning: "Timer for guests with restricted injection.",
    info1In: NOT_KNOWN,
    info2In: NOT_KNOWN,
    info2Out: NOT_KNOWN,
    doubt: {
      mark: "unverified",
      why: "Only the GHCB specification defines it, which was not read at first hand; no source at hand sends it.",
    },
    source: SOURCES.ghcbSpecification,
  }),
  event(0x8000_0017n, "GET_APIC_IDS", {
    linuxDoubt: OF_SERIES,
    edk2: "SVM_EXIT_GET_APIC_IDS",
    meaning: "Asks for the APIC ids of all processors; RAX has the number of pages.",
    info1In: address("the list; 0 to ask for its size"),
    source: `${SOURCES.edk2Ghcb}; ${SOURCES.edk2PlatformPei}`,
  }),
  event(0x8000_0018n, "SNP_RUN_VMPL", {
    meaning: "Runs the virtual processor at another VMPL, as a call to the SVSM does.",
    info1In: { meaning: "VMPL to run", fields: [field(63, 0, "VMPL")] },
    source: SOURCES.sevCore,
  }),
  event(0x8000_001an, "SAVIC", {
    meaning:
      "Secure AVIC backing page; RAX has the processor (all bits set for itself), RBX the address.",
    note: "coconut-svsm 0073f4cad306 has DISABLE_ALT_INJ under this number.",
    info1In: operation("register or unregister", {
      values: { 0: "REGISTER_GPA", 1: "UNREGISTER_GPA" },
      linux: "SVM_VMGEXIT_SAVIC_*",
    }),
    source: SOURCES.svm,
  }),
  exitCode(0x8000_001bn, "CONFIGURE_INT_INJ", {
    meaning: "Chooses the vector that announces interrupts.",
    note: "coconut-svsm 0073f4cad306 has SPECIFIC_EOI under this number.",
    info1In: { meaning: "vector", fields: [field(63, 0, "vector")] },
    source: COCONUT,
  }),
  exitCode(0x8000_001cn, "DISABLE_ALT_INJ", {
    meaning: "Turns alternate injection off for a lower VMPL.",
    info1In: {
      meaning: "VMPL and its interrupt state",
      fields: [
        field(0, 0, "interrupts enabled"),
        field(1, 1, "interrupt shadow"),
        field(15, 8, "TPR"),
        field(23, 16, "VMPL"),
      ],
    },
    source: COCONUT,
  }),
  exitCode(0x8000_001dn, "SPECIFIC_EOI", {
    meaning: "End of one interrupt of a VMPL.",
    info1In: { meaning: "VMPL and vector", fields: [field(7, 0, "vector"), field(23, 16, "VMPL")] },
    source: COCONUT,
  }),
];

/** An event that Linux calls `SVM_VMGEXIT_` and its name. */
function event(...[value, name, about]: Parameters<typeof exitCode>): ExitCode {
  return exitCode(value, name, { linux: `SVM_VMGEXIT_${name}`, ...about });
}

const byValue: ReadonlyMap<bigint, ExitCode> = new Map(EXIT_CODES.map((row) => [row.value, row]));

/** The row for an exit code, or null. Compares all 64 bits. */
export function exitCodeByValue(value: bigint): ExitCode | null {
  return byValue.get(value) ?? null;
}
