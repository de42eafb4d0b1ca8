import { quoted } from "../../text/quoted";
import type { Config } from "./config";
import type { Integer } from "./integer";
import { UNSIGNED_LONG, complement, literal, operate, truth, wrapped } from "./integer";
import type { Token } from "./lexer";
import { isIdentifier, named } from "./lexer";
import type { Place } from "./notUnderstood";
import { NotUnderstood } from "./notUnderstood";

/** A macro as its `#define` has it. */
export interface Macro {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  /** Null for one with parameters, which is not read. */
  readonly body: readonly Token[] | null;
  /** Where the condition around it begins that nobody can decide; null where it surely holds. */
  readonly undecided: number | null;
}

/** What the words of an expression mean. */
export interface Scope {
  readonly config: Config;
  /** The macro of a name; null where there is none. */
  readonly macro: (name: string) => Macro | null;
  /** Whether a name is defined, for `defined(NAME)` of an `#if`; null where nobody knows. Absent elsewhere. */
  readonly isDefined?: (name: string) => boolean | null;
}

/** Brackets, and macros in macros: the kernel's go eight deep. */
const DEEPEST = 48;
/** What one expression may cost in all; the kernel's masks take some two hundred steps. */
const MOST_STEPS = 20_000;

const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
];

const BIT = new Set(["BIT", "BIT_ULL", "BIT_U64", "_BITUL", "_BITULL"]);
const GENMASK = new Set(["GENMASK", "GENMASK_ULL", "GENMASK_U64"]);
const UNSIGNED = new Set(["UL", "ULL", "_UL", "_ULL"]);
const ENABLED = new Set(["IS_ENABLED", "IS_BUILTIN"]);

/** What is left of it: macros cost those that they are in. */
interface Budget {
  steps: number;
  nesting: number;
}

/** The value of an expression that stands alone, as that of an `#if`. */
export function expressionValue(tokens: readonly Token[], place: Place, scope: Scope): Integer {
  return new Parser(tokens, place, "", scope, { steps: 0, nesting: 0 }).whole();
}

/** The value of a macro without parameters. */
export function macroValue(
  macro: Macro,
  scope: Scope,
  budget: Budget = { steps: 0, nesting: 0 },
): Integer {
  const { name, body, undecided } = macro;
  if (undecided !== null) {
    throw new NotUnderstood(
      macro,
      `whether ${quoted(name)} is defined depends on the condition in line ${undecided}, which is not understood.`,
    );
  }
  if (body === null)
    throw new NotUnderstood(macro, `${quoted(name)} has parameters, which is not understood.`);
  return new Parser(body, macro, ` in ${quoted(name)}`, scope, budget).whole();
}

/** Reads one constant expression, and evaluates it as it goes. */
class Parser {
  #at = 0;

  readonly #tokens: readonly Token[];
  readonly #place: Place;
  readonly #where: string;
  readonly #scope: Scope;
  readonly #budget: Budget;

  constructor(tokens: readonly Token[], place: Place, where: string, scope: Scope, budget: Budget) {
    this.#tokens = tokens;
    this.#place = place;
    this.#where = where;
    this.#scope = scope;
    this.#budget = budget;
  }

