import type { GuestProfile } from "../decoder/guest/profile";
import type { Boot } from "../decoder/log/boots";
import { BootCollector } from "../decoder/log/boots";
import type { Finding } from "../decoder/log/finding";
import { LogReader } from "../decoder/log/logReader";
import type { SilentBoots } from "../decoder/log/silentBoots";
import { silentBoots } from "../decoder/log/silentBoots";
import type { AskedBoot } from "../decoder/report/askedBoot";
import { askBoot, isRefused } from "../decoder/report/askedBoot";
import type { ToldLog } from "../decoder/report/joinedBoots";

/** How far a log was read: to its end, to a fault, or to where the program was interrupted. */
export type Reach = "end" | "fault" | "interrupt";

/** Where the findings and boots of logs go, as they come. */
export interface LogReport {
  readonly finding: (finding: Finding, file: string | null) => void;
  /** A boot is over, or with `isSoFar` it is told before it is. */
  readonly boot: (asked: AskedBoot, file: string | null, isSoFar: boolean) => void;
  /** No more of this log is read. */
  readonly log: (told: ToldLog, lines: number, reach: Reach) => void;
}

/** Scans one log, and reports what it says as its bytes come. */
export class LogScan {
  readonly #name: string | null;
  readonly #guest: GuestProfile | null;
  readonly #report: LogReport;
  readonly #reader: LogReader;
  readonly #boots: BootCollector;
  readonly #told: AskedBoot[] = [];
  #isOver = false;

  /** `name` is null for standard input; `guest` is asked instead of the log's own kernels. */
  constructor(
    name: string | null,
    guest: GuestProfile | null,
    report: LogReport,
    reader: LogReader = new LogReader(new TextDecoder()),
  ) {
    this.#name = name;
    this.#guest = guest;
    this.#report = report;
    this.#reader = reader;
    this.#boots = new BootCollector((boot) => reader.sideOf(boot));
  }

  /** Whether a boot was refused, or is predicted to be, among those told so far. */
  get wasRefused(): boolean {
    return this.#told.some(isRefused);
  }

  /** The next bytes. */
  push(chunk: Uint8Array): void {
    if (!this.#isOver) this.#tell(this.#reader.push(chunk));
  }

  /** No bytes have come for a while: reports what waits for more lines. */
  flush(): void {
    if (!this.#isOver) this.#tell(this.#reader.flush());
  }

  /** Reports what is left, once. Whatever error comes of that, the boot so far is reported all the same. */
  close(reach: Reach): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      // A line that is interrupted may hold the beginning of a value.
      this.#tell(reach === "interrupt" ? this.#reader.flush() : this.#reader.end());
    } finally {
      this.#tellBoot(this.#boots.end(), reach === "interrupt");
    }
    const { lines } = this.#reader;
    const told = { file: this.#name, boots: this.#told, silent: this.#silent(reach) };
    this.#report.log(told, lines, reach);
  }

  #tell(findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.#report.finding(finding, this.#name);
      this.#tellBoot(this.#boots.add(finding));
    }
  }

  #tellBoot(boot: Boot | null, isSoFar = false): void {
    if (boot === null) return;
    const asked = askBoot(boot, this.#guest);
    this.#told.push(asked);
    this.#report.boot(asked, this.#name, isSoFar);
  }

  #silent(reach: Reach): SilentBoots[] {
    const { bootStarts, lines } = this.#reader;
    const numbers = new Set(this.#told.map(({ boot }) => boot.number));
    if (reach === "end") return silentBoots(bootStarts, numbers, lines);
    // Of the last boot nobody knows what would have followed.
    const last = bootStarts.at(-1);
    return last === undefined ? [] : silentBoots(bootStarts.slice(0, -1), numbers, last.line);
  }
}
