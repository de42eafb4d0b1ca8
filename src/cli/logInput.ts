import { statSync } from "node:fs";
import { bytesOf, logFileChunks } from "../logFile/logFile";

/** Where a log is read from; `name` is null for standard input. */
export interface LogInput {
  readonly name: string | null;
  /** Its bytes; a chunk keeps them until the next one is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Whether a read of it may never come back, as of a named pipe. */
  readonly mayHang: () => boolean;
}

/** The log of an operand: `-` is standard input, `.gz` and `.zst` are read as what they hold. */
export function logInput(operand: string): LogInput {
  return operand === "-"
    ? { name: null, chunks: () => bytesOf(process.stdin), mayHang: () => false }
    : { name: operand, chunks: () => logFileChunks(operand), mayHang: () => isSpecial(operand) };
}

function isSpecial(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === false;
}
