import { IOIO_LAYOUT, MSR_LAYOUT } from "./exitLayouts";
import { edk2Symbol, linuxSymbol, NO_ANSWER, NOT_KNOWN, NOT_USED, type ExitCode } from "./operands";
import { SOURCES } from "./provenance";

const nae = {
  kind: "nae",
  info1In: NOT_USED,
  info2In: NOT_USED,
  info2Out: NO_ANSWER,
  mark: null,
} as const;

const vc = { ...nae, kind: "vc" } as const;

/** Linux' name of an intercept, and edk2's where it differs. */
function intercept(suffix: string, edk2?: string): Pick<ExitCode, "macro" | "symbols"> {
  const macro = `SVM_EXIT_${suffix}`;
  const other = edk2 === undefined ? [] : [edk2Symbol(`SVM_EXIT_${edk2}`)];
  return { macro, symbols: [linuxSymbol(macro), ...other] };
}

/** Exit codes that are the processor's own intercept codes, as guests report or meet them. */
export const PROCESSOR_EXIT_CODES: readonly ExitCode[] = [
  {
    ...nae,
    ...intercept("READ_DR7", "DR7_READ"),
    value: 0x27n,
    name: "DR7 read",
    meaning: "Read of the debug control register.",
    mark: "unverified",
    source: SOURCES.ghcbSpecification,
  },
  {
    ...nae,
    ...intercept("WRITE_DR7", "DR7_WRITE"),
    value: 0x37n,
    name: "DR7 write",
    meaning: "Write of the debug control register.",
    mark: "unverified",
    source: SOURCES.ghcbSpecification,
  },
  {
    ...nae,
    ...intercept("RDTSC"),
    value: 0x6en,
    name: "RDTSC",
    meaning: "Read of the time stamp counter.",
    source: SOURCES.coconutGhcb,
  },
  {
    ...nae,
    ...intercept("RDPMC"),
    value: 0x6fn,
    name: "RDPMC",
    meaning: "Read of a performance counter.",
    source: SOURCES.edk2Ghcb,
  },
  {
    ...nae,
    ...intercept("CPUID"),
    value: 0x72n,
    name: "CPUID",
    meaning: "CPUID instruction; function and answer are in RAX to RDX.",
    source: SOURCES.coconutGhcb,
  },
  {
    ...nae,
    ...intercept("INVD"),
    value: 0x76n,
    name: "INVD",
    meaning: "INVD instruction.",
    source: SOURCES.edk2Ghcb,
  },
  {
    ...nae,
    ...intercept("IOIO", "IOIO_PROT"),
    value: 0x7bn,
    name: "IOIO",
    meaning: "Access to an I/O port.",
    info1In: { meaning: "kind of port access", fields: IOIO_LAYOUT },
    info2In: { meaning: "repeat count of a string access, else 0", fields: [] },
    info2Out: { meaning: "repeat count", fields: [], mark: "unverified" },
    source: SOURCES.edk2Ghcb,
  },
  {
    ...nae,
    ...intercept("MSR"),
    value: 0x7cn,
    name: "MSR",
    meaning: "Access to a model specific register; number in RCX, value in RAX and RDX.",
    info1In: { meaning: "read or write", fields: MSR_LAYOUT },
    source: `${SOURCES.edk2Ghcb}; ${SOURCES.coconutGhcb}`,
  },
  {
    ...nae,
    ...intercept("VMMCALL"),
    value: 0x81n,
    name: "VMMCALL",
    meaning: "Hypercall.",
    source: SOURCES.coconutGhcb,
  },
  {
    ...nae,
    ...intercept("RDTSCP"),
    value: 0x87n,
    name: "RDTSCP",
    meaning: "Read of the time stamp counter and processor id.",
    source: SOURCES.coconutGhcb,
  },
  {
    ...nae,
    ...intercept("WBINVD"),
    value: 0x89n,
    name: "WBINVD",
    meaning: "WBINVD instruction.",
    source: SOURCES.edk2Ghcb,
  },
  {
    ...nae,
    ...intercept("MONITOR"),
    value: 0x8an,
    name: "MONITOR",
    meaning: "MONITOR instruction.",
    info1In: NOT_KNOWN,
    info2In: NOT_KNOWN,
    source: SOURCES.edk2Ghcb,
  },
  {
    ...nae,
    ...intercept("MWAIT"),
    value: 0x8bn,
    name: "MWAIT",
    meaning: "MWAIT instruction.",
    info1In: NOT_KNOWN,
    info2In: NOT_KNOWN,
    source: SOURCES.edk2Ghcb,
  },
  {
    ...vc,
    ...intercept("NPF"),
    value: 0x400n,
    name: "NPF",
    meaning:
      "Nested page fault on emulated memory; the guest reports it as MMIO_READ or MMIO_WRITE.",
    source: `${SOURCES.svm}; ${SOURCES.edk2Ghcb}`,
  },
  {
    ...vc,
    ...intercept("AVIC_INCOMPLETE_IPI"),
    value: 0x401n,
    name: "AVIC_INCOMPLETE_IPI",
    meaning: "Interrupt between processors that the interrupt controller could not finish alone.",
    source: SOURCES.svm,
  },
  {
    ...vc,
    ...intercept("AVIC_UNACCELERATED_ACCESS"),
    value: 0x402n,
    name: "AVIC_UNACCELERATED_ACCESS",
    meaning: "Access to an interrupt controller register that hardware does not handle alone.",
    source: SOURCES.svm,
  },
  {
    ...vc,
    ...intercept("VMGEXIT"),
    value: 0x403n,
    name: "VMGEXIT",
    meaning: "The VMGEXIT instruction, as the host sees it.",
    source: SOURCES.svm,
  },
  {
    ...vc,
    value: 0x404n,
    name: "PAGE_NOT_VALIDATED",
    macro: null,
    symbols: [],
    meaning: "Access to a private page that the guest has not validated; CR2 has the address.",
    source: `${SOURCES.openvmm}; AMD APM volume 2, 15.36.10`,
  },
];
