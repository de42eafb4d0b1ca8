import type { AssessedBoot } from "../../boot/assessed";
import type { Boot } from "../../boot/boot";
import { say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { linesOf } from "./bootFields";
import { numbersOf } from "./silentReport";

/** Boots, one after another, in which the same happened as in the boot before them. Lines count from 0. */
interface Repeated {
  readonly before: number;
  readonly first: number;
  readonly last: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Groups boots that repeat: a guest that is restarted for ever fails in the same way each time. */
export class SameBoots {
  #before: { readonly number: number; readonly key: string } | null = null;
  #repeated: Repeated | null = null;

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
  take(file: string | null): Report | null {
    const repeated = this.#repeated;
    this.#repeated = null;
    return repeated === null ? null : repeatedReport(repeated, file);
  }

  /** What comes next is no boot like the one before. */
  forget(): void {
    this.#before = null;
  }
}

function repeatedReport(
  { before, firstLine, lastLine, ...numbers }: Repeated,
  file: string | null,
): Report {
  return bareReport(
    say`${strong(`${file ?? "standard input"}, ${numbersOf(numbers)}`)} (${linesOf(firstLine, lastLine)})`,
    say`the same as boot ${before}.`,
  );
}

/** All that a report says of a boot, but for numbers and lines. */
function keyOf(boot: Boot): string {
  const { kernel, hostKernel, endings, causes, requestErrors, exits, notices } = boot;
  const same = {
    ...boot,
    number: 0,
    firstLine: 0,
    lastLine: 0,
    kernel: kernel?.banner ?? null,
    hostKernel: hostKernel?.banner ?? null,
    endings: endings.map((ending) => ({ ...ending, line: 0, otherLines: [] })),
    causes: causes.map(({ ending, count }) => ({ ending, count })),
    requestErrors: [requestErrors.count, requestErrors.first.map(({ value }) => value)],
    exits: exits.map(({ exitCode, state, count }) => ({ exitCode, state, count })),
    notices: notices.map(({ id, count }) => ({ id, count })),
  };
  return JSON.stringify(same, (_, value: unknown) =>
    typeof value === "bigint" ? `${value}` : value,
  );
}
