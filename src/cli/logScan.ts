import type { AssessedBoot, Choice } from "../decoder/boot/assessed";
import { assessBoot, isRefused } from "../decoder/boot/assessed";
import type { Boot } from "../decoder/boot/boot";
import { BootReader } from "../decoder/boot/reader";
import type { SilentBoots } from "../decoder/boot/silent";
import type { Finding } from "../decoder/log/finding";
import type { Utf8Decoder } from "../decoder/log/scan/logReader";

/** How far a log was read: to its end, to a fault, or to where the program was interrupted. */
export type Reach = "end" | "fault" | "interrupt";

/** Where the findings and boots of logs go, as they come. `file` is null for standard input. */
export interface LogReport {
  readonly finding: (finding: Finding, file: string | null) => void;
  /** A boot is over, or with `isSoFar` it is told before it is. Where nobody asks, no boot is assessed. */
  readonly boot?: (assessed: AssessedBoot, file: string | null, isSoFar: boolean) => void;
  readonly silent: (boots: SilentBoots, file: string | null) => void;
  /** No more of this log is read; it has so many lines. */
  readonly log: (file: string | null, lines: number, reach: Reach) => void;
}

/** Scans one log, and reports what it says as its bytes come. Keeps nothing of what it has reported. */
export class LogScan {
  readonly #name: string | null;
  readonly #choice: Choice | null;
  readonly #report: LogReport;
  readonly #reader: BootReader;
  #wasRefused = false;
  #isOver = false;

  /** `name` is null for standard input; `choice` gets the verdicts instead of the log's own kernels. */
  constructor(
    name: string | null,
    choice: Choice | null,
    report: LogReport,
    decoder: Utf8Decoder = new TextDecoder(),
  ) {
    this.#name = name;
    this.#choice = choice;
    this.#report = report;
    this.#reader = new BootReader(decoder, {
      finding: (finding) => {
        report.finding(finding, name);
      },
      ...(report.boot === undefined
        ? {}
        : {
            boot: (boot) => {
              this.#tell(boot, false);
            },
          }),
      silent: (boots) => {
        report.silent(boots, name);
      },
    });
  }

  /** Whether a boot was refused, or is predicted to be, among those that were reported so far. */
  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  /** The next bytes. */
  push(chunk: Uint8Array): void {
    if (!this.#isOver) this.#reader.push(chunk);
  }

  /** No bytes have come for a while: reports what waits for more lines. */
  flush(): void {
    if (!this.#isOver) this.#reader.flush();
  }

  /** Reports what is left, once. Whatever error comes of that, the boot so far is reported all the same. */
  close(reach: Reach): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (reach === "interrupt") this.#interrupt();
    else this.#reader.end(reach === "end" ? "whole" : "cut off");
    this.#report.log(this.#name, this.#reader.lines, reach);
  }

  /** Tells the boots that are not over. A line that is interrupted may hold the beginning of a value. */
  #interrupt(): void {
    try {
      this.#reader.flush();
    } finally {
      for (const boot of this.#reader.soFar()) this.#tell(boot, true);
    }
  }

  #tell(boot: Boot, isSoFar: boolean): void {
    const assessed = assessBoot(boot, this.#choice);
    this.#wasRefused ||= isRefused(assessed);
    this.#report.boot?.(assessed, this.#name, isSoFar);
  }
}