  whole(): Integer {
    const value = this.#conditional();
    if (this.#at < this.#tokens.length) throw this.#unexpected("an operator");
    return value;
  }

  #conditional(): Integer {
    if (++this.#budget.nesting > DEEPEST)
      throw this.#fail("the expression is nested too deep, or a macro is defined by itself");
    const condition = this.#binary(0);
    let value = condition;
    if (this.#accept("?")) {
      const yes = this.#conditional();
      this.#expect(":");
      const no = this.#conditional();
      const [taken, other] = condition.value === 0n ? [no, yes] : [yes, no];
      // Its type is that of both together, whichever is taken.
      value = this.#operate("|", taken, { ...other, value: 0n });
    }
    this.#budget.nesting--;
    return value;
  }

  #binary(level: number): Integer {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#tokens[this.#at]?.text ?? "";
      if (!operators.includes(operator)) return left;
      this.#at++;
      left = this.#operate(operator, left, this.#binary(level + 1));
    }
  }

  #operate(operator: string, left: Integer, right: Integer): Integer {
    const value = operate(operator, left, right);
    if (value === null)
      throw this.#fail(`the result of ${quoted(operator)} is outside of its type`);
    return value;
  }

  #unary(): Integer {
    if (++this.#budget.steps > MOST_STEPS) throw this.#fail("the expression is too long");
    let inverted = "";
    while (this.#peek("~") || this.#peek("!")) {
      inverted = (this.#tokens[this.#at++]?.text ?? "") + inverted;
      if (inverted.length > DEEPEST) throw this.#fail("the expression is nested too deep");
    }
    let value = this.#primary();
    for (const operator of inverted) {
      value = operator === "~" ? complement(value) : truth(value.value === 0n);
    }
    return value;
  }

  #primary(): Integer {
    if (this.#accept("(")) {
      const value = this.#conditional();
      this.#expect(")");
      return value;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined) throw this.#unexpected("a value");
    if (!isIdentifier(token.text)) {
      const value = literal(token.text);
      if (value === null) throw this.#unexpected("a value");
      this.#at++;
      return value;
    }
    this.#at++;
    return this.#named(token);
  }

  #named({ text }: Token): Integer {
    if (text === "defined" && this.#scope.isDefined !== undefined) return this.#isDefined();
    if (BIT.has(text)) {
      const [bit] = this.#arguments(text, 1);
      return this.#operate("<<", wrapped(1n, UNSIGNED_LONG), bit);
    }
    if (GENMASK.has(text)) return this.#genmask(text);
    if (UNSIGNED.has(text)) return wrapped(this.#arguments(text, 1)[0].value, UNSIGNED_LONG);
    if (ENABLED.has(text)) return this.#isEnabled();
    const macro = this.#scope.macro(text);
    if (macro !== null) return macroValue(macro, this.#scope, this.#budget);
    throw this.#fail(`${quoted(text)} is not defined in the files that were read`);
  }

  #genmask(name: string): Integer {
    const [high, low] = this.#arguments(name, 2);
    if (high.value > 63n || low.value < 0n || low.value > high.value) {
      throw this.#fail(
        `${name}(${high.value}, ${low.value}) is no range of bits from 63 down to 0`,
      );
    }
    return wrapped((1n << (high.value + 1n)) - (1n << low.value), UNSIGNED_LONG);
  }

  #isDefined(): Integer {
    const isBracketed = this.#accept("(");
    const name = this.#identifier();
    if (isBracketed) this.#expect(")");
    return this.#known(this.#scope.isDefined?.(name) ?? null, name);
  }

  #isEnabled(): Integer {
    this.#expect("(");
    const option = this.#identifier();
    this.#expect(")");
    return this.#known(this.#scope.config.isEnabled(option), option);
  }

  #known(answer: boolean | null, name: string): Integer {
    if (answer === null) throw this.#fail(`whether ${quoted(name)} is set is not known`);
    return truth(answer);
  }

  #arguments(name: string, count: 1): [Integer];
  #arguments(name: string, count: 2): [Integer, Integer];
  #arguments(name: string, count: number): Integer[] {
    this.#expect("(");
    const values = [this.#conditional()];
    while (this.#accept(",")) values.push(this.#conditional());
    this.#expect(")");
    if (values.length !== count)
      throw this.#fail(`${name} takes ${count} and got ${values.length}`);
    return values;
  }

  #identifier(): string {
    const { text } = this.#tokens[this.#at] ?? { text: "" };
    if (!isIdentifier(text)) throw this.#unexpected("a name");
    this.#at++;
    return text;
  }

  #peek(text: string): boolean {
    return this.#tokens[this.#at]?.text === text;
  }

  #accept(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected(quoted(text));
  }

  #unexpected(what: string): NotUnderstood {
    return this.#fail(`expected ${what} and found ${named(this.#tokens[this.#at])}`);
  }

  #fail(reason: string): NotUnderstood {
    const { file } = this.#place;
    const line = (this.#tokens[this.#at] ?? this.#tokens.at(-1))?.line ?? this.#place.line;
    return new NotUnderstood({ file, line }, `${reason}${this.#where}.`);
  }
}
