import type { Boot } from "../../../../src/decoder/boot/boot";
import { BootDriver } from "../../../../src/decoder/boot/driver";
import type { SilentBoots } from "../../../../src/decoder/boot/silent";
import type { Finding } from "../../../../src/decoder/log/finding";
import { LogScanner } from "../../../../src/decoder/log/scan/scanner";
import { findingLine } from "../../../../src/cli/jsonLine";
import { hexShort } from "../../../../src/decoder/text/u64";

/** A log that is read line by line, and all that it told so far. */
export class ReadLog {
  readonly findings: Finding[] = [];
  readonly boots: Boot[] = [];
  readonly silent: SilentBoots[] = [];
  /** The first line of each boot, from 0. */
  readonly starts: number[] = [];
  /** The names that lines of the host's side give their machine. */
  readonly hosts: string[] = [];
  readonly driver = new BootDriver({
    finding: (finding) => this.findings.push(finding),
    boot: (boot) => this.boots.push(boot),
    silent: (boots) => this.silent.push(boots),
    host: (name) => this.hosts.push(name),
    begins: (_, line) => this.starts.push(line),
  });
  readonly scanner = new LogScanner(this.driver.take);

  /** What these lines gave at once. */
  lines(...lines: readonly string[]): Finding[] {
    return this.#given(() => {
      for (const line of lines) this.scanner.line(line);
    });
  }

  flush(): Finding[] {
    return this.#given(() => {
      this.scanner.flush();
    });
  }

  end(): Finding[] {
    return this.#given(() => {
      this.scanner.end();
      this.driver.end(this.scanner.lines);
    });
  }

  #given(read: () => void): Finding[] {
    const before = this.findings.length;
    read();
    return this.findings.slice(before);
  }
}

/** A log that was read to its end. */
export function readLog(...lines: readonly string[]): ReadLog {
  const log = new ReadLog();
  log.lines(...lines);
  log.end();
  return log;
}

/** Every finding of a text, in the order in which they are given. */
export function findingsOf(text: string): Finding[] {
  return readLog(...text.split("\n")).findings;
}

/** The same as the command line prints them. */
export function jsonOf(text: string): unknown[] {
  return findingsOf(text).map((finding) => JSON.parse(findingLine(finding, null)) as unknown);
}

/** A finding in few words: its kind, what it holds, its text. */
export function inWords({ fact }: Finding): string {
  switch (fact.kind) {
    case "termination": {
      const { reason, unsupported } = fact;
      const told = reason === null ? "untold" : `${reason.set}:${reason.code}`;
      return `termination ${told} ${unsupported === null ? "-" : hexShort(unsupported)}`;
    }
    case "vmgexit":
      return `vmgexit ${fact.exitCode === null ? "-" : hexShort(fact.exitCode)}`;
    case "sev-status":
    case "sev-features":
    case "ghcb-msr":
    case "hypervisor-features":
    case "guest-request-error":
      return `${fact.kind} ${hexShort(fact.value)}`;
    case "guest-kernel":
      return `guest-kernel ${fact.release}`;
    case "notice":
      return `notice ${fact.id}`;
    case "ghcb":
      return `ghcb ${[fact.exitCode, fact.exitInfo1, fact.exitInfo2].map((field) => (field === null ? "-" : hexShort(field.value))).join(" ")}`;
  }
}
