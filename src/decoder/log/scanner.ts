import { AnchorFilter } from "./anchorFilter";
import { BlockReader } from "./blockReader";
import type { BootStart, Stage } from "./bootMarks";
import { BOOT_ANCHORS, BootCounter, stageOf } from "./bootMarks";
import type { Finding, Software } from "./finding";
import { BLOCK_FORMATS, LINE_FORMATS } from "./formats";
import { readLine } from "./lineFormats";
import { LineText } from "./lineText";
import type { Placed } from "./reading";

/** Every word that some format wants: a line without one says nothing, unless a block is open. */
export const ANCHORS: ReadonlySet<string> = new Set([
  ...LINE_FORMATS.flatMap(({ anchors }) => anchors),
  ...BLOCK_FORMATS.flatMap(({ anchors }) => anchors),
  ...BOOT_ANCHORS,
]);

const FILTER = new AnchorFilter(ANCHORS);

/** Whether a format may have something to say about a line, cleaned of escapes: a word may have stood around one. */
export function isWanted({ text }: LineText): boolean {
  return FILTER.wants(text);
}

/**
 * Reads a log line by line, each once, and gives findings in the order of the lines: at once, but for those that
 * follow a block whose finding stands at its first line and is not complete yet.
 */
export class LogScanner {
  #number = 0;
  readonly #boots = new BootCounter();
  readonly #readers = BLOCK_FORMATS.map((format) => new BlockReader(format));
  /** What waits for a block that is not complete yet. */
  #waiting: Finding[] = [];
  /** Of each boot, to place findings that are told of later. */
  readonly #bootStarts: BootStart[] = [{ line: 0, stage: "none" }];

  /** How many lines were read. */
  get lines(): number {
    return this.#number;
  }

  /** The boot that the next line belongs to, unless it begins a new one. */
  get boot(): number {
    return this.#boots.boot;
  }

  /** Where each boot so far begins, and how far it came; the boot with the number n is at n - 1. */
  get bootStarts(): readonly BootStart[] {
    return this.#bootStarts;
  }

  /** The next line, without its end. */
  line(raw: string): Finding[] {
    const number = this.#number;
    this.#number += 1;
    const isOpen = this.#readers.some((reader) => reader.isOpen);
    const text = new LineText(raw);
    return isOpen || isWanted(text) ? this.#read(text, number) : [];
  }

  /** What open blocks have to say when there are no more lines. */
  end(): Finding[] {
    for (const reader of this.#readers) {
      for (const placed of reader.end()) this.#add(placed, reader.format.software);
    }
    return this.#release();
  }

  /**
   * What waits for a block that is not complete, and the block as far as it has come. For a live log that has
   * fallen silent: lines of the block that come later are no longer part of it.
   */
  flush(): Finding[] {
    for (const reader of this.#readers.filter(({ format }) => format.holds)) {
      for (const placed of reader.end()) this.#add(placed, reader.format.software);
    }
    return this.#release();
  }

  #read(text: LineText, number: number): Finding[] {
    const stage = stageOf(text.text);
    if (stage !== null) this.#mark(stage, number);
    const alone = readLine(text, number);
    // A banner begins the boot that it belongs to.
    if (alone.some(({ what }) => what?.kind === "guest-kernel")) this.#mark("kernel", number);
    // The EFI stub runs before its kernel prints anything: after a kernel's lines it is the next boot's.
    if (alone.some(({ what }) => what?.kind === "termination" && what.via === "efi-stub"))
      this.#mark("stub", number);
    for (const reader of this.#readers) {
      for (const placed of reader.line(text, number)) this.#add(placed, reader.format.software);
    }
    for (const { software, ...placed } of alone) this.#add(placed, software);
    return this.#readers.some((reader) => reader.isOpen && reader.format.holds)
      ? []
      : this.#release();
  }

  #mark(stage: Stage, number: number): void {
    this.#boots.mark(stage);
    const isNew = this.#boots.boot > this.#bootStarts.length;
    const line = isNew ? number : (this.#bootStarts.pop()?.line ?? 0);
    this.#bootStarts.push({ line, stage });
  }

  #add(placed: Placed, software: Software): void {
    const { what, ...place } = placed;
    if (what === null) return;
    this.#boots.saw(what, software);
    const boot = this.#bootOf(place.line);
    this.#waiting.push({ ...what, ...place, software, boot });
  }

  /** The boot of a line; looked for from the end, since findings are of late lines. */
  #bootOf(line: number): number {
    let boot = this.#bootStarts.length;
    while (boot > 1 && (this.#bootStarts[boot - 1]?.line ?? 0) > line) boot -= 1;
    return boot;
  }

  #release(): Finding[] {
    if (this.#waiting.length === 0) return [];
    const found = this.#waiting.sort((a, b) => a.line - b.line || a.start - b.start);
    this.#waiting = [];
    return found;
  }
}
