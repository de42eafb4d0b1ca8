import { AnchorFilter } from "./anchorFilter";
import { BlockReader } from "./blockReader";
import { isOfHost } from "../formats/host";
import type { LineMark } from "../formats/marks";
import { BOOT_ANCHORS, markOf } from "../formats/marks";
import { printerOf } from "../line/printer";
import { BYTE_ARRAY_ANCHORS } from "../line/byteArray";
import type { Fact, Software } from "../finding";
import { BLOCK_FORMATS, LINE_FORMATS } from "../formats";
import type { SaidBySoftware } from "../formats/match";
import { readLine } from "../formats/match";
import { LineText } from "../line/lineText";
import type { Lines, Placed } from "../reading";

/** Every word that some format wants: a line whose text has none says nothing, unless a block is open. */
export const ANCHORS: ReadonlySet<string> = new Set([
  ...LINE_FORMATS.flatMap(({ anchors }) => anchors),
  ...BLOCK_FORMATS.flatMap(({ anchors }) => anchors),
  ...BOOT_ANCHORS,
]);

const ANCHOR_FILTER = new AnchorFilter(ANCHORS);

/** The words by which a line is known as it stands: also those of messages in numbers of bytes, whatever they say. */
export const LINE_ANCHORS: ReadonlySet<string> = new Set([...ANCHORS, ...BYTE_ARRAY_ANCHORS]);

/** Finds those words in the bytes of lines. */
export const LINE_FILTER = new AnchorFilter(LINE_ANCHORS);

/** Whether a format may have something to say about a line, cleaned of escapes: a word may have stood around one. */
export function isWanted({ text }: LineText): boolean {
  return ANCHOR_FILTER.wants(text);
}

/** Something that is told, and by whom: a finding, but for the boot that it belongs to. */
export interface Told extends SaidBySoftware {
  readonly fact: Fact;
}

/**
 * How many lines the open block of each block format has so far, in the order of the formats, 0 where none is
 * open; null where none of them is. With the lines of the blocks it is all that reading on depends on.
 */
export type OpenBlocks = readonly number[] | null;

/** What one line adds to what was read before it. */
export interface Step {
  /** What the line marks, in order, before what is found on it counts. */
  readonly marks: readonly LineMark[];
  /** Of the line, or of a block that began before it. */
  readonly found: readonly Told[];
  /** After the line. */
  readonly open: OpenBlocks;
  /** Whether an open block stands before what is found after the line. */
  readonly isHolding: boolean;
  /** Who printed the line, where its prefix says so; empty for a line of the host's. */
  readonly printer: string;
}

const NOTHING: Step = { marks: [], found: [], open: null, isHolding: false, printer: "" };

/** Whether a line neither says anything nor stands in a block. */
export function isSilent({ marks, found, open }: Step): boolean {
  return marks.length === 0 && found.length === 0 && open === null;
}

/** Reads the lines of a log one after another, and knows nothing of them but the blocks that are open. */
export class StepReader {
  readonly #readers = BLOCK_FORMATS.map((format) => new BlockReader(format));

  /** A reader that goes on before line `number`, where these blocks are open. Reads the lines of those blocks again. */
  static resumed(open: OpenBlocks, number: number, lines: Lines): StepReader {
    const resumed = new StepReader();
    for (const [index, reader] of resumed.#readers.entries()) {
      for (let at = number - (open?.[index] ?? 0); at < number; at++)
        reader.line(new LineText(lines(at) ?? ""), at);
    }
    return resumed;
  }

  /** The blocks that are open. */
  get open(): OpenBlocks {
    return this.isOpen ? this.#readers.map((reader) => reader.openLines) : null;
  }

  get #isHolding(): boolean {
    return this.#readers.some((reader) => reader.isOpen && reader.format.holds);
  }

  /** Whether the next line may belong to a block. */
  get isOpen(): boolean {
    return this.#readers.some((reader) => reader.isOpen);
  }

  /** The next line, without its end. */
  line(raw: string, number: number): Step {
    const wasOpen = this.isOpen;
    const text = new LineText(raw);
    return wasOpen || isWanted(text) ? this.#read(text, number) : NOTHING;
  }

  /** What open blocks have to say when there are no more lines. */
  end(): Told[] {
    return this.#readers.flatMap(endOf);
  }

  /** What the open blocks have to say for which other findings wait; their later lines are no longer part of them. */
  flush(): Told[] {
    return this.#readers.filter(({ format }) => format.holds).flatMap(endOf);
  }

  #read(text: LineText, number: number): Step {
    const marks: LineMark[] = [];
    const mark = markOf(text.text);
    if (mark !== null) marks.push(mark);
    const alone = readLine(text, number);
    // A banner begins the boot that it belongs to.
    if (alone.some(({ fact }) => fact?.kind === "guest-kernel")) marks.push("kernel");
    // The EFI stub runs before its kernel prints anything: after a kernel's lines it is the next boot's.
    if (alone.some(({ fact }) => fact?.kind === "termination" && fact.via === "efi-stub"))
      marks.push("stub");
    const found = this.#readers.flatMap((reader) => told(reader.line(text, number), reader));
    const all = [...found, ...withWhat(alone)];
    const printer = guestPrinter(text, marks, all);
    return { marks, found: all, open: this.open, isHolding: this.#isHolding, printer };
  }
}

/** What only a console prints. */
const CONSOLE_MARKS: ReadonlySet<LineMark> = new Set(["stage2", "svsm", "firmware", "platform"]);
const CONSOLE_SOFTWARE: ReadonlySet<Software> = new Set(["edk2", "svsm"]);

function guestPrinter(text: LineText, marks: readonly LineMark[], found: readonly Told[]): string {
  const isGuests =
    marks.some((mark) => mark !== "host" && mark !== "vmm") || found.some((one) => !isOfHost(one));
  if (!isGuests) return "";
  const isConsole =
    marks.some((mark) => CONSOLE_MARKS.has(mark)) ||
    found.some(({ software }) => CONSOLE_SOFTWARE.has(software));
  return printerOf(text, isConsole);
}

function endOf(reader: BlockReader): Told[] {
  return told(reader.end(), reader);
}

/** What a block's reader has found, and by whom it is said. */
function told(
  placed: readonly Placed[],
  { format: { software, name: format } }: BlockReader,
): Told[] {
  return withWhat(placed.map((one) => ({ ...one, software, format })));
}

function withWhat(said: readonly SaidBySoftware[]): Told[] {
  return said.flatMap(({ fact, ...place }) => (fact === null ? [] : [{ ...place, fact }]));
}
