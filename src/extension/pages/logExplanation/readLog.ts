import { BootReader } from "../../../decoder/boot/reader";
import { LinePicker } from "../../../decoder/log/scan/linePicker";
import type { LogStory } from "../../../decoder/report/boot/story/logStory";
import type { Following } from "../../../pages/logExplanation/protocol";

/** A log to read: its bytes, and what is known before reading. */
export interface LogSource {
  /** Its name for the user. */
  readonly name: string;
  /** Its size in bytes. */
  readonly size: number;
  /** The zero-based line of the document that has the first byte. */
  readonly firstLine: number;
  /** Where a link to a line leads: to an editor, or to an excerpt in the page; `page only` where no editor shows the lines. */
  readonly leads: "editor" | "page" | "page only";
  /** Whether its changes are followed. */
  readonly following: Following;
  /** Its lines, where they are at hand. */
  readonly lines: ((line: number) => string | undefined) | null;
  /** The bytes; `read` is told how many of `size` were read for each chunk, from the beginning. */
  readonly chunks: (read: (bytes: number) => void) => AsyncIterable<Uint8Array>;
}

/** Receives the progress of the reading. */
export interface ReadWishes {
  readonly signal: AbortSignal;
  /** Called after each chunk with the share of the bytes from 0 to 1. */
  readonly read: (share: number) => void;
}

/**
 * Reads a log into its story; ends early, and without a word, where the signal says so. Throws what reading throws; what was
 * read before is in the story all the same.
 */
export async function readLog(
  source: LogSource,
  story: LogStory,
  { signal, read }: ReadWishes,
): Promise<void> {
  const reader = new BootReader(new TextDecoder(), story);
  let bytes = 0;
  const tell = () => {
    story.showOpen(reader.soFar());
    story.lines = reader.lines - source.firstLine;
    read(bytes / Math.max(1, source.size));
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

/** Lines of a log by their numbers, from 0: those that are at hand, else read from its beginning up to the last of them. */
export async function linesOf(
  source: LogSource,
  wanted: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const { firstLine, lines } = source;
  if (lines !== null) {
    const known = wanted.flatMap((line) => {
      const text = lines(line);
      return text === undefined ? [] : [[line, text] as const];
    });
    return new Map(known);
  }
  const picker = new LinePicker(
    new TextDecoder(),
    wanted.map((line) => line - firstLine),
  );
  for await (const chunk of source.chunks(() => undefined)) {
    picker.push(chunk);
    if (picker.isDone || signal.aborted) break;
  }
  return new Map([...picker.end()].map(([line, text]) => [line + firstLine, text]));
}
