import type { FieldSpec } from "./fields";
import type { Mark, SymbolRef } from "./provenance";

/** What one of SW_EXITINFO1, SW_EXITINFO2 holds for an exit code, in one direction. */
export interface Operand {
  /** A few words: "guest physical address". */
  readonly meaning: string;
  /** How to take the value apart; empty where it is one number or not used. */
  readonly fields: readonly FieldSpec[];
  /** What the whole value is, where it is one of the things this decoder knows more about. */
  readonly holds?:
    | "exit-code"
    | "reason"
    | "event"
    | "malformed-input"
    | "guest-request-error"
    | "psc-error"
    | "hv-features";
  /**
   * The operations (the value of SW_EXITINFO1's field "operation") that use this operand; with
   * others the value means nothing. Absent: always used.
   */
  readonly usedBy?: readonly bigint[];
  readonly mark?: Mark;
}

/** The name of the field that chooses among the operations of one exit code. */
export const OPERATION = "operation";

/** The value is to be zero, or nobody looks at it. */
export const NOT_USED: Operand = { meaning: "not used", fields: [] };

/** The hypervisor does not answer in this value. */
export const NO_ANSWER: Operand = { meaning: "no answer", fields: [] };

/** No source read says what the value holds. */
export const NOT_KNOWN: Operand = { meaning: "not known", fields: [], mark: "unverified" };

/** An address in bytes in guest physical memory. */
export function address(what: string, more: Partial<Operand> = {}): Operand {
  return { meaning: `guest physical address of ${what}`, fields: [], ...more };
}

/** One row of the table of exit codes. */
export interface ExitCode {
  readonly value: bigint;
  /** The name without prefix: "TERM_REQUEST". */
  readonly name: string;
  /** Linux' macro for it, or null. */
  readonly macro: string | null;
  /** Every name that source code uses for it, Linux' first. */
  readonly symbols: readonly SymbolRef[];
  /**
   * `nae`: a guest reports it to the hypervisor in SW_EXITCODE. `vc`: the processor gives it to
   * the guest's #VC handler as error code, and no guest is to report it under this number.
   */
  readonly kind: "nae" | "vc";
  readonly meaning: string;
  /** What else the number has been used for. */
  readonly note?: string;
  /** SW_EXITINFO1 and SW_EXITINFO2 as the guest sets them. */
  readonly info1In: Operand;
  readonly info2In: Operand;
  /** SW_EXITINFO2 as the hypervisor answers, where SW_EXITINFO1[31:0] is 0. */
  readonly info2Out: Operand;
  /** Trust in the row as a whole; operands may have marks of their own. */
  readonly mark: Mark | null;
  readonly source: string;
}

/** What most software defined events have in common; a row says where it differs. */
export const NAE = {
  kind: "nae",
  symbols: [],
  macro: null,
  info1In: NOT_USED,
  info2In: NOT_USED,
  info2Out: NO_ANSWER,
  mark: null,
} as const satisfies Partial<ExitCode>;

/** A name of Linux. */
export function linuxSymbol(symbol: string, mark?: Mark): SymbolRef {
  return { symbol, software: "Linux", ...(mark === undefined ? {} : { mark }) };
}

/** A name of edk2. */
export function edk2Symbol(symbol: string): SymbolRef {
  return { symbol, software: "edk2" };
}

/** Linux' name of a software defined event, trusted as `mark` says, and edk2's where it has one. */
export function event(
  suffix: string,
  { edk2, mark }: { readonly edk2?: string; readonly mark?: Mark } = {},
): Pick<ExitCode, "macro" | "symbols"> {
  const macro = `SVM_VMGEXIT_${suffix}`;
  const other = edk2 === undefined ? [] : [edk2Symbol(edk2)];
  return { macro, symbols: [linuxSymbol(macro, mark), ...other] };
}
