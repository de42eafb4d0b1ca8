import { countWhile } from "../../text/partition";
import type { Lines } from "../line/lineText";
import type { PlacedMatch } from "../finding";
import type { OpenBlocks, Step } from "../scan/stepReader";
import { StepReader, isSilent } from "../scan/stepReader";
import type { Gap, LineEdit } from "./unreadLines";
import { UnreadLines } from "./unreadLines";

/** A line that told something or stands in a block, and where it stands by now. */
interface Entry {
  line: number;
  /** Where it stood when it was read: what it told has places from then. */
  readonly readAt: number;
  readonly step: Step;
}

/**
 * What the lines of a document say while it changes. Each line is read once, when {@link read} comes to it, and again
 * only when an edit may have changed what it says: the edited lines, those of a block that was open before them,
 * and those after them until the blocks are the same again. Read to its end, it holds what a scan of the whole reads.
 */
export class DocumentLog {
  #lines: number;
  #entries: Entry[] = [];
  /** What blocks that are open at the end have to say. */
  #tail: readonly PlacedMatch[] = [];
  readonly #unread: UnreadLines;

  /** `lines`: how many the document has. */
  constructor(lines: number) {
    this.#lines = lines;
    this.#unread = new UnreadLines(lines);
  }

  /** How many lines the document has. */
  get lines(): number {
    return this.#lines;
  }

  /** Up to which line, exclusive, everything was read; the number of lines where nothing is left. */
  get readTo(): number {
    return this.#unread.first?.from ?? this.#lines;
  }

  /** Whether nothing is left to read. */
  get isRead(): boolean {
    return this.#unread.first === null;
  }

  /** Lines of the document were replaced. What the removed ones said is gone at once; the new ones are to be read. */
  edit(change: LineEdit): void {
    const { first, removed, inserted } = change;
    const end = first + removed;
    this.#unread.edit(change, this.#openBefore(end) === null ? "nothing-open" : "block-open");
    const from = this.#indexOf(first);
    const behind = this.#indexOf(end);
    const moved = inserted - removed;
    if (moved !== 0) {
      for (const entry of this.#entries.slice(behind)) entry.line += moved;
    }
    this.#entries.splice(from, behind - from);
    this.#lines += moved;
    this.#tail = [];
  }

  /** Reads on, about `most` lines; gives how many lines it read. `lines` are those of the document as it is now. */
  read(lines: Lines, most: number): number {
    let count = 0;
    for (let gap = this.#unread.first; gap !== null; gap = this.#unread.first) {
      if (count >= most) return count;
      count += this.#readGap(gap, { lines, most: most - count });
      if (this.isRead)
        this.#tail = StepReader.resumed(this.#openBefore(this.#lines), this.#lines, lines).end();
    }
    return count;
  }

  /**
   * What was read without a gap from the first line on, from the step with this index on. A `LineOrder` puts it into the
   * order of the lines.
   */
  *stepsFrom(index: number): Generator<ReadStep> {
    const { readTo } = this;
    for (const { line, readAt, step } of this.#entries.slice(index)) {
      if (line >= readTo) return;
      const moved = line - readAt;
      yield { line, step: moved === 0 ? step : { ...step, found: movedBy(step.found, moved) } };
    }
  }

  /** What blocks that are open at the end have to say; empty until everything was read. */
  get tail(): readonly PlacedMatch[] {
    return this.#tail;
  }

  #readGap(gap: Gap, { lines, most }: { readonly lines: Lines; readonly most: number }): number {
    const beyond = this.#unread.second ?? this.#lines;
    const first = this.#indexOf(gap.from);
    const reader = StepReader.resumed(this.#openBefore(gap.from), gap.from, lines);
    const fresh: Entry[] = [];
    let old = first;
    let at = gap.from;
    let holds = at === gap.end && gap.after === "nothing-open" && reader.open === null;
    while (!holds && at < beyond && at - gap.from < most) {
      const step = reader.line(lines(at) ?? "", at);
      if (!isSilent(step)) fresh.push({ line: at, readAt: at, step });
      let before: OpenBlocks = null;
      const entry = this.#entries[old];
      if (entry?.line === at) {
        before = entry.step.open;
        old += 1;
      }
      at += 1;
      if (at > gap.end) holds = areSame(step.open, before, at - gap.end);
      else if (at === gap.end) holds = gap.after === "nothing-open" && step.open === null;
    }
    const after = this.#entries.splice(first).slice(old - first);
    for (const entry of fresh) this.#entries.push(entry);
    for (const entry of after) this.#entries.push(entry);
    if (holds || at === beyond) this.#unread.close();
    else this.#unread.advance(at);
    return at - gap.from;
  }

  /** The blocks that are open before a line. */
  #openBefore(line: number): OpenBlocks {
    const entry = this.#entries[this.#indexOf(line) - 1];
    return entry?.line === line - 1 ? entry.step.open : null;
  }

  /** The first entry at a line or after it. */
  #indexOf(line: number): number {
    return countWhile(this.#entries, (entry) => entry.line < line);
  }
}

/** What a line says or does to the open blocks, and the line where it stands by now. */
export interface ReadStep {
  readonly line: number;
  readonly step: Step;
}

/** Findings whose lines have moved by an edit above them. */
function movedBy(found: readonly PlacedMatch[], moved: number): readonly PlacedMatch[] {
  return found
    .filter((told) => told.line + moved >= 0)
    .map((told) => ({
      ...told,
      line: told.line + moved,
      tokens: told.tokens.map((token) => ({ ...token, line: token.line + moved })),
    }));
}

/** Whether the same blocks are open as before, all of them begun within the `last` lines, which are the same too. */
function areSame(now: OpenBlocks, before: OpenBlocks, last: number): boolean {
  if (now === null || before === null) return now === before;
  return now.every((lines, index) => lines <= last && lines === before[index]);
}
