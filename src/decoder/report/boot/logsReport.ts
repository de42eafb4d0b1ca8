import type { AssessedBoot } from "../../boot/assessed";
import type { SilentBoots } from "../../boot/silent";
import { LogWriters } from "../../boot/writers";
import type { Finding } from "../../log/finding";
import { list, plain, say } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";
import { answerOfBoot } from "./bootAnswer";
import { silentAnswer } from "./silentReport";

/** Different answers of one log beyond these are counted, not shown. */
const MOST_ANSWERS = 3;
/** Different answers of one log beyond these are not told apart. */
const MOST_KEPT = 64;

/** One of several logs: who wrote it, and how its boots went. */
class LogLine {
  readonly writers = new LogWriters();
  readonly #answers = new Map<string, number>();
  #more = 0;

  add(answer: string, count: number): void {
    const before = this.#answers.get(answer);
    if (before === undefined && this.#answers.size >= MOST_KEPT) this.#more += count;
    else this.#answers.set(answer, (before ?? 0) + count);
  }

  get hasFindings(): boolean {
    return this.#answers.size > 0;
  }

  /** A line of the overview. */
  field(name: string): FieldLine {
    const shown = [...this.#answers].slice(0, MOST_ANSWERS);
    const told = shown.map(([answer, count]) => `${count === 1 ? "" : `${count} × `}${answer}`);
    const all = [...this.#answers.values()].reduce((sum, count) => sum + count, this.#more);
    const left = all - shown.reduce((sum, [, count]) => sum + count, 0);
    const more = left === 0 ? [] : [`${left} more`];
    const writers = list(this.writers.all);
    return {
      name,
      value: writers === "" ? "values" : writers,
      meaning: [...told, ...more].join("; "),
    };
  }
}

/** Puts several logs side by side: who wrote each of them, and how its boots went. Keeps a few words for each log. */
export class LogsOverview {
  readonly #fields: FieldLine[] = [];
  #empty = 0;
  #current = new LogLine();
  #hasFolder = false;

  /** Who wrote the log that is being read, as far as it was read. */
  get writers(): LogWriters {
    return this.#current.writers;
  }

  /** The next log begins; `isOfFolder`: nobody named it by itself. */
  nextLog(isOfFolder = false): void {
    this.#current = new LogLine();
    this.#hasFolder ||= isOfFolder;
  }

  /** The next finding of the log. */
  addFinding(finding: Finding): void {
    this.#current.writers.add(finding);
  }

  /** A boot of the log, after its findings. */
  add(assessed: AssessedBoot): void {
    this.#current.writers.addBoot(assessed.boot);
    this.#current.add(withoutStop(plain(answerOfBoot(assessed))), 1);
  }

  /** Boots of the log that show only their beginning. */
  addSilent(silent: SilentBoots): void {
    this.#current.writers.addSilent(silent);
    this.#current.add(withoutStop(plain(silentAnswer(silent))), silent.last - silent.first + 1);
  }

  /** The log is read; `name` is what it is called. */
  endLog(name: string): void {
    if (this.#current.hasFindings) this.#fields.push(this.#current.field(name));
    else this.#empty += 1;
  }

  /** All logs in one list; null for none, and for the one that was named. */
  report(): Report | null {
    const count = this.#fields.length + this.#empty;
    if (count === 0 || (count === 1 && !this.#hasFolder)) return null;
    const found =
      this.#fields.length === 0 ? "nothing found" : `${this.#fields.length} with findings`;
    const empty = this.#empty === 0 || this.#fields.length === 0 ? "" : `, ${this.#empty} without`;
    return {
      ...bareReport(say`${count} ${count === 1 ? "log" : "logs"}`, say`${found}${empty}`),
      fields: this.#fields,
    };
  }
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/u, "");
}
