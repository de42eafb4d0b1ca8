import type { BlockMatch, PlacedMatch } from "../finding";
import { BLOCK_FORMATS } from "../formats";
import { isOfHost } from "../formats/host";
import type { LineMark } from "../formats/marks";
import { markOf } from "../formats/marks";
import { ANCHOR_OWNERS, FIRST_BLOCK_OWNER, MARKS_OWNER, readLine } from "../formats/match";
import type { Lines } from "../line/lineText";
import { LineText } from "../line/lineText";
import { hostNameIn } from "../line/hostName";
import type { Printer } from "../line/printer";
import { NOBODY, printerOf } from "../line/printer";
import type { Software } from "../software";
import { AnchorFilter } from "./anchorFilter";
import { BlockReader } from "./blockReader";

/** Finds the words that some format or mark wants. A line with none of them says nothing, unless a block is open. */
export const LINE_FILTER = new AnchorFilter(ANCHOR_OWNERS);

/** The words that {@link LINE_FILTER} finds. */
export const LINE_ANCHORS: readonly string[] = [...ANCHOR_OWNERS.keys()];

/**
 * How many lines the open block of each block format has so far, 0 where none is open; null where none of them is.
 * With the lines of the blocks it is all that reading on depends on.
 */
export type OpenBlocks = readonly number[] | null;

/** What one line adds to what was read before it. */
export interface Step {
  /** What the line shows of a boot, in order. They count before the findings. */
  readonly marks: readonly LineMark[];
  /** Of the line, or of a block that began before it. */
  readonly found: readonly PlacedMatch[];
  /** After the line. */
  readonly open: OpenBlocks;
  /** Whether an open block stands before what is found after the line. */
  readonly isHolding: boolean;
  /** Who printed the line, where its prefix says so; nobody for a line of the host's. */
  readonly printer: Printer;
  /** The host's name, where the line is of its KVM or a VMM and gives it; else empty. */
  readonly hostName: string;
}

const NO_MARKS: readonly LineMark[] = [];
const NOTHING: Step = {
  marks: NO_MARKS,
  found: [],
  open: null,
  isHolding: false,
  printer: NOBODY,
  hostName: "",
};

/** Whether a line states nothing, and is not part of a block. */
export function isSilent({ marks, found, open }: Step): boolean {
  return marks.length === 0 && found.length === 0 && open === null;
}

/** Reads the lines of a log one after another. It remembers only the blocks that are open. */
export class StepReader {
  readonly #readers = BLOCK_FORMATS.map((format) => new BlockReader(format));
  #isOpen = false;

  /** A reader that continues at line `number`, where these blocks are open. It reads the lines of the blocks again. */
  static resumed(open: OpenBlocks, number: number, lines: Lines): StepReader {
    const resumed = new StepReader();
    for (const [index, reader] of resumed.#readers.entries()) {
      for (let at = number - (open?.[index] ?? 0); at < number; at++)
        reader.line(new LineText(lines(at) ?? ""), at);
    }
    resumed.#update();
    return resumed;
  }

  /** The blocks that are open. */
  get open(): OpenBlocks {
    return this.#isOpen ? this.#readers.map((reader) => reader.openLines) : null;
  }

