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

/**
 * Who printed a line, as its prefix names it: a host's name, and with it the program that passes on a guest's console.
 * `isConsole`: the line can only come from a console. Empty where the prefix names nobody.
 */
export function printerOf({ text, bodyStart }: LineText, isConsole: boolean): string {
  if (bodyStart === 0) return "";
  const prefix = text.slice(Math.max(0, bodyStart - LONGEST), bodyStart);
  // Most prefixes are a time alone, and name nobody.
  if (!prefix.includes(": ") && !prefix.includes("sandbox=")) return "";
  const sandbox = SANDBOX.exec(prefix)?.groups?.["sandbox"];
  if (sandbox !== undefined) return `sandbox ${sandbox}`;
  const { host = "", program = "", rest = "" } = NAMED.exec(prefix)?.groups ?? {};
  const passesOn = program !== "" && program !== "kernel" && (isConsole || KERNEL_TIME.test(rest));
  return passesOn ? `${host} ${program}` : host;
}
