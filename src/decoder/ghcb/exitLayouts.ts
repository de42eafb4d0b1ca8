import type { FieldSpec } from "./fields";
import { edk2Symbol, linuxSymbol, OPERATION } from "./operands";

/** IOIO intercept information, as SW_EXITINFO1 holds it. Source: edk2 Ghcb.h. */
export const IOIO_LAYOUT: readonly FieldSpec[] = [
  {
    name: "direction",
    hi: 0,
    lo: 0,
    values: [
      { value: 0n, name: "OUT" },
      { value: 1n, name: "IN" },
    ],
  },
  { name: "string", hi: 2, lo: 2 },
  { name: "repeat", hi: 3, lo: 3 },
  {
    name: "operand size",
    hi: 6,
    lo: 4,
    values: [
      { value: 1n, name: "8 bits" },
      { value: 2n, name: "16 bits" },
      { value: 4n, name: "32 bits" },
    ],
  },
  {
    name: "address size",
    hi: 9,
    lo: 7,
    values: [
      { value: 1n, name: "16 bits" },
      { value: 2n, name: "32 bits" },
      { value: 4n, name: "64 bits" },
    ],
  },
  {
    name: "segment",
    hi: 12,
    lo: 10,
    values: [
      { value: 0n, name: "ES" },
      { value: 1n, name: "CS", mark: "inferred" },
      { value: 2n, name: "SS", mark: "inferred" },
      { value: 3n, name: "DS" },
      { value: 4n, name: "FS", mark: "inferred" },
      { value: 5n, name: "GS", mark: "inferred" },
    ],
  },
  { name: "port", hi: 31, lo: 16 },
];

/** SW_EXITINFO1 of MSR. Source: edk2 and coconut-svsm. */
export const MSR_LAYOUT: readonly FieldSpec[] = [
  {
    name: OPERATION,
    hi: 63,
    lo: 0,
    values: [
      { value: 0n, name: "RDMSR" },
      { value: 1n, name: "WRMSR" },
    ],
  },
];

/** SW_EXITINFO1 of AP_JUMP_TABLE. Source: linux uapi/asm/svm.h. */
export const AP_JUMP_TABLE_LAYOUT: readonly FieldSpec[] = [
  {
    name: OPERATION,
    hi: 63,
    lo: 0,
    values: [
      { value: 0n, name: "SET", symbols: [linuxSymbol("SVM_VMGEXIT_SET_AP_JUMP_TABLE")] },
      { value: 1n, name: "GET", symbols: [linuxSymbol("SVM_VMGEXIT_GET_AP_JUMP_TABLE")] },
    ],
  },
];

/** SW_EXITINFO1 of AP_CREATION. Source: edk2 MpInitLib AmdSev.c, coconut-svsm ghcb.rs. */
export const AP_CREATION_LAYOUT: readonly FieldSpec[] = [
  {
    name: OPERATION,
    hi: 15,
    lo: 0,
    values: [
      {
        value: 0n,
        name: "CREATE_ON_INIT",
        symbols: [
          linuxSymbol("SVM_VMGEXIT_AP_CREATE_ON_INIT"),
          edk2Symbol("SVM_VMGEXIT_SNP_AP_CREATE_ON_INIT"),
        ],
      },
      {
        value: 1n,
        name: "CREATE",
        symbols: [linuxSymbol("SVM_VMGEXIT_AP_CREATE"), edk2Symbol("SVM_VMGEXIT_SNP_AP_CREATE")],
      },
      {
        value: 2n,
        name: "DESTROY",
        symbols: [linuxSymbol("SVM_VMGEXIT_AP_DESTROY"), edk2Symbol("SVM_VMGEXIT_SNP_AP_DESTROY")],
      },
    ],
  },
  { name: "VMPL", hi: 19, lo: 16 },
  { name: "APIC id", hi: 63, lo: 32 },
];

/** SW_EXITINFO1 of HV_DOORBELL_PAGE. Source: KVM patch series; coconut-svsm uses 1. */
export const HV_DOORBELL_LAYOUT: readonly FieldSpec[] = [
  {
    name: OPERATION,
    hi: 63,
    lo: 0,
    values: [
      {
        value: 0n,
        name: "GET_PREFERRED",
        symbols: [linuxSymbol("SVM_VMGEXIT_HVDB_GET_PREFERRED", "unmerged")],
        mark: "unmerged",
      },
      { value: 1n, name: "SET", symbols: [linuxSymbol("SVM_VMGEXIT_HVDB_SET", "unmerged")] },
      {
        value: 2n,
        name: "QUERY",
        symbols: [linuxSymbol("SVM_VMGEXIT_HVDB_QUERY", "unmerged")],
        mark: "unmerged",
      },
      {
        value: 3n,
        name: "CLEAR",
        symbols: [linuxSymbol("SVM_VMGEXIT_HVDB_CLEAR", "unmerged")],
        mark: "unmerged",
      },
    ],
  },
];

/** SW_EXITINFO1 of SAVIC. Source: linux uapi/asm/svm.h. */
export const SAVIC_LAYOUT: readonly FieldSpec[] = [
  {
    name: OPERATION,
    hi: 63,
    lo: 0,
    values: [
      {
        value: 0n,
        name: "REGISTER_GPA",
        symbols: [linuxSymbol("SVM_VMGEXIT_SAVIC_REGISTER_GPA")],
      },
      {
        value: 1n,
        name: "UNREGISTER_GPA",
        symbols: [linuxSymbol("SVM_VMGEXIT_SAVIC_UNREGISTER_GPA")],
      },
    ],
  },
];

/** SW_EXITINFO1 of DISABLE_ALT_INJ. Source: coconut-svsm ghcb.rs. */
export const DISABLE_ALT_INJ_LAYOUT: readonly FieldSpec[] = [
  { name: "interrupts enabled", hi: 0, lo: 0 },
  { name: "interrupt shadow", hi: 1, lo: 1 },
  { name: "TPR", hi: 15, lo: 8 },
  { name: "VMPL", hi: 23, lo: 16 },
];

/** SW_EXITINFO1 of SPECIFIC_EOI. Source: coconut-svsm ghcb.rs. */
export const SPECIFIC_EOI_LAYOUT: readonly FieldSpec[] = [
  { name: "vector", hi: 7, lo: 0 },
  { name: "VMPL", hi: 23, lo: 16 },
];
