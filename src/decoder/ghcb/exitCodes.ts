import { PROCESSOR_EXIT_CODES } from "./exitCodesProcessor";
import { SEV_ES_EXIT_CODES } from "./exitCodesSevEs";
import { SNP_EXIT_CODES } from "./exitCodesSnp";
import type { ExitCode } from "./operands";

export type { ExitCode, Operand } from "./operands";

/** Every exit code known: those of the processor, then those that only software defines. */
export const EXIT_CODES: readonly ExitCode[] = [
  ...PROCESSOR_EXIT_CODES,
  ...SEV_ES_EXIT_CODES,
  ...SNP_EXIT_CODES,
];

const byValue: ReadonlyMap<bigint, ExitCode> = new Map(EXIT_CODES.map((row) => [row.value, row]));

/** The row for an exit code, or null. Compares all 64 bits. */
export function exitCodeByValue(value: bigint): ExitCode | null {
  return byValue.get(value) ?? null;
}
