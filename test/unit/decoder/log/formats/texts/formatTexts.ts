/** The texts of formats, each under "software: name". */
export type FormatTexts = Readonly<Record<string, Texts>>;

export interface Texts {
  /** Text of this format, as real software prints it. */
  readonly examples: readonly string[];
  /** What each example says, in their order. */
  readonly says: readonly string[];
  /** Similar text that is not of this format, and in which nothing is found. */
  readonly nearMisses: readonly string[];
}
