import type { AssessedBoot, Choice } from "../decoder/boot/assessed";
import { assessBoot, isRefused } from "../decoder/boot/assessed";
import type { Boot } from "../decoder/boot/boot";
import { BootReader } from "../decoder/boot/reader";
import type { SilentBoots } from "../decoder/boot/silent";
import type { Finding } from "../decoder/log/finding";
import type { Utf8Decoder } from "../decoder/log/scan/logReader";

/** Where the reading of a log stopped: at its end, at an error, or at an interrupt. */
export type Reach = "end" | "fault" | "interrupt";

/**
 * Receives the findings and boots of logs during the scan. `file` is null for standard input; `line` is the line of a
 * finding as it was read, null for what a block of lines states.
 */
export interface LogReport {
  readonly finding: (finding: Finding, file: string | null, line: string | null) => void;
  /** A boot has ended; with `isSoFar` it goes on, and this is its state so far. Absent: no boot is assessed. */
  readonly boot?: (assessed: AssessedBoot, file: string | null, isSoFar: boolean) => void;
  readonly silent: (boots: SilentBoots, file: string | null) => void;
  /** A line of the host's side names its machine. */
  readonly host?: (name: string) => void;
  /** The scan of this log has ended after `lines` lines. */
  readonly log: (file: string | null, lines: number, reach: Reach) => void;
}

/** Scans one log and reports its findings at once. Keeps nothing that it has reported. */
export class LogScan {
  readonly #name: string | null;
  readonly #choice: Choice | null;
  readonly #report: LogReport;
  readonly #reader: BootReader;
  #wasRefused = false;
  #isOver = false;

  /** `name` is null for standard input; with `choice` the verdicts are for that kernel, not for the log's own. */
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
      finding: (finding, line) => {
        report.finding(finding, name, line);
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
      ...(report.host === undefined ? {} : { host: report.host }),
    });
  }

  /** Whether any boot reported so far was refused, or is predicted to be; false if the report has no `boot`. */
  get wasRefused(): boolean {
    return this.#wasRefused;
  }

  /** Reads the next bytes. */
  push(chunk: Uint8Array): void {
    if (!this.#isOver) this.#reader.push(chunk);
  }

  /** Reports what waits for more lines, after a time without input. */
  flush(): void {
    if (!this.#isOver) this.#reader.flush();
  }

  /** Reports the rest, once. Reports the boot so far even if that throws. */
  close(reach: Reach): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (reach === "interrupt") this.#interrupt();
    else this.#reader.end(reach === "end" ? "whole" : "cut off");
    this.#report.log(this.#name, this.#reader.lines, reach);
  }

  /** Reports the boots that have not ended. An unfinished line is left out: its value may be cut. */
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
