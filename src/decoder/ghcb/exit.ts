import { exitCodeByValue } from "./exitCodes";
import { NOT_USED, OPERATION, type ExitCode, type Operand } from "./exitRow";
import { decodeFields, type DecodedField } from "./fields";
import type { Doubt } from "./provenance";
import { carriesFeatureMask, reasonFromInfo1, type TerminationReason } from "./termination";

/** The three fields of a GHCB as found; null where one was not marked valid or not printed. */
export interface ExitFields {
  readonly exitCode: bigint | null;
  readonly exitInfo1: bigint | null;
  readonly exitInfo2: bigint | null;
}

/** An exit code and what is known about it. */
export interface NamedExitCode {
  readonly value: bigint;
  /** "TERM_REQUEST", or null for an unknown code. */
  readonly name: string | null;
  readonly row: ExitCode | null;
}

/** SW_EXITINFO1 or SW_EXITINFO2 under a given exit code. */
export interface DecodedOperand {
  readonly value: bigint;
  /** What the value is ("number of bytes"), or null where the exit code is unknown. */
  readonly meaning: string | null;
  readonly doubt?: Doubt;
  readonly fields: readonly DecodedField[];
  /** Set where the value is itself an exit code. */
  readonly exitCode?: NamedExitCode;
}

/** What a termination event says. */
export interface Termination {
  /** Null where SW_EXITINFO1 is not known. */
  readonly reason: TerminationReason | null;
  /**
   * SEV_STATUS bits that the guest has no code for, or null. Only the reason "SNP features
   * unsupported" carries them; any other SW_EXITINFO2 is the sender's own business.
   */
  readonly unsupported: bigint | null;
}

/** A request of a guest, decoded. */
export interface DecodedExit {
  readonly exitCode: NamedExitCode | null;
  readonly exitInfo1: DecodedOperand | null;
  readonly exitInfo2: DecodedOperand | null;
  /** Set for the termination event only. */
  readonly termination: Termination | null;
}

/** What SW_EXITINFO2 holds beside the reason "SNP features unsupported". */
const UNSUPPORTED_FEATURES: Operand = { meaning: "SEV_STATUS bits that the guest has no code for" };

/** Decodes what a guest asks: the fields as they stand before the hypervisor has answered. */
export function decodeExit({ exitCode, exitInfo1, exitInfo2 }: ExitFields): DecodedExit {
  const named = exitCode === null ? null : namedExitCode(exitCode);
  const row = named?.row ?? null;
  const termination = row === null ? null : terminationOf(row, exitInfo1, exitInfo2);
  return {
    exitCode: named,
    exitInfo1: decodeOperand(exitInfo1, row?.info1In ?? null),
    exitInfo2: decodeOperand(exitInfo2, info2Operand(row, exitInfo1, termination)),
    termination,
  };
}

/** Looks an exit code up. */
export function namedExitCode(value: bigint): NamedExitCode {
  const row = exitCodeByValue(value);
  return { value, name: row?.name ?? null, row };
}

/** Decodes one value by its row's operand; an unknown operand (null) leaves the value as it is. */
export function decodeOperand(
  value: bigint | null,
  operand: Operand | null,
): DecodedOperand | null {
  if (value === null) return null;
  if (operand === null) return { value, meaning: null, fields: [] };
  return {
    value,
    meaning: operand.meaning,
    ...(operand.doubt === undefined ? {} : { doubt: operand.doubt }),
    fields: decodeFields(value, operand.fields),
    ...(operand.holds === "exit-code" ? { exitCode: namedExitCode(value) } : {}),
  };
}

function info2Operand(
  row: ExitCode | null,
  exitInfo1: bigint | null,
  termination: Termination | null,
): Operand | null {
  if (row === null) return null;
  const reason = termination?.reason ?? null;
  if (reason !== null && carriesFeatureMask(reason)) return UNSUPPORTED_FEATURES;
  const { info1In, info2In } = row;
  // With SW_EXITINFO1 unknown the operand is taken to be used.
  if (info2In.usedBy === undefined || exitInfo1 === null) return info2In;
  const operation = decodeFields(exitInfo1, info1In.fields).find(({ name }) => name === OPERATION);
  return operation === undefined || info2In.usedBy.includes(operation.value) ? info2In : NOT_USED;
}

function terminationOf(
  row: ExitCode,
  exitInfo1: bigint | null,
  exitInfo2: bigint | null,
): Termination | null {
  if (row.info1In.holds !== "reason") return null;
  if (exitInfo1 === null) return { reason: null, unsupported: null };
  const reason = reasonFromInfo1(exitInfo1);
  return { reason, unsupported: carriesFeatureMask(reason) ? exitInfo2 : null };
}
