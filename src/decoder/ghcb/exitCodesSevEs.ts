import { TERMINATION_EVENT } from "./termination";
import { AP_JUMP_TABLE_LAYOUT } from "./exitLayouts";
import { address, event, NAE, type ExitCode, type Operand } from "./operands";
import { SOURCES } from "./provenance";
import { INFO1_REASON_LAYOUT } from "./termination";

const MMIO_SIZE: Operand = { meaning: "number of bytes", fields: [] };

/** Software defined exit codes that need no SNP: 0x80000001 to 5 and 0x8000fffd to ffff. */
export const SEV_ES_EXIT_CODES: readonly ExitCode[] = [
  {
    ...NAE,
    ...event("MMIO_READ", { edk2: "SVM_EXIT_MMIO_READ" }),
    value: 0x8000_0001n,
    name: "MMIO_READ",
    meaning: "Read of emulated memory.",
    info1In: address("the memory read"),
    info2In: MMIO_SIZE,
    source: `${SOURCES.svm}; ${SOURCES.edk2Ghcb}; ${SOURCES.coconutGhcb}`,
  },
  {
    ...NAE,
    ...event("MMIO_WRITE", { edk2: "SVM_EXIT_MMIO_WRITE" }),
    value: 0x8000_0002n,
    name: "MMIO_WRITE",
    meaning: "Write to emulated memory.",
    info1In: address("the memory written"),
    info2In: MMIO_SIZE,
    source: `${SOURCES.svm}; ${SOURCES.edk2Ghcb}; ${SOURCES.coconutGhcb}`,
  },
  {
    ...NAE,
    ...event("NMI_COMPLETE", { edk2: "SVM_EXIT_NMI_COMPLETE" }),
    value: 0x8000_0003n,
    name: "NMI_COMPLETE",
    meaning: "The guest has handled an NMI and can take the next.",
    source: SOURCES.svm,
  },
  {
    ...NAE,
    ...event("AP_HLT_LOOP", { edk2: "SVM_EXIT_AP_RESET_HOLD" }),
    value: 0x8000_0004n,
    name: "AP_RESET_HOLD",
    meaning: "A processor waits for its start signal; Linux calls it AP_HLT_LOOP.",
    info2Out: { meaning: "non-zero when woken", fields: [], mark: "unverified" },
    source: SOURCES.svm,
  },
  {
    ...NAE,
    ...event("AP_JUMP_TABLE", { edk2: "SVM_EXIT_AP_JUMP_TABLE" }),
    value: 0x8000_0005n,
    name: "AP_JUMP_TABLE",
    meaning: "Sets or gets the address of the table that starting processors jump through.",
    info1In: { meaning: "set or get", fields: AP_JUMP_TABLE_LAYOUT },
    info2In: address("the jump table", { usedBy: [0n] }),
    info2Out: address("the jump table", { usedBy: [1n] }),
    source: SOURCES.sevCore,
  },
  {
    ...NAE,
    ...event("HV_FEATURES", { edk2: "SVM_EXIT_HYPERVISOR_FEATURES" }),
    value: 0x8000_fffdn,
    name: "HV_FEATURES",
    meaning: "Asks for the hypervisor features.",
    info2Out: {
      meaning: "hypervisor features",
      fields: [],
      holds: "hv-features",
      mark: "unverified",
    },
    source: SOURCES.svm,
  },
  {
    ...NAE,
    ...event("TERM_REQUEST"),
    value: TERMINATION_EVENT,
    name: "TERM_REQUEST",
    meaning: "Asks for the end of the guest.",
    info1In: { meaning: "termination reason", fields: INFO1_REASON_LAYOUT, holds: "reason" },
    info2In: { meaning: "free to the sender", fields: [] },
    info2Out: { meaning: "does not return", fields: [] },
    source: SOURCES.svm,
  },
  {
    ...NAE,
    ...event("UNSUPPORTED_EVENT", { edk2: "SVM_EXIT_UNSUPPORTED" }),
    value: 0x8000_ffffn,
    name: "UNSUPPORTED_EVENT",
    meaning: "The guest met a #VC exception that it has no code for.",
    info1In: { meaning: "exit code that the guest met", fields: [], holds: "exit-code" },
    info2In: { meaning: "error information", fields: [] },
    source: SOURCES.kvmUnsupportedEvent,
  },
];
