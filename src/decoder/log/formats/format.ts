import type { BlockMatch, Match } from "../finding";
import type { LineText } from "../line/lineText";
import type { Software } from "../software";

interface Format {
  /** What is printed. */
  readonly name: string;
  /** Who prints it. */
  readonly software: Software;
  /** Every line of this format contains one of these words; other lines are never tried. */
  readonly anchors: readonly string[];
}

/** What one match of a pattern states. `line` is the number that its tokens get. */
export type Read = (match: RegExpExecArray, line: number) => Match | readonly Match[] | null;

/** A value on one line, found by a pattern. */
export interface PatternFormat extends Format {
  /** Has the flag `g`: a line may hold several messages. Linear in the line's length. */
  readonly pattern: RegExp;
  readonly read: Read;
}

/** Values on one line that have to be read together. */
export interface TextFormat extends Format {
  readonly readText: (text: string, line: number) => readonly Match[];
}

/** One way in which one program prints one value, on one line cleaned of escapes. */
export type LineFormat = PatternFormat | TextFormat;

/** The formats of one program. */
export function printedBy(
  software: Software,
  rows: readonly Omit<PatternFormat, "software">[],
): readonly LineFormat[] {
  return rows.map(({ name, ...row }) => ({ name, software, ...row }));
}

/**
 * What an open block makes of the next line.
 * - `more`: the line is part of it. `done`: the line is its last one.
 * - `foreign`: another line, as may stand between a block's own lines.
 * - `over`: the line cannot follow in the block, which has ended before it.
 */
export interface Taken {
  readonly state: "more" | "done" | "foreign" | "over";
  readonly found: readonly BlockMatch[];
}

/** A block that has begun. Its matches have the offsets of the lines as they stand in the file. */
export interface Block {
  readonly take: (line: LineText, number: number) => Taken;
  /** What it states when its lines end without a last one. */
  readonly close: () => readonly BlockMatch[];
}

/** One way in which one program prints one value on several lines. */
export interface BlockFormat extends Format {
  /** The block that a line begins; null for none. */
  readonly begin: (line: LineText, number: number) => Block | null;
  /** Whether a line can stand in such a block: random access asks this before it reads the lines around. */
  readonly isMember: (line: LineText) => boolean;
  /** How many foreign lines may stand between two of its own. */
  readonly patience: number;
  /** How many lines a block can have, foreign ones included. */
  readonly longest: number;
  /** Its finding stands at its first line, so findings of later lines wait for it. */
  readonly holds: boolean;
}
