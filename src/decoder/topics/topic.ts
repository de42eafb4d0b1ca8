/** One place that tells something: where, how to look, what it shows and what that means. */
export interface TopicRow {
  /** A program with its releases, or a place in the guest. */
  readonly where: string;
  /** Ready to paste; absent where the text is simply there. */
  readonly command?: string;
  /** What stands there, as it is printed; absent where nothing is. */
  readonly shows?: string;
  /** What follows from it. */
  readonly means: string;
  readonly source: string;
}

/** A question that people have, and the answer. */
export interface Topic {
  readonly question: string;
  /** One sentence. */
  readonly answer: string;
  readonly rows: readonly TopicRow[];
  /** What to do if no row helps, and what is not certain. */
  readonly notes: readonly string[];
  /** `firmware`: the table of firmware status codes belongs to the answer. */
  readonly table?: "firmware";
}
