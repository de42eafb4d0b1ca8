/**
 * 64-bit values as people write them, to `bigint` and back. No whole value ever passes through a `number`.
 */

/** The largest value a 64-bit register can hold. */
export const U64_MAX = 0xffff_ffff_ffff_ffffn;

/** Why a text is no 64-bit value. `text` is the text as it was given, blanks around it removed. */
export interface U64Problem {
  readonly code: "empty" | "not-a-value" | "too-large";
  readonly text: string;
}

export type U64Result =
  | { readonly ok: true; readonly value: bigint }
  | { readonly ok: false; readonly problem: U64Problem };

// Digits may be grouped by single underscores (Rust); a 0x literal may carry C's integer suffix.
const HEX_LITERAL = /^0x(?<digits>[\da-f]+(?:_[\da-f]+)*)(?:ul{0,2}|l{1,2}u?)?$/iu;
const DECIMAL = /^0d(?<digits>\d+(?:_\d+)*)$/iu;
const BINARY = /^0b(?<digits>[01]+(?:_[01]+)*)$/iu;
const BARE_HEX = /^(?!0[bd])(?<digits>[\da-f]+(?:_[\da-f]+)*)$/iu;

/**
 * Reads one 64-bit value.
 *
 * Accepted: `0x887`, `0X887`, `887` (bare digits are hex, as rdmsr prints them), `0x0000_0000_0000_0887`,
 * `0x887ULL`, `0x887u`, `0d2183` (decimal, explicit), `0b1000_1000_0111` (binary), blanks around. A text that begins
 * with `0d` or `0b` is read as decimal or binary or not at all, never as hex.
 *
 * Anything else, and anything above 64 bits, is a problem; nothing is truncated.
 */
export function parseU64(input: string): U64Result {
  const text = input.trim();
  if (text === "") return { ok: false, problem: { code: "empty", text } };
  const [prefix, found] = digitsOf(text);
  const digits = found?.replaceAll("_", "").replace(/^0+(?=.)/u, "");
  if (digits === undefined) return { ok: false, problem: { code: "not-a-value", text } };
  // 2^64 has 65 binary digits: a longer text is too large, and is not worth converting.
  if (digits.length > 64) return { ok: false, problem: { code: "too-large", text } };
  const value = BigInt(`${prefix}${digits}`);
  return value <= U64_MAX
    ? { ok: true, value }
    : { ok: false, problem: { code: "too-large", text } };
}

/** The digits of a value, and the prefix with which `BigInt` reads them. */
function digitsOf(text: string): readonly [prefix: string, digits: string | undefined] {
  const hex = (HEX_LITERAL.exec(text) ?? BARE_HEX.exec(text))?.groups?.["digits"];
  if (hex !== undefined) return ["0x", hex];
  const binary = BINARY.exec(text)?.groups?.["digits"];
  return binary === undefined ? ["", DECIMAL.exec(text)?.groups?.["digits"]] : ["0b", binary];
}

/** `0x` and 16 lower-case hex digits: the form of every 64-bit value in JSON. */
export function hex64(value: bigint): string {
  return `0x${value.toString(16).padStart(16, "0")}`;
}

/** `0x` and as many lower-case hex digits as the value needs, as the kernel's `%#llx` prints it. */
export function hexShort(value: bigint): string {
  return `0x${value.toString(16)}`;
}

/** The mask with only `bit` (0–63) set. */
export function bitMask(bit: number): bigint {
  return 1n << BigInt(bit);
}

/** Whether `bit` (0–63) is set in `value`. */
export function hasBit(value: bigint, bit: number): boolean {
  return (value & bitMask(bit)) !== 0n;
}

/** The positions of the set bits of a 64-bit `value`, lowest first. */
export function setBits(value: bigint): number[] {
  const bits: number[] = [];
  // Half a value is exact as a number, whose bits are much faster to test.
  let rest = Number(value & 0xffff_ffffn);
  for (let bit = 0; bit < 64; bit++) {
    if (bit === 32) rest = Number(value >> 32n);
    if ((rest & 1) !== 0) bits.push(bit);
    rest >>>= 1;
  }
  return bits;
}

/** The mask in which exactly the given bits (0–63) are set. */
export function maskOf(bits: Iterable<number>): bigint {
  let mask = 0n;
  for (const bit of bits) mask |= bitMask(bit);
  return mask;
}
