import type { Config } from "./config";
import type { Macro, Scope } from "./expression";
import { expressionValue } from "./expression";
import type { Token } from "./lexer";
import { isIdentifier, lex } from "./lexer";
import { NotUnderstood } from "./notUnderstood";

/** A word of code that the compiler sees. */
export interface CodeToken extends Token {
  /** The line of the condition around it that nobody can decide; null where it is surely compiled. */
  readonly undecided: number | null;
}

/** One source file after the preprocessor, as far as it can be followed without the files it includes. */
export interface Unit {
  readonly file: string;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly code: readonly CodeToken[];
}

/** `#if` to `#endif`. A branch holds, or does not, or nobody knows (null). */
interface Condition {
  readonly line: number;
  holds: boolean | null;
  /** Whether an earlier branch held, surely (true) or perhaps (null). */
  earlier: boolean | null;
  wasElse: boolean;
}

/** Nothing nests conditions deeper. */
const DEEPEST = 200;

/** Reads a source file for a configuration; what is damaged is {@link NotUnderstood}. */
export function unitOf(file: string, text: string, config: Config): Unit {
  const reader = new UnitReader(file, config);
  const tokens = lex(file, text);
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    if (token?.text !== "#" || !token.startsLine) {
      if (token !== undefined) reader.word(token);
      at++;
      continue;
    }
    let end = at + 1;
    while (end < tokens.length && tokens[end]?.startsLine === false) end++;
    reader.directive(token.line, tokens.slice(at + 1, end));
    at = end;
  }
  return reader.end();
}

class UnitReader {
  readonly #file: string;
  readonly #config: Config;
  readonly #macros = new Map<string, Macro>();
  readonly #code: CodeToken[] = [];
  readonly #conditions: Condition[] = [];
  readonly #undefined = new Set<string>();
  readonly #scope: Scope;
  #isOut = false;
  #undecided: number | null = null;

  constructor(file: string, config: Config) {
    this.#file = file;
    this.#config = config;
    this.#scope = {
      config,
      macro: (name) => this.#macros.get(name) ?? null,
      isDefined: (name) => this.#isDefined(name),
    };
  }

  word(token: Token): void {
    if (this.#isOut) return;
    this.#code.push({ ...token, undecided: this.#undecided });
  }

  directive(line: number, [name, ...rest]: readonly Token[]): void {
    switch (name?.text) {
      case "ifdef":
      case "ifndef":
      case "if":
        this.#open(line, this.#isOut ? false : this.#decide(name.text, line, rest));
        break;
      case "elif":
      case "else":
        this.#next(line, name.text, rest);
        break;
      case "endif":
        if (this.#conditions.pop() === undefined) throw this.#fail(line, "#endif has no #if.");
        break;
      case "define":
        this.#define(line, rest);
        break;
      case "undef":
        this.#undefine(rest[0]?.text ?? "");
        break;
      default:
        // #include, #pragma, #error: nothing that this reading goes by.
        break;
    }
    this.#settle();
  }

  end(): Unit {
    const open = this.#conditions.at(-1);
    if (open !== undefined) throw this.#fail(open.line, "#if has no #endif.");
    return { file: this.#file, macros: this.#macros, code: this.#code };
  }

  #open(line: number, holds: boolean | null): void {
    if (this.#conditions.length >= DEEPEST) throw this.#fail(line, "#if is nested too deep.");
    this.#conditions.push({ line, holds, earlier: false, wasElse: false });
  }

  #next(line: number, name: "elif" | "else", rest: readonly Token[]): void {
    const condition = this.#conditions.at(-1);
    if (condition === undefined || condition.wasElse)
      throw this.#fail(line, `#${name} has no #if.`);
    if (condition.holds !== false)
      condition.earlier = condition.holds === true ? true : condition.earlier || null;
    condition.wasElse = name === "else";
    condition.holds = false;
    if (condition.earlier === true || this.#isOutside()) return;
    const own = name === "else" ? true : this.#decide("if", line, rest);
    condition.holds = own === true && condition.earlier === null ? null : own;
  }

  #decide(kind: "if" | "ifdef" | "ifndef", line: number, rest: readonly Token[]): boolean | null {
    if (kind !== "if") {
      const name = rest[0]?.text ?? "";
      if (!isIdentifier(name)) throw this.#fail(line, `#${kind} names nothing.`);
      // A header's own guard: it is read once, so that the name is not yet defined.
      if (
        kind === "ifndef" &&
        this.#macros.size === 0 &&
        this.#code.length === 0 &&
        !name.startsWith("CONFIG_")
      )
        return true;
      const isDefined = this.#isDefined(name);
      return isDefined === null ? null : isDefined === (kind === "ifdef");
    }
    try {
      return expressionValue(rest, { file: this.#file, line }, this.#scope).value !== 0n;
    } catch (error) {
      if (error instanceof NotUnderstood) return null;
      throw error;
    }
  }

  #isDefined(name: string): boolean | null {
    if (name.startsWith("CONFIG_")) return this.#config.isDefined(name);
    const macro = this.#macros.get(name);
    if (macro !== undefined) return macro.undecided === null ? true : null;
    // These are what assembler sources are read with.
    if (name === "__ASSEMBLY__" || name === "__ASSEMBLER__") return false;
    return this.#undefined.has(name) ? false : null;
  }

  #define(line: number, [name, ...rest]: readonly Token[]): void {
    if (this.#isOut) return;
    if (name === undefined || !isIdentifier(name.text))
      throw this.#fail(line, "#define names nothing.");
    const [first] = rest;
    this.#macros.set(name.text, {
      name: name.text,
      file: this.#file,
      line: name.line,
      // `NAME(` has parameters, `NAME (` begins its text with a bracket.
      body: first?.text === "(" && first.isAttached ? null : rest,
      // One that stands before is undecided with it: nobody knows which one holds.
      undecided: this.#undecided,
    });
  }

  #undefine(name: string): void {
    if (this.#isOut) return;
    const undecided = this.#undecided;
    const macro = this.#macros.get(name);
    if (undecided === null) {
      this.#macros.delete(name);
      this.#undefined.add(name);
    } else if (macro !== undefined) this.#macros.set(name, { ...macro, undecided });
  }

  /** Whether what is around the innermost condition is out already. */
  #isOutside(): boolean {
    return this.#conditions.slice(0, -1).some(({ holds }) => holds === false);
  }

  /** What the conditions around the next word come to; kept, because a file has more words than conditions. */
  #settle(): void {
    this.#isOut = this.#conditions.some(({ holds }) => holds === false);
    this.#undecided = this.#conditions.find(({ holds }) => holds === null)?.line ?? null;
  }

  #fail(line: number, reason: string): NotUnderstood {
    return new NotUnderstood({ file: this.#file, line }, reason);
  }
}
