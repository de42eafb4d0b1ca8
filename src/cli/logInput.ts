import { statSync } from "node:fs";
import { logFileChunks, streamChunks } from "../logFile/logFile";

/** A log to read; `name` is null for standard input. */
export interface LogInput {
  readonly name: string | null;
  /** Its bytes. A chunk is valid until the next one is requested. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** Whether a read may block forever, as on a named pipe. */
  readonly mayHang: () => boolean;
}

/** The log that an operand names: `-` is standard input; `.gz` and `.zst` files are unpacked. */
export function logInput(operand: string): LogInput {
  return operand === "-"
    ? { name: null, chunks: () => streamChunks(process.stdin), mayHang: () => false }
    : { name: operand, chunks: () => logFileChunks(operand), mayHang: () => isSpecial(operand) };
}

function isSpecial(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === false;
}
