import type { AssessedBoot } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import type { BootRange } from "./bootFields";
import { linesLabel } from "./story/kept";

/** Groups boots that repeat: a guest that is restarted for ever fails in the same way each time. */
export class SameBoots {
  #before: { readonly number: number; readonly key: string } | null = null;
  /** The boots that repeat the one with the number `before`. */
  #repeated: (BootRange & { readonly before: number }) | null = null;

  /** The next boot; whether it only repeats the one before, and has to be told with {@link take} later. */
  repeats({ boot }: AssessedBoot): boolean {
    const key = keyOf(boot);
    const { number, firstLine, lastLine } = boot;
    if (this.#before?.key !== key) {
      this.#before = { number, key };
      return false;
    }
    const { first = number, firstLine: start = firstLine } = this.#repeated ?? {};
    const { number: before } = this.#before;
    this.#repeated = { before, first, last: number, firstLine: start, lastLine };
    return true;
  }

  /** The boots that repeated, before something else is told; null where none did. */
  take(): string | null {
    const repeated = this.#repeated;
    this.#repeated = null;
    if (repeated === null) return null;
    const { first, last, firstLine, lastLine, before } = repeated;
    const boots = first === last ? `boot ${first}` : `boots ${first}–${last}`;
    return `= the same as boot ${before}: ${boots}  (${linesLabel(firstLine, lastLine)})`;
  }

  /** What comes next is no boot like the one before. */
  forget(): void {
    this.#before = null;
  }
}

/** All that a report says of a boot, but for numbers and lines. */
function keyOf(boot: Boot): string {
  return JSON.stringify({ ...boot, number: 0 }, (name, value: unknown) => {
    if (LINES.has(name)) return undefined;
    return typeof value === "bigint" ? `${value}` : value;
  });
}

const LINES: ReadonlySet<string> = new Set(["line", "firstLine", "lastLine", "otherLines"]);
