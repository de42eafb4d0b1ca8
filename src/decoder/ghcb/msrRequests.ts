import type { FieldSpec } from "./fields";
import { CPUID_REGISTER, PAGE, PREFERRED_PAGE, PSC_OPERATION } from "./msrLayouts";
import { edk2Symbol, linuxSymbol } from "./operands";
import { SOURCES, type Mark, type SymbolRef } from "./provenance";
import { MSR_REASON_LAYOUT, MSR_TERMINATION_REQUEST } from "./termination";

/** One message of the GHCB MSR protocol. */
export interface MsrMessage {
  /** The low 12 bits of the GHCB MSR. */
  readonly code: bigint;
  /** The name without prefix: "PSC_REQ". */
  readonly name: string;
  /** Who sends it: the guest asks, the hypervisor responds; null where the source does not say. */
  readonly direction: "request" | "response" | null;
  readonly meaning: string;
  readonly symbols: readonly SymbolRef[];
  /** The fields above the low 12 bits. */
  readonly fields: readonly FieldSpec[];
  /** Set where the field of that name is a bitmap of hypervisor features. */
  readonly hvFeaturesField?: string;
  /** Trust in name, number and fields. */
  readonly mark: Mark | null;
  readonly source: string;
}

const defined = { mark: null, source: SOURCES.sevCommon } as const;
const request = { ...defined, direction: "request" } as const;
const response = { ...defined, direction: "response" } as const;
const hyperV = {
  direction: null,
  fields: [],
  symbols: [],
  mark: null,
  source: SOURCES.openvmm,
} as const;

