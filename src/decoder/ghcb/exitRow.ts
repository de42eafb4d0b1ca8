import { field, type FieldSpec } from "./fields";
import type { Doubt, SourceNames } from "./provenance";

/** What one of SW_EXITINFO1, SW_EXITINFO2 holds for an exit code, in one direction. */
export interface Operand {
  /** A few words: "guest physical address". */
  readonly meaning: string;
  /** How to take the value apart; absent where it is one number or not used. */
  readonly fields?: readonly FieldSpec[];
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
  readonly doubt?: Doubt;
}

/** The name of the field that chooses among the operations of one exit code. */
export const OPERATION = "operation";

/** The value is to be zero, or nobody looks at it. */
export const NOT_USED: Operand = { meaning: "not used" };

/** No source read says what the value holds. */
export const NOT_KNOWN: Operand = {
  meaning: "not known",
  doubt: { mark: "unverified", why: "No source at hand says what it holds." },
};

/** An address in bytes in guest physical memory. */
export function address(what: string, more: Partial<Operand> = {}): Operand {
  return { meaning: `guest physical address of ${what}`, ...more };
}

/** An operand that is nothing but the operation asked for. */
export function operation(meaning: string, more: Parameters<typeof field>[3]): Operand {
  return { meaning, fields: [field(63, 0, OPERATION, more)] };
}

/** One row of the table of exit codes. */
export interface ExitCode extends SourceNames {
  readonly value: bigint;
  /** The name without prefix: "TERM_REQUEST". */
  readonly name: string;
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
  /** Doubt about the row as a whole; operands may have their own. */
  readonly doubt?: Doubt;
  readonly source: string;
}

/** The row of an exit code; `about` says where it differs from an event without operands or answer. */
export function exitCode(
  value: bigint,
  name: string,
  about: Pick<ExitCode, "meaning" | "source"> & Partial<ExitCode>,
): ExitCode {
  const info2Out = { meaning: "no answer" };
  return { value, name, kind: "nae", info1In: NOT_USED, info2In: NOT_USED, info2Out, ...about };
}
