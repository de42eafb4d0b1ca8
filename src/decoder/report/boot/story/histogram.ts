/** Parts of a log that are counted. */
const MOST_PARTS = 60;

/** How many lines of a kind each part of a log has, in memory that does not grow: parts become wider as lines come. */
export class Histogram {
  #counts: number[] = [];
  #width = 1;
  #total = 0;

  /** How many lines there are. */
  get total(): number {
    return this.#total;
  }

  /** The next line, from 0; not before those that came. */
  add(line: number): void {
    this.#total += 1;
    while (line >= this.#width * MOST_PARTS) {
      this.#counts = Array.from(
        { length: Math.ceil(this.#counts.length / 2) },
        (_, at) => (this.#counts[2 * at] ?? 0) + (this.#counts[2 * at + 1] ?? 0),
      );
      this.#width *= 2;
    }
    const at = Math.floor(line / this.#width);
    while (this.#counts.length <= at) this.#counts.push(0);
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  /** The counts of the parts, in their order. */
  counts(): readonly number[] {
    return [...this.#counts];
  }
}