  get #isHolding(): boolean {
    return this.#isOpen && this.#readers.some(({ isOpen, format }) => isOpen && format.holds);
  }

  /** Whether the next line may belong to a block. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The next line, without its end. */
  line(raw: string, number: number): Step {
    const text = new LineText(raw);
    const owners = LINE_FILTER.ownersIn(text.text);
    return owners.length > 0 || this.#isOpen ? this.#read(text, number, owners) : NOTHING;
  }

  /** {@link line} for a line with nothing that is cleaned away, and the owners of its anchors. */
  plainLine(raw: string, number: number, owners: readonly number[]): Step {
    if (owners.length === 0 && !this.#isOpen) return NOTHING;
    return this.#read(new LineText(raw, true), number, owners);
  }

  /** What open blocks state when there are no more lines. */
  end(): PlacedMatch[] {
    return this.#end(() => true);
  }

  /** What open blocks state for which other findings wait. Their later lines are no longer part of them. */
  flush(): PlacedMatch[] {
    return this.#end(({ format }) => format.holds);
  }

  #end(isChosen: (reader: BlockReader) => boolean): PlacedMatch[] {
    const found: PlacedMatch[] = [];
    for (const reader of this.#readers.filter(isChosen)) addOf(reader, reader.end(), found);
    this.#update();
    return found;
  }

  #read(text: LineText, number: number, owners: readonly number[]): Step {
    const mark = owners.includes(MARKS_OWNER) ? markOf(text.text) : null;
    const found: PlacedMatch[] = [];
    this.#readBlocks(text, number, owners, found);
    let isBanner = false;
    let isStub = false;
    for (const match of readLine(text, number, owners)) {
      if (match.isMentioned === true) continue;
      found.push(match);
      const { fact } = match;
      isBanner ||= fact.kind === "guest-kernel";
      isStub ||= fact.kind === "termination" && fact.via === "efi-stub";
    }
    const marks =
      mark === null && !isBanner && !isStub ? NO_MARKS : marksOf(mark, isBanner, isStub);
    const printer = guestPrinter(text, marks, found);
    const hostName = hostNameOf(text, marks, found);
    return { marks, found, open: this.open, isHolding: this.#isHolding, printer, hostName };
  }

  #readBlocks(
    text: LineText,
    number: number,
    owners: readonly number[],
    found: PlacedMatch[],
  ): void {
    const last = owners.at(-1) ?? 0;
    if (!this.#isOpen && last < FIRST_BLOCK_OWNER) return;
    for (const [index, reader] of this.#readers.entries())
      if (reader.isOpen || owners.includes(FIRST_BLOCK_OWNER + index))
        addOf(reader, reader.line(text, number), found);
    this.#update();
  }

  #update(): void {
    this.#isOpen = this.#readers.some((reader) => reader.isOpen);
  }
}

function marksOf(mark: LineMark | null, isBanner: boolean, isStub: boolean): LineMark[] {
  const marks = mark === null ? [] : [mark];
  // A banner begins the boot that it belongs to.
  if (isBanner) marks.push("kernel");
  // The EFI stub runs before its kernel prints anything: after a kernel's lines it is the next boot's.
  if (isStub) marks.push("stub");
  return marks;
}

/** What only a console prints. */
const CONSOLE_MARKS: ReadonlySet<LineMark> = new Set([
  ...(["stage2", "svsm", "firmware", "platform", "stub"] as const),
]);
const CONSOLE_SOFTWARE: ReadonlySet<Software> = new Set(["edk2", "svsm"]);

function guestPrinter(
  text: LineText,
  marks: readonly LineMark[],
  found: readonly PlacedMatch[],
): Printer {
  const isGuests =
    marks.some((mark) => mark !== "host" && mark !== "vmm") || found.some((one) => !isOfHost(one));
  if (!isGuests) return NOBODY;
  const isConsole =
    marks.some((mark) => CONSOLE_MARKS.has(mark)) ||
    found.some(({ software }) => CONSOLE_SOFTWARE.has(software));
  return printerOf(text, isConsole);
}

/** What runs guests. The drivers of the firmware print before a machine that starts has its name. */
const RUNS_GUESTS: ReadonlySet<Software> = new Set([
  ...(["kvm", "qemu", "cloud-hypervisor", "openvmm", "rust-vmm"] as const),
]);

function hostNameOf(
  text: LineText,
  marks: readonly LineMark[],
  found: readonly PlacedMatch[],
): string {
  const match = found.find((one) => RUNS_GUESTS.has(one.software) && isOfHost(one));
  if (match === undefined && !marks.includes("vmm")) return "";
  return hostNameIn(text, match?.software === "kvm" ? "kernel" : "program");
}

/** Adds what a block's reader has found, with who printed it. */
function addOf(
  { format }: BlockReader,
  matches: readonly BlockMatch[],
  found: PlacedMatch[],
): void {
  for (const { start, end, fact, tokens, line, text } of matches)
    found.push({
      start,
      end,
      fact,
      tokens,
      line,
      text,
      software: format.software,
      format: format.name,
    });
}
