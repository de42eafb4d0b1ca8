import type { FieldSpec } from "./fields";
import { edk2Symbol, linuxSymbol } from "./operands";

/** A page of guest memory, in bits [63:12] of most messages. */
export const PAGE = {
  name: "page frame",
  hi: 63,
  lo: 12,
  isFrameNumber: true,
} as const satisfies FieldSpec;

/** The page in the answer PREF_GPA_RESP, which may be none. Source: linux sev-common.h. */
export const PREFERRED_PAGE: FieldSpec = {
  ...PAGE,
  values: [
    {
      value: 0xf_ffff_ffff_ffffn,
      name: "no preference",
      symbols: [linuxSymbol("GHCB_MSR_PREF_GPA_NONE")],
    },
  ],
};

/** The register of a CPUID message; the response repeats it. Source: linux sev-common.h. */
export const CPUID_REGISTER: FieldSpec = {
  name: "register",
  hi: 31,
  lo: 30,
  values: [
    { value: 0n, name: "EAX", symbols: [linuxSymbol("GHCB_CPUID_REQ_EAX")] },
    { value: 1n, name: "EBX", symbols: [linuxSymbol("GHCB_CPUID_REQ_EBX")] },
    { value: 2n, name: "ECX", symbols: [linuxSymbol("GHCB_CPUID_REQ_ECX")] },
    { value: 3n, name: "EDX", symbols: [linuxSymbol("GHCB_CPUID_REQ_EDX")] },
  ],
};

/** What PSC_REQ asks for. Source: linux sev-common.h, edk2 Ghcb.h for the values 3 and 4. */
export const PSC_OPERATION: FieldSpec = {
  name: "operation",
  hi: 55,
  lo: 52,
  values: [
    {
      value: 1n,
      name: "PRIVATE",
      symbols: [linuxSymbol("VMGEXIT_PSC_OP_PRIVATE"), linuxSymbol("SNP_PAGE_STATE_PRIVATE")],
    },
    {
      value: 2n,
      name: "SHARED",
      symbols: [linuxSymbol("VMGEXIT_PSC_OP_SHARED"), linuxSymbol("SNP_PAGE_STATE_SHARED")],
    },
    { value: 3n, name: "PSMASH", symbols: [edk2Symbol("SNP_PAGE_STATE_PSMASH")] },
    { value: 4n, name: "UNSMASH", symbols: [edk2Symbol("SNP_PAGE_STATE_UNSMASH")] },
  ],
};
