import { LogReader } from "../../decoder/log/logReader";
import type { LogExplanation } from "./explanation";

/** A log as bytes, and what is known of it beforehand. */
export interface LogSource {
  /** What people call it. */
  readonly name: string;
  /** How many bytes there are to be read. */
  readonly size: number;
  /** The line of the document that the first byte is on, from 0. */
  readonly firstLine: number;
  /** Whether its lines can be shown in an editor. */
  readonly leads: boolean;
  /** The bytes; `read` is told how many of `size` were read for each chunk, from the beginning. */
  readonly chunks: (read: (bytes: number) => void) => AsyncIterable<Uint8Array>;
}

/** Who wants to know how far the reading is. */
export interface ReadWishes {
  readonly signal: AbortSignal;
  /** After each chunk: how many lines there were so far, and how much of the bytes, from 0 to 1. */
  readonly read: (progress: Progress) => void;
}

export interface Progress {
  readonly lines: number;
  readonly share: number;
}

/**
 * Reads a log into its explanation; ends early, and without a word, where the signal says so. Throws what reading
 * throws, and what understanding it throws; what was read before is in the explanation all the same.
 */
export async function readLog(
  source: LogSource,
  explanation: LogExplanation,
  { signal, read }: ReadWishes,
): Promise<void> {
  const reader = new LogReader(new TextDecoder());
  explanation.askForSides((boot) => reader.sideOf(boot));
  let bytes = 0;
  const tell = () => {
    read({ lines: reader.lines - source.firstLine, share: bytes / Math.max(1, source.size) });
  };
  // The lines before say nothing here: findings get the numbers of the document.
  explanation.add(reader.push(new TextEncoder().encode("\n".repeat(source.firstLine))));
  try {
    for await (const chunk of source.chunks((all) => (bytes = all))) {
      if (signal.aborted) return;
      explanation.add(reader.push(chunk));
      tell();
    }
  } finally {
    if (!signal.aborted) {
      try {
        explanation.add(reader.end());
      } finally {
        explanation.end();
      }
      tell();
    }
  }
}
