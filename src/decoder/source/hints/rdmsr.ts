import type { LineHint } from "./hint";

/**
 * A call that prints the digits of SEV_STATUS bare: without options that choose another form (`-c` prints 0x, `-d` decimal,
 * `-f` some bits). Source: msr-tools rdmsr.c.
 */
const CALL =
  /(?<!\w)rdmsr["',\s]{1,4}(?:-(?:[Xx0a]{1,3}|-hexadecimal|-capital-hex|-zero-pad|-all)["',\s]{1,4}|(?:-p|--processor)["',\s]{0,4}\d{1,4}["',\s]{1,4}){0,4}(?:0x)?c001_?0131\b["'\]]{0,2}/iu;

/** The call alone, in a substitution of a shell, with its errors thrown away at most. */
const SUBSTITUTED = /(?:\$\(|`)\s*(?:sudo\s+)?$/u;
const CLOSED = /^\s*(?:2>\s*\/dev\/null\s*)?[)`]/u;

/** A shell's variable that takes the digits as they are. */
const SHELL_VARIABLE =
  /^\s*(?:(?:local|readonly|export|declare)\s+(?:-\w+\s+)?)?(?<name>[A-Za-z_]\w{0,40})="?(?:\$\(|`)\s*(?:sudo\s+)?$/u;
const PYTHON_VARIABLE = /^\s*(?<name>[A-Za-z_]\w{0,40}) = (?:subprocess|os)\.\w+\([^#]{0,60}$/u;

/** An open `$((` or `((`, and what stands in it. */
const ARITHMETIC = /\(\((?<inner>[^()]{0,200})$/u;
const INT_CALL = /(?<!\w)int\((?<inner>[^#]{0,80})$/u;
/** A base, or digits made into a number that says its base. */
const BASED = /(?:0x|16#)"?\s*(?:\$\(|`|\$\{?)?\s*(?:sudo\s+)?$/iu;

/** Finds where a text reads the hex digits of `rdmsr 0xc0010131` as decimal. It is told every line, in order. */
export class RdmsrReader {
  readonly #variables = new Map<string, "shell" | "python">();

  /** What the next line has wrong. */
  read(line: string): LineHint | null {
    const call = CALL.exec(line);
    if (call !== null) return this.#called(line, call);
    const own = /^\s*(?:\w+\s+)?(?<name>[A-Za-z_]\w*)\s*=(?!=)/u.exec(line)?.groups?.["name"];
    const used = this.#variables.size === 0 ? null : this.#used(line);
    if (own !== undefined) this.#variables.delete(own);
    return used;
  }

  #called(line: string, call: RegExpExecArray): LineHint | null {
    const before = line.slice(0, call.index);
    const behind = line.slice(call.index + call[0].length);
    const span = { start: call.index, end: call.index + call[0].length };
    const shell = SHELL_VARIABLE.exec(before)?.groups?.["name"];
    if (shell !== undefined && CLOSED.test(behind)) this.#variables.set(shell, "shell");
    const python = PYTHON_VARIABLE.exec(before)?.groups?.["name"];
    if (python !== undefined) this.#variables.set(python, "python");
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
    for (const { 0: text, index } of line.matchAll(/(?<!\w)[A-Za-z_]\w*/gu)) {
      const kind = this.#variables.get(text);
      if (kind === undefined) continue;
      const before = line.slice(0, index).replace(/\$\{?$/u, "");
      const behind = line.slice(index + text.length);
      const isDecimal =
        kind === "shell"
          ? ARITHMETIC.test(before) && !/(?:0x|16#)$/iu.test(before) && behind.includes("))")
          : /(?<!\w)int\($/u.test(before) && /^(?:\.\w+\(\))*\s*\)/u.test(behind);
      if (isDecimal) return { kind: "rdmsr-digits", start: index, end: index + text.length };
    }
    return null;
  }
}

/** Whether the `int(` that is open before a call is closed behind it, and nothing there says a base. */
function isClosedWithoutBase(before: string, behind: string): boolean {
  const inner = INT_CALL.exec(before)?.groups?.["inner"] ?? "";
  let open = 1 + inner.split("(").length - inner.split(")").length;
  for (const [at, sign] of [...behind].entries()) {
    if (sign === "(") open++;
    if (sign === ")") open--;
    if (open === 0) return !/\b16\b/u.test(behind.slice(0, at));
  }
  return false;
}
