import type { LineHint } from "./hint";

/**
 * A call that prints the digits of SEV_STATUS bare: without options that choose another form (`-c` prints 0x, `-d` decimal,
 * `-f` some bits). Source: msr-tools rdmsr.c.
 */
const CALL =
  /\brdmsr["',\s]{1,4}(?:-(?:[x0a]{1,3}|-hexadecimal|-capital-hex|-zero-pad|-all)["',\s]{1,4}|(?:-p|--processor)["',\s]{0,4}\d{1,4}["',\s]{1,4}){0,4}(?:0x)?c001_?0131\b["'\]]{0,2}/iu;

/** The call alone, in a substitution of a shell, with its errors thrown away at most. */
const SUBSTITUTED = /(?:\$\(|`)\s{0,4}(?:sudo\s{1,4})?$/u;
const CLOSED = /^\s*(?:2>\s*\/dev\/null\s*)?[)`]/u;

/** The digits handed to `bc`, which reads decimal: no option, file or text of its own can tell it another base. */
const PIPED =
  /^\s*(?:2>\s*\/dev\/null\s*)?\|\s*bc(?:\s+-(?:[lqsw]{1,4}|-(?:mathlib|quiet|standard|warn)))*\s*(?:$|[)`"';|&>#])/u;

/** The call begins a command, which is no comment's. */
const COMMAND = /^(?!.*\s#)(?:.*[;&({`"'])?\s*(?:sudo\s{1,4})?$/u;

/** A shell's variable that takes the digits as they are. */
const SHELL_VARIABLE =
  /^\s*(?:(?:local|readonly|export|declare)\s+(?:-\w+\s+)?)?(?<name>[A-Za-z_]\w{0,40})="?(?:\$\(|`)\s{0,4}(?:sudo\s{1,4})?$/u;
const PYTHON_VARIABLE = /^\s*(?<name>[A-Za-z_]\w{0,40}) = (?:subprocess|os)\.\w+\([^#]{0,60}$/u;

/** The end of such an assignment: behind another command the variable may be something else. */
const DIGITS_ALONE = /^\s*(?:2>\s*\/dev\/null\s*)?[)`]"?;?\s*(?:$|\|\||#)/u;

/** An open `$((` or `((`, and what stands in it. */
const ARITHMETIC = /\(\([^()]{0,200}$/u;
const INT_CALL = /\bint\((?<inner>[^#]{0,80})$/u;
/** A base, or digits made into a number that says its base. */
const BASED = /(?:0x|16#)"?$/iu;

/** A line that may give its names other values, in a way that is not followed: a loop, a function's own names, input. */
const REBINDS = /^\s*(?:async\s+)?(?:for|while|with|def|local|declare|typeset|read|unset)\b/u;
const COMMENT = /^\s*#/u;

/** Finds where a text reads the hex digits of `rdmsr 0xc0010131` as decimal. It is told every line, in order. */
export class RdmsrReader {
  readonly #variables = new Map<string, "shell" | "python">();

  /** What the next line has wrong. */
  read(line: string): LineHint | null {
    const call = line.includes("rdmsr") ? CALL.exec(line) : null;
    if ((call === null && this.#variables.size === 0) || COMMENT.test(line)) return null;
    if (call !== null) return this.#called(line, call);
    const isRebound = REBINDS.test(line);
    const used = isRebound ? null : this.#used(line);
    for (const name of isRebound ? namesIn(line) : assignedIn(line)) this.#variables.delete(name);
    return used;
  }

  #called(line: string, call: RegExpExecArray): LineHint | null {
    const before = line.slice(0, call.index);
    const behind = line.slice(call.index + call[0].length);
    const span = { start: call.index, end: call.index + call[0].length };
    for (const name of assignedIn(line)) this.#variables.delete(name);
    const shell = SHELL_VARIABLE.exec(before)?.groups?.["name"];
    if (shell !== undefined && DIGITS_ALONE.test(behind)) this.#variables.set(shell, "shell");
    const python = PYTHON_VARIABLE.exec(before)?.groups?.["name"];
    if (python !== undefined) this.#variables.set(python, "python");
    if (PIPED.test(behind) && COMMAND.test(before)) return { kind: "rdmsr-digits", ...span };
    if (SUBSTITUTED.test(before) && CLOSED.test(behind)) {
      const outer = before.replace(SUBSTITUTED, "");
      const isDecimal = ARITHMETIC.test(outer) && !BASED.test(outer);
      return isDecimal ? { kind: "rdmsr-digits", ...span } : null;
    }
    return INT_CALL.test(before) && isClosedWithoutBase(before, behind)
      ? { kind: "rdmsr-digits", ...span }
      : null;
  }

  #used(line: string): LineHint | null {
    for (const { 0: text, index } of line.matchAll(/\b[A-Za-z_]\w*/gu)) {
      const kind = this.#variables.get(text);
      if (kind === undefined) continue;
      const before = line.slice(0, index).replace(/\$\{?$/u, "");
      const behind = line.slice(index + text.length);
      const isDecimal =
        kind === "shell"
          ? ARITHMETIC.test(before) && !BASED.test(before) && behind.includes("))")
          : /\bint\($/u.test(before) && /^(?:\.\w+\(\))*\s*\)/u.test(behind);
      if (isDecimal) return { kind: "rdmsr-digits", start: index, end: index + text.length };
    }
    return null;
  }
}

function namesIn(line: string): string[] {
  return line.match(/\b[A-Za-z_]\w*/gu) ?? [];
}

/** The names that a line gives a value. */
function assignedIn(line: string): string[] {
  return line.match(/(?<![\w$])[A-Za-z_]\w*(?=\s*=(?!=))/gu) ?? [];
}

/** Whether the `int(` that is open before a call is closed behind it, and nothing there says a base. */
function isClosedWithoutBase(before: string, behind: string): boolean {
  const inner = INT_CALL.exec(before)?.groups?.["inner"] ?? "";
  if (inner.includes("0x")) return false;
  let open = 1 + inner.split("(").length - inner.split(")").length;
  for (const { 0: sign, index } of behind.matchAll(/[()]/gu)) {
    open += sign === "(" ? 1 : -1;
    if (open === 0) return !/\b16\b/u.test(behind.slice(0, index));
  }
  return false;
}
