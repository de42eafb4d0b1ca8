import { bitMask } from "../../text/u64";

/**
 * A number as source code writes it. `mask` (`1 << 2`, `BIT(2)`, `0b100`) is one by its form; `hex` and `decimal` may be a
 * mask or the number of a bit.
 */
export interface Written {
  readonly form: "mask" | "hex" | "decimal";
  readonly value: bigint;
}

/** One, shifted: in C, Rust and Go, with their suffixes. */
const SHIFT =
  /^(?:\(?(?:0[xX])?0{0,15}1(?:[uUlL]{1,3}|_?u(?:32|64|size))?\)?|U?INT64_C\(1\)|uint64\(1\)) ?<< ?(?<count>\d{1,2}|0x[\da-f]{1,2})$/u;
/** The macros of Linux and QEMU, and of edk2 (`BIT2`). */
const BIT =
  /^(?:_?BIT(?:_?U?(?:LL?|64|32))?\( ?(?<count>\d{1,2}|0x[\da-f]{1,2}) ?\)|BIT(?<edk2>\d{1,2}))$/u;
const BINARY = /^0[bB](?<digits>[01_]{1,80}?)(?:_?u(?:32|64|size)|[uUlL]{1,3})?$/u;
const HEX = /^0[xX](?<digits>[\da-fA-F_]{1,20}?)(?:_?u(?:32|64|size)|[uUlL]{1,3})?$/u;
const DECIMAL = /^(?<digits>\d{1,20})(?:_?u(?:32|64|size)|[uUlL]{1,3})?$/u;

/** The number that an expression is, whole; null for any other expression, and beyond 64 bits. */
export function writtenNumber(expression: string): Written | null {
  const text = bare(expression);
  const { count, edk2 } = (SHIFT.exec(text) ?? BIT.exec(text))?.groups ?? {};
  const shift = count ?? edk2;
  if (shift !== undefined) {
    const bit = Number(shift);
    return bit > 63 ? null : { form: "mask", value: bitMask(bit) };
  }
  return (
    digitsOf("mask", "0b", BINARY.exec(text)) ??
    digitsOf("hex", "0x", HEX.exec(text)) ??
    digitsOf("decimal", "", DECIMAL.exec(text))
  );
}

/** An expression without the brackets around it. */
function bare(expression: string): string {
  const text = expression.trim();
  const inner = /^\((?<inner>[^()]*(?:\([^()]*\)[^()]*)*)\)$/u.exec(text)?.groups?.["inner"];
  return inner?.trim() ?? text;
}

function digitsOf(
  form: Written["form"],
  prefix: string,
  found: RegExpExecArray | null,
): Written | null {
  const digits = found?.groups?.["digits"]?.replaceAll("_", "") ?? "";
  if (digits === "") return null;
  const value = BigInt(prefix + digits);
  return BigInt.asUintN(64, value) === value ? { form, value } : null;
}
