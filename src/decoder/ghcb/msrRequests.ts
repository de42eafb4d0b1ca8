import { field, type FieldSpec } from "./fields";
import { SOURCES, type SourceNames } from "./provenance";
import { MSR_REASON_LAYOUT, MSR_TERMINATION_REQUEST } from "./termination";

/** One message of the GHCB MSR protocol. */
export interface MsrMessage extends SourceNames {
  /** The low 12 bits of the GHCB MSR. */
  readonly code: bigint;
  /** The name without prefix, "PSC_REQ"; the guest sends `_REQ`, the hypervisor `_RESP`. */
  readonly name: string;
  readonly meaning: string;
  /** The fields above the low 12 bits. */
  readonly fields: readonly FieldSpec[];
  readonly source: string;
}

/** The name of the field that is a bitmap of hypervisor features. */
export const HV_FEATURES_FIELD = "hypervisor features";

const PAGE = field(63, 12, "page frame");

/** The register of a CPUID message; the response repeats it. */
const CPUID_REGISTER = field(31, 30, "register", {
  values: { 0: "EAX", 1: "EBX", 2: "ECX", 3: "EDX" },
  linux: "GHCB_CPUID_REQ_*",
});

/** Every message known, by code. The codes 0xf00 to 0xf03 are private to Hyper-V. */
export const MSR_MESSAGES: readonly MsrMessage[] = [
  message(0x001n, "SEV_INFO_RESP", {
    edk2: "GHCB_INFO_SEV_INFO",
    meaning: "GHCB protocol versions of the hypervisor, and the position of the C-bit.",
    fields: [
      field(63, 48, "highest version"),
      field(47, 32, "lowest version"),
      field(31, 24, "C-bit position"),
    ],
  }),
  message(0x002n, "SEV_INFO_REQ", {
    edk2: "GHCB_INFO_SEV_INFO_GET",
    meaning: "Asks for the hypervisor's GHCB protocol versions.",
  }),
  hyperV(0x003n, "AP_JUMP_TABLE", "Concerns the AP jump table."),
  message(0x004n, "CPUID_REQ", {
    edk2: "GHCB_INFO_CPUID_REQUEST",
    meaning: "Asks for one register of a CPUID function.",
    fields: [field(63, 32, "function"), CPUID_REGISTER],
  }),
  message(0x005n, "CPUID_RESP", {
    edk2: "GHCB_INFO_CPUID_RESPONSE",
    meaning: "The CPUID register that was asked for.",
    fields: [field(63, 32, "value"), CPUID_REGISTER],
    source: `${SOURCES.sevCommon}; ${SOURCES.edk2ResetVector}`,
  }),
  message(0x006n, "AP_RESET_HOLD_REQ", { meaning: "A processor waits for its start signal." }),
  message(0x007n, "AP_RESET_HOLD_RESP", {
    meaning: "The wait for the start signal has ended.",
    fields: [field(63, 12, "result")],
  }),
  message(0x010n, "PREF_GPA_REQ", {
    meaning: "Asks which page the hypervisor would like as GHCB.",
  }),
  message(0x011n, "PREF_GPA_RESP", {
    meaning: "The page that the hypervisor would like as GHCB.",
    fields: [
      {
        ...PAGE,
        values: {
          0xf_ffff_ffff_ffff: { name: "no preference", linux: "GHCB_MSR_PREF_GPA_NONE" },
        },
      },
    ],
  }),
  message(0x012n, "REG_GPA_REQ", {
    edk2: "GHCB_INFO_GHCB_GPA_REGISTER_REQUEST",
    meaning: "Registers a page as GHCB; SNP guests have to before they use it.",
    fields: [PAGE],
  }),
  message(0x013n, "REG_GPA_RESP", {
    edk2: "GHCB_INFO_GHCB_GPA_REGISTER_RESPONSE",
    meaning: "Confirms the page by repeating it.",
    fields: [PAGE],
  }),
  message(0x014n, "PSC_REQ", {
    edk2: "GHCB_INFO_SNP_PAGE_STATE_CHANGE_REQUEST",
    meaning: "Asks to make one page private or shared.",
    fields: [
      // The values 3 and 4 are from edk2 Ghcb.h.
      field(55, 52, "operation", {
        values: {
          1: { name: "PRIVATE", linux: ["VMGEXIT_PSC_OP_PRIVATE", "SNP_PAGE_STATE_PRIVATE"] },
          2: { name: "SHARED", linux: ["VMGEXIT_PSC_OP_SHARED", "SNP_PAGE_STATE_SHARED"] },
          3: { name: "PSMASH", edk2: "SNP_PAGE_STATE_PSMASH" },
          4: { name: "UNSMASH", edk2: "SNP_PAGE_STATE_UNSMASH" },
        },
      }),
      { ...PAGE, hi: 51 },
    ],
  }),
  message(0x015n, "PSC_RESP", {
    edk2: "GHCB_INFO_SNP_PAGE_STATE_CHANGE_RESPONSE",
    meaning: "Whether the page's state was changed.",
    fields: [field(63, 32, "error", { values: { 0: "none", 0x8000_0000: "generic error" } })],
  }),
  message(0x016n, "VMPL_REQ", {
    edk2: "GHCB_INFO_SNP_VMPL_REQUEST",
    meaning: "Asks to run the virtual processor at another VMPL.",
    fields: [field(39, 32, "VMPL")],
  }),
  message(0x017n, "VMPL_RESP", {
    edk2: "GHCB_INFO_SNP_VMPL_RESPONSE",
    meaning: "Back from the other VMPL, or refused.",
    fields: [field(63, 32, "error", { values: { 0: "none" } })],
  }),
  message(0x080n, "HV_FT_REQ", {
    edk2: "GHCB_HYPERVISOR_FEATURES_REQUEST",
    meaning: "Asks for the hypervisor features.",
  }),
  message(0x081n, "HV_FT_RESP", {
    edk2: "GHCB_HYPERVISOR_FEATURES_RESPONSE",
    meaning: "The bitmap of hypervisor features.",
    fields: [field(63, 12, HV_FEATURES_FIELD)],
  }),
  message(MSR_TERMINATION_REQUEST, "TERM_REQ", {
    edk2: "GHCB_INFO_TERMINATE_REQUEST",
    meaning: "Asks for the end of the guest.",
    fields: MSR_REASON_LAYOUT,
  }),
  hyperV(0xf00n, "SPECIAL_HYPERCALL", "Private to Hyper-V."),
  hyperV(0xf01n, "SPECIAL_FAST_CALL", "Private to Hyper-V."),
  hyperV(0xf02n, "HYPERCALL_OUTPUT", "Private to Hyper-V."),
  hyperV(0xf03n, "SPECIAL_DBGPRINT", "Private to Hyper-V."),
];

/** A message that Linux calls `GHCB_MSR_` and its name, usually without fields. */
function message(
  code: bigint,
  name: string,
  about: Pick<MsrMessage, "meaning"> & Partial<MsrMessage>,
): MsrMessage {
  const linux = `GHCB_MSR_${name}`;
  return { code, name, linux, fields: [], source: SOURCES.sevCommon, ...about };
}

function hyperV(code: bigint, name: string, meaning: string): MsrMessage {
  return { code, name, meaning, fields: [], source: SOURCES.openvmm };
}
