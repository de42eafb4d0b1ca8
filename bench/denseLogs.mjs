// Logs with a finding on every line, made up and the same every time, each with the expression that a loop needs for it.

/**
 * @typedef {object} DenseLog
 * @property {string} name
 * @property {(index: number) => string} line
 * @property {RegExp} expression of this one format, with the values that the command line prints as groups
 */

const EXIT_CODES = ["7b", "72", "80000001", "80000010", "81", "7c"];

/** @param {number} index */
function seconds(index) {
  return `${Math.floor(index / 1000)}.${String(index % 1_000_000).padStart(6, "0")}`;
}

/** @type {readonly DenseLog[]} */
export const DENSE_LOGS = [
  {
    name: "trace",
    line: (index) =>
      `       qemu-4321  [003] ..... ${seconds(index)}: kvm_vmgexit_enter: vcpu ${index % 8}, exit_reason ${EXIT_CODES[index % EXIT_CODES.length]}, exit_info1 ${(index & 0xffff).toString(16)}, exit_info2 ${index % 3}`,
    expression:
      /kvm_vmgexit_enter: +vcpu \d+, exit_reason (?<exitCode>[\da-f]{1,16}), exit_info1 (?<exitInfo1>[\da-f]{1,16}), exit_info2 (?<exitInfo2>[\da-f]{1,16})\b/u,
  },
  {
    name: "sev_status",
    line: (index) => `[${seconds(index)}] sev_status: 0x${(7 | ((index % 5) << 7)).toString(16)}`,
    expression: /\bsev_status: (?<value>0x[\da-f]{1,16})\b/u,
  },
  {
    name: "banners",
    line: (index) =>
      `[    0.000000] Linux version 6.12.${index % 100} (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026`,
    expression: /\bLinux version (?<release>\d+\.\d[\w.+~-]*) \([^()\s@]+@[^()\s@]+\) \(/u,
  },
  {
    name: "terminations",
    line: (index) =>
      `[${seconds(index)}] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x${index % 2 === 0 ? "880" : "800"}`,
    expression:
      /SEV-ES guest requested termination: reason (?<reason>0x[\da-f]{1,16}) info (?<info>0x[\da-f]{1,16})\b/u,
  },
];

/**
 * The text of a log, in pieces.
 * @param {DenseLog} log
 * @param {number} lines
 */
export function* denseText({ line }, lines) {
  for (let first = 0; first < lines; first += 1000) {
    let text = "";
    for (let index = first; index < Math.min(lines, first + 1000); index++)
      text += `${line(index)}\n`;
    yield text;
  }
}
