/** Where in a kernel's source something stands. */
export interface Place {
  /** Relative to the top of the tree, with `/`. */
  readonly file: string;
  /** Counts from 1; null where the whole file is meant. */
  readonly line: number | null;
}

/** A place as people write it: `arch/x86/boot/compressed/sev.c:349`. */
export function placeText({ file, line }: Place): string {
  return line === null ? file : `${file}:${line}`;
}

/** What stops the reading of a kernel's source: nothing is guessed. Caught where the tree is read. */
export class NotUnderstood extends Error {
  override readonly name = "NotUnderstood";

  /** The reason is the end of a sentence after the place: what is wrong, and what was expected. */
  constructor(place: Place, reason: string) {
    super(`${placeText(place)}: ${reason}`);
  }
}

export function missingFile(file: string): NotUnderstood {
  return new NotUnderstood({ file, line: null }, "there is no such file in the tree.");
}
