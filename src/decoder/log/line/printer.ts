import type { LineText } from "./lineText";

/** The host and the program that syslog or the journal name, and what follows. */
const NAMED =
  /(?:^|\s)(?<host>[\w.-]{1,128}) (?<program>[\w./-]{1,64}(?:\[\d{1,10}\])?):(?= )(?<rest>[^\n]{1,200})$/u;
/** The time of a kernel, whose console the program passes on. */
const KERNEL_TIME = /\[\s{0,8}\d{1,9}\.\d{1,9}\]/u;
/** Kata names the sandbox whose console it passes on. */
const SANDBOX = /\bsandbox=(?<sandbox>[\w-]{1,128})/u;
/** No prefix is longer. */
const LONGEST = 600;

/** Who printed a line. */
export interface Printer {
  /** The machine's name, or kata's sandbox; empty where the line names nobody. */
  readonly machine: string;
  /** The machine and its program; empty for a kernel's own line, and where the line names none. */
  readonly program: string;
  /** The program passes on a guest's console. If not, it may: a console has lines that do not show it. */
  readonly passesOn: boolean;
}

export const NOBODY: Printer = { machine: "", program: "", passesOn: false };

/** Who printed a line, as its prefix names it. `isConsole`: the line can only come from a console. */
export function printerOf({ text, bodyStart }: LineText, isConsole: boolean): Printer {
  if (bodyStart === 0) return NOBODY;
  const prefix = text.slice(Math.max(0, bodyStart - LONGEST), bodyStart);
  // Most prefixes are a time alone, and name nobody.
  if (!prefix.includes(": ") && !prefix.includes("sandbox=")) return NOBODY;
  const sandbox = SANDBOX.exec(prefix)?.groups?.["sandbox"];
  if (sandbox !== undefined) return { ...NOBODY, machine: `sandbox ${sandbox}` };
  const { host = "", program = "", rest = "" } = NAMED.exec(prefix)?.groups ?? {};
  if (program === "" || program === "kernel") return { ...NOBODY, machine: host };
  const passesOn = isConsole || KERNEL_TIME.test(rest);
  return { machine: host, program: `${host} ${program}`, passesOn };
}
