import { BootReader } from "../../../decoder/boot/reader";
import type { LogExplanation } from "./explanation";

/** A log to read: its bytes, and what is known before reading. */
export interface LogSource {
  /** Its name for the user. */
  readonly name: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The zero-based line of the document that has the first byte. */
  readonly firstLine: number;
  /** Whether its lines can be shown in an editor. */
  readonly leads: boolean;
  /** The bytes; `read` is told how many of `size` were read for each chunk, from the beginning. */
  readonly chunks: (read: (bytes: number) => void) => AsyncIterable<Uint8Array>;
}

/** Receives the progress of the reading. */
export interface ReadWishes {
  readonly signal: AbortSignal;
  /** Called after each chunk with the lines so far, and the share of the bytes from 0 to 1. */
  readonly read: (progress: Progress) => void;
}

export interface Progress {
  readonly lines: number;
  readonly share: number;
}

/**
 * Reads a log into its explanation; ends early, and without a word, where the signal says so. Throws what reading
 * throws; what was read before is in the explanation all the same.
 */
export async function readLog(
  source: LogSource,
  explanation: LogExplanation,
  { signal, read }: ReadWishes,
): Promise<void> {
  const reader = new BootReader(new TextDecoder(), explanation);
  let bytes = 0;
  const tell = () => {
    explanation.showOpen(reader.soFar());
    read({ lines: reader.lines - source.firstLine, share: bytes / Math.max(1, source.size) });
  };
  // Empty lines stand for the lines before: findings get the document's line numbers.
  reader.push(new TextEncoder().encode("\n".repeat(source.firstLine)));
  try {
    for await (const chunk of source.chunks((all) => (bytes = all))) {
      if (signal.aborted) return;
      reader.push(chunk);
      tell();
    }
  } finally {
    if (!signal.aborted) {
      reader.end();
      tell();
    }
  }
}
