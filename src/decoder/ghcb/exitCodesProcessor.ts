import { exitCode, operation, type ExitCode } from "./exitRow";
import { field } from "./fields";
import { SOURCES, type Doubt } from "./provenance";

const EDK2 = SOURCES.edk2Ghcb;
const COCONUT = SOURCES.coconutGhcb;

const SEGMENT: Doubt = {
  mark: "inferred",
  why: "The order of x86's segment registers; Linux and edk2 set only ES and DS.",
};

/** Exit codes that are the processor's own intercept codes, as guests report or meet them. */
export const PROCESSOR_EXIT_CODES: readonly ExitCode[] = [
  exitCode(0x27n, "DR7 read", {
    linux: "SVM_EXIT_READ_DR7",
    edk2: "SVM_EXIT_DR7_READ",
    meaning:
      "Read of the debug control register. Neither Linux nor edk2 sends it: both keep a copy of what they wrote.",
    source: `${SOURCES.svm}; ${EDK2}; ${SOURCES.kvmAnswers}`,
  }),
  exitCode(0x37n, "DR7 write", {
    linux: "SVM_EXIT_WRITE_DR7",
    edk2: "SVM_EXIT_DR7_WRITE",
    meaning: "Write of the debug control register; the value is in RAX.",
    source: `${SOURCES.svm}; ${EDK2}; ${SOURCES.kvmAnswers}`,
  }),
  intercept(0x6en, "RDTSC", { meaning: "Read of the time stamp counter.", source: COCONUT }),
  intercept(0x6fn, "RDPMC", { meaning: "Read of a performance counter.", source: EDK2 }),
  intercept(0x72n, "CPUID", {
    meaning: "CPUID instruction; function and answer are in RAX to RDX.",
    source: COCONUT,
  }),
  intercept(0x76n, "INVD", { meaning: "INVD instruction.", source: EDK2 }),
  intercept(0x7bn, "IOIO", {
    edk2: "SVM_EXIT_IOIO_PROT",
    meaning: "Access to an I/O port.",
    info1In: {
      meaning: "kind of port access",
      fields: [
        field(0, 0, "direction", { values: { 0: "OUT", 1: "IN" } }),
        field(2, 2, "string"),
        field(3, 3, "repeat"),
        field(6, 4, "operand size", { values: { 1: "8 bits", 2: "16 bits", 4: "32 bits" } }),
        field(9, 7, "address size", { values: { 1: "16 bits", 2: "32 bits", 4: "64 bits" } }),
        field(12, 10, "segment", {
          values: {
            0: "ES",
            1: { name: "CS", doubt: SEGMENT },
            2: { name: "SS", doubt: SEGMENT },
            3: "DS",
            4: { name: "FS", doubt: SEGMENT },
            5: { name: "GS", doubt: SEGMENT },
          },
        }),
        field(31, 16, "port"),
      ],
    },
    info2In: { meaning: "repeat count of a string access, else 0" },
    info2Out: { meaning: "0" },
    source: EDK2,
  }),
  intercept(0x7cn, "MSR", {
    meaning: "Access to a model specific register; number in RCX, value in RAX and RDX.",
    info1In: operation("read or write", { values: { 0: "RDMSR", 1: "WRMSR" } }),
    source: `${EDK2}; ${COCONUT}`,
  }),
  intercept(0x81n, "VMMCALL", { meaning: "Hypercall.", source: COCONUT }),
  intercept(0x87n, "RDTSCP", {
    meaning: "Read of the time stamp counter and processor id.",
    source: COCONUT,
  }),
  intercept(0x89n, "WBINVD", { meaning: "WBINVD instruction.", source: EDK2 }),
  intercept(0x8an, "MONITOR", {
    meaning: "MONITOR instruction.",
    source: EDK2,
  }),
  intercept(0x8bn, "MWAIT", {
    meaning: "MWAIT instruction.",
    source: EDK2,
  }),
  intercept(0x400n, "NPF", {
    kind: "vc",
    meaning:
      "Nested page fault on emulated memory; the guest reports it as MMIO_READ or MMIO_WRITE.",
    source: `${SOURCES.svm}; ${EDK2}`,
  }),
  intercept(0x401n, "AVIC_INCOMPLETE_IPI", {
    kind: "vc",
    meaning: "Interrupt between processors that the interrupt controller could not finish alone.",
    source: SOURCES.svm,
  }),
  intercept(0x402n, "AVIC_UNACCELERATED_ACCESS", {
    kind: "vc",
    meaning: "Access to an interrupt controller register that hardware does not handle alone.",
    source: SOURCES.svm,
  }),
  intercept(0x403n, "VMGEXIT", {
    kind: "vc",
    meaning: "The VMGEXIT instruction, as the host sees it.",
    source: SOURCES.svm,
  }),
  exitCode(0x404n, "PAGE_NOT_VALIDATED", {
    kind: "vc",
    meaning: "Access to a private page that the guest has not validated; CR2 has the address.",
    source: `${SOURCES.openvmm}; AMD APM volume 2, 15.36.10`,
  }),
];

/** An intercept that Linux calls `SVM_EXIT_` and its name. */
function intercept(...[value, name, about]: Parameters<typeof exitCode>): ExitCode {
  return exitCode(value, name, { linux: `SVM_EXIT_${name}`, ...about });
}
