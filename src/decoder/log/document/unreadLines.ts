/** Lines of a document that were replaced by others: `removed` lines from `first` on by `inserted` ones. */
export interface LineEdit {
  readonly first: number;
  readonly removed: number;
  readonly inserted: number;
}

/** What the lines after a gap were read with: no block open before them, or a block that may be another one now. */
export type ReadAfter = "nothing-open" | "block-open";

/** Lines that are to be read: from `from` to before `end`, and on until the reading of the lines after them holds. */
export interface Gap {
  readonly from: number;
  readonly end: number;
  readonly after: ReadAfter;
}

/** The lines of a document that were not read since they changed. */
export class UnreadLines {
  /** In order; between two of them there is a line that was read. */
  #gaps: readonly Gap[];

  constructor(lines: number) {
    this.#gaps = [{ from: 0, end: lines, after: "nothing-open" }];
  }

  get first(): Gap | null {
    return this.#gaps[0] ?? null;
  }

  /** Where the gap after the first one begins; null where there is none. */
  get second(): number | null {
    return this.#gaps[1]?.from ?? null;
  }

  /** Lines were replaced; `after` is what the lines after them were read with, as far as they were read. */
  edit({ first, removed, inserted }: LineEdit, after: ReadAfter): void {
    const end = first + removed;
    const moved = inserted - removed;
    const before: Gap[] = [];
    const behind: Gap[] = [];
    let gap: Gap = { from: first, end, after };
    for (const other of this.#gaps) {
      if (other.end < gap.from) before.push(other);
      else if (other.from > gap.end)
        behind.push({ ...other, from: other.from + moved, end: other.end + moved });
      else
        gap = {
          from: Math.min(gap.from, other.from),
          end: Math.max(gap.end, other.end),
          after: other.end >= gap.end ? other.after : gap.after,
        };
    }
    this.#gaps = [...before, { ...gap, end: gap.end + moved }, ...behind];
  }

  /** The first gap was read to before `line`; what comes after it may change by that. */
  advance(line: number): void {
    const [first, ...others] = this.#gaps;
    if (first === undefined) return;
    const rest: Gap =
      line < first.end ? { ...first, from: line } : { from: line, end: line, after: "block-open" };
    this.#gaps = [rest, ...others];
  }

  /** The first gap was read, and the lines after it hold. */
  close(): void {
    this.#gaps = this.#gaps.slice(1);
  }
}
