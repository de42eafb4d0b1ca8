import type { Config } from "./config";
import type { Macro, Scope } from "./expression";
import { CHECK_FILES, HEADERS } from "./files";
import type { SourceFunction } from "./functions";
import { functionsOf } from "./functions";
import { missingFile } from "./notUnderstood";
import type { Unit } from "./unit";
import { unitOf } from "./unit";

/** Gives a file's text by its path from the top of the tree, with `/`; null where there is no such file. */
export type ReadSource = (path: string) => string | null;

/** The files of a kernel's source, read once each for a configuration. */
export class SourceTree {
  readonly #units = new Map<string, Unit | null>();
  readonly #functions = new Map<string, readonly SourceFunction[]>();

  readonly #read: ReadSource;
  readonly config: Config;

  constructor(read: ReadSource, config: Config) {
    this.#read = read;
    this.config = config;
  }

  /** A file; null where the tree does not have it. */
  unit(file: string): Unit | null {
    const known = this.#units.get(file);
    if (known !== undefined) return known;
    const text = this.#read(file);
    const unit = text === null ? null : unitOf(file, text, this.config);
    this.#units.set(file, unit);
    return unit;
  }

  /** A file that must be there. */
  needed(file: string): Unit {
    const unit = this.unit(file);
    if (unit === null) throw missingFile(file);
    return unit;
  }

  /** The functions that a file defines; none where the tree does not have it. */
  functions(file: string): readonly SourceFunction[] {
    const known = this.#functions.get(file);
    if (known !== undefined) return known;
    const unit = this.unit(file);
    const functions = unit === null ? [] : functionsOf(unit);
    this.#functions.set(file, functions);
    return functions;
  }

  /** The function of a name in the first of {@link CHECK_FILES} that defines it; null where none does. */
  definition(name: string): SourceFunction | null {
    for (const file of CHECK_FILES) {
      const found = this.functions(file).find((one) => one.name === name);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** What the macros mean to code in `file`: its own first, then those of {@link HEADERS}. */
  scope(file: string): Scope {
    return { config: this.config, macro: (name) => this.#macro(name, file) };
  }

  #macro(name: string, ownFile: string): Macro | null {
    for (const file of [ownFile, ...HEADERS]) {
      const macro = this.unit(file)?.macros.get(name);
      if (macro !== undefined) return macro;
    }
    return null;
  }
}
