/**
 * C's integers as the 64-bit kernel has them (int 32 bits, long and long long 64), so that an expression has just
 * the value that the compiler gives it.
 */
export interface Integer {
  /** Within its type. */
  readonly value: bigint;
  readonly bits: 32 | 64;
  readonly isSigned: boolean;
}

type Type = Pick<Integer, "bits" | "isSigned">;

const INT: Type = { bits: 32, isSigned: true };
export const UNSIGNED_LONG: Type = { bits: 64, isSigned: false };

const LITERAL =
  /^(?:0x(?<hex>[\da-f]{1,16})|(?<decimal>0|[1-9]\d{0,19}))(?<suffix>u?l{0,2}|l{1,2}u)$/iu;

/** The value of a literal as it is written; null for what is none (an octal one too), or does not fit. */
export function literal(text: string): Integer | null {
  const groups = LITERAL.exec(text)?.groups;
  if (groups === undefined) return null;
  const { hex, decimal, suffix = "" } = groups;
  const value = BigInt(hex === undefined ? (decimal ?? "") : `0x${hex}`);
  const isUnsigned = /u/iu.test(suffix);
  // The first type that holds it; a decimal one becomes unsigned only if it says so.
  const type = (/l/iu.test(suffix) ? ([64] as const) : ([32, 64] as const))
    .flatMap((bits) => [
      ...(isUnsigned ? [] : [{ bits, isSigned: true }]),
      ...(isUnsigned || hex !== undefined ? [{ bits, isSigned: false }] : []),
    ])
    .find((candidate) => wrapped(value, candidate).value === value);
  return type === undefined ? null : { value, ...type };
}

/** A value in a type, as a conversion to it gives it. */
export function wrapped(value: bigint, { bits, isSigned }: Type): Integer {
  return {
    value: isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value),
    bits,
    isSigned,
  };
}

export function truth(value: boolean): Integer {
  return wrapped(value ? 1n : 0n, INT);
}

/** `~` */
export function complement(operand: Integer): Integer {
  return wrapped(~operand.value, operand);
}

/** The 64-bit mask that an integer is beside a u64. */
export function mask64({ value }: Integer): bigint {
  return BigInt.asUintN(64, value);
}

const OPERATIONS: Readonly<Record<string, (a: bigint, b: bigint) => bigint | boolean>> = {
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "&": (a, b) => a & b,
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

/** The result of an operator; null where C gives it none (a shift or a sum beyond its type). */
export function operate(operator: string, left: Integer, right: Integer): Integer | null {
  if (operator === "<<" || operator === ">>") return shift(operator, left, right.value);
  if (operator === "&&") return truth(left.value !== 0n && right.value !== 0n);
  if (operator === "||") return truth(left.value !== 0n || right.value !== 0n);
  const type = common(left, right);
  const [a, b] = [wrapped(left.value, type).value, wrapped(right.value, type).value];
  const result = OPERATIONS[operator]?.(a, b) ?? null;
  if (typeof result === "boolean") return truth(result);
  return result === null ? null : inType(result, type);
}

function shift(operator: "<<" | ">>", left: Integer, by: bigint): Integer | null {
  if (by < 0n || by >= BigInt(left.bits)) return null;
  return inType(operator === "<<" ? left.value << by : left.value >> by, left);
}

/** Unsigned arithmetic wraps around; signed arithmetic that would is undefined. */
function inType(exact: bigint, type: Type): Integer | null {
  const result = wrapped(exact, type);
  return type.isSigned && result.value !== exact ? null : result;
}

/** C's usual arithmetic conversions. */
function common(a: Type, b: Type): Type {
  if (a.bits === b.bits) return { bits: a.bits, isSigned: a.isSigned && b.isSigned };
  return a.bits > b.bits ? a : b;
}