/** Every message known, by code. The codes 0xf00 to 0xf03 are private to Hyper-V. */
export const MSR_MESSAGES: readonly MsrMessage[] = [
  {
    ...response,
    code: 0x001n,
    name: "SEV_INFO_RESP",
    meaning: "GHCB protocol versions of the hypervisor, and the position of the C-bit.",
    symbols: [linuxSymbol("GHCB_MSR_SEV_INFO_RESP"), edk2Symbol("GHCB_INFO_SEV_INFO")],
    fields: [
      { name: "highest version", hi: 63, lo: 48 },
      { name: "lowest version", hi: 47, lo: 32 },
      { name: "C-bit position", hi: 31, lo: 24 },
    ],
  },
  {
    ...request,
    code: 0x002n,
    name: "SEV_INFO_REQ",
    meaning: "Asks for the hypervisor's GHCB protocol versions.",
    symbols: [linuxSymbol("GHCB_MSR_SEV_INFO_REQ"), edk2Symbol("GHCB_INFO_SEV_INFO_GET")],
    fields: [],
  },
  { ...hyperV, code: 0x003n, name: "AP_JUMP_TABLE", meaning: "Concerns the AP jump table." },
  {
    ...request,
    code: 0x004n,
    name: "CPUID_REQ",
    meaning: "Asks for one register of a CPUID function.",
    symbols: [linuxSymbol("GHCB_MSR_CPUID_REQ"), edk2Symbol("GHCB_INFO_CPUID_REQUEST")],
    fields: [{ name: "function", hi: 63, lo: 32 }, CPUID_REGISTER],
  },
  {
    ...response,
    code: 0x005n,
    name: "CPUID_RESP",
    meaning: "The CPUID register that was asked for.",
    symbols: [linuxSymbol("GHCB_MSR_CPUID_RESP"), edk2Symbol("GHCB_INFO_CPUID_RESPONSE")],
    fields: [{ name: "value", hi: 63, lo: 32 }, CPUID_REGISTER],
    source: `${SOURCES.sevCommon}; ${SOURCES.edk2ResetVector}`,
  },
  {
    ...request,
    code: 0x006n,
    name: "AP_RESET_HOLD_REQ",
    meaning: "A processor waits for its start signal.",
    symbols: [linuxSymbol("GHCB_MSR_AP_RESET_HOLD_REQ")],
    fields: [],
  },
  {
    ...response,
    code: 0x007n,
    name: "AP_RESET_HOLD_RESP",
    meaning: "The wait for the start signal has ended.",
    symbols: [linuxSymbol("GHCB_MSR_AP_RESET_HOLD_RESP")],
    fields: [{ name: "result", hi: 63, lo: 12 }],
  },
  {
    ...request,
    code: 0x010n,
    name: "PREF_GPA_REQ",
    meaning: "Asks which page the hypervisor would like as GHCB.",
    symbols: [linuxSymbol("GHCB_MSR_PREF_GPA_REQ")],
    fields: [],
  },
  {
    ...response,
    code: 0x011n,
    name: "PREF_GPA_RESP",
    meaning: "The page that the hypervisor would like as GHCB.",
    symbols: [linuxSymbol("GHCB_MSR_PREF_GPA_RESP")],
    fields: [PREFERRED_PAGE],
  },
  {
    ...request,
    code: 0x012n,
    name: "REG_GPA_REQ",
    meaning: "Registers a page as GHCB; SNP guests have to before they use it.",
    symbols: [
      linuxSymbol("GHCB_MSR_REG_GPA_REQ"),
      edk2Symbol("GHCB_INFO_GHCB_GPA_REGISTER_REQUEST"),
    ],
    fields: [PAGE],
  },
  {
    ...response,
    code: 0x013n,
    name: "REG_GPA_RESP",
    meaning: "Confirms the page by repeating it.",
    symbols: [
      linuxSymbol("GHCB_MSR_REG_GPA_RESP"),
      edk2Symbol("GHCB_INFO_GHCB_GPA_REGISTER_RESPONSE"),
    ],
    fields: [PAGE],
  },
  {
    ...request,
    code: 0x014n,
    name: "PSC_REQ",
    meaning: "Asks to make one page private or shared.",
    symbols: [
      linuxSymbol("GHCB_MSR_PSC_REQ"),
      edk2Symbol("GHCB_INFO_SNP_PAGE_STATE_CHANGE_REQUEST"),
    ],
    fields: [PSC_OPERATION, { ...PAGE, hi: 51 }],
  },
  {
    ...response,
    code: 0x015n,
    name: "PSC_RESP",
    meaning: "Whether the page's state was changed.",
    symbols: [
      linuxSymbol("GHCB_MSR_PSC_RESP"),
      edk2Symbol("GHCB_INFO_SNP_PAGE_STATE_CHANGE_RESPONSE"),
    ],
    fields: [
      {
        name: "error",
        hi: 63,
        lo: 32,
        values: [
          { value: 0n, name: "none" },
          { value: 0x8000_0000n, name: "generic error" },
        ],
      },
    ],
  },
  {
    ...request,
    code: 0x016n,
    name: "VMPL_REQ",
    meaning: "Asks to run the virtual processor at another VMPL.",
    symbols: [linuxSymbol("GHCB_MSR_VMPL_REQ"), edk2Symbol("GHCB_INFO_SNP_VMPL_REQUEST")],
    fields: [{ name: "VMPL", hi: 39, lo: 32 }],
  },
  {
    ...response,
    code: 0x017n,
    name: "VMPL_RESP",
    meaning: "Back from the other VMPL, or refused.",
    symbols: [linuxSymbol("GHCB_MSR_VMPL_RESP"), edk2Symbol("GHCB_INFO_SNP_VMPL_RESPONSE")],
    fields: [{ name: "error", hi: 63, lo: 32, values: [{ value: 0n, name: "none" }] }],
  },
  {
    ...request,
    code: 0x080n,
    name: "HV_FT_REQ",
    meaning: "Asks for the hypervisor features.",
    symbols: [linuxSymbol("GHCB_MSR_HV_FT_REQ"), edk2Symbol("GHCB_HYPERVISOR_FEATURES_REQUEST")],
    fields: [],
  },
  {
    ...response,
    code: 0x081n,
    name: "HV_FT_RESP",
    meaning: "The bitmap of hypervisor features.",
    symbols: [linuxSymbol("GHCB_MSR_HV_FT_RESP"), edk2Symbol("GHCB_HYPERVISOR_FEATURES_RESPONSE")],
    fields: [{ name: "hypervisor features", hi: 63, lo: 12 }],
    hvFeaturesField: "hypervisor features",
  },
  {
    ...request,
    code: MSR_TERMINATION_REQUEST,
    name: "TERM_REQ",
    meaning: "Asks for the end of the guest.",
    symbols: [linuxSymbol("GHCB_MSR_TERM_REQ"), edk2Symbol("GHCB_INFO_TERMINATE_REQUEST")],
    fields: MSR_REASON_LAYOUT,
  },
  { ...hyperV, code: 0xf00n, name: "SPECIAL_HYPERCALL", meaning: "Private to Hyper-V." },
  { ...hyperV, code: 0xf01n, name: "SPECIAL_FAST_CALL", meaning: "Private to Hyper-V." },
  { ...hyperV, code: 0xf02n, name: "HYPERCALL_OUTPUT", meaning: "Private to Hyper-V." },
  { ...hyperV, code: 0xf03n, name: "SPECIAL_DBGPRINT", meaning: "Private to Hyper-V." },
];
