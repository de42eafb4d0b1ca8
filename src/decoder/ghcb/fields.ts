import type { Doubt, SourceNames } from "./provenance";

/** What a value of a field is called, in documents and in source code. */
export interface ValueName extends SourceNames {
  readonly name: string;
  readonly doubt?: Doubt;
}

/** Where a field lies in a 64-bit value; `hi` and `lo` are inclusive bit numbers, 63 >= hi >= lo >= 0. */
export interface FieldSpec extends SourceNames {
  readonly name: string;
  readonly hi: number;
  readonly lo: number;
  /** Names of values; a value that is not listed has no meaning known to us. */
  readonly values?: Readonly<Record<string, string | ValueName>>;
}

/**
 * The field in bits `hi` down to `lo`. In `linux` and `edk2`, what source code calls its values,
 * `*` stands for the value's name.
 */
export function field(
  hi: number,
  lo: number,
  name: string,
  more: Omit<FieldSpec, "name" | "hi" | "lo"> = {},
): FieldSpec {
  return { name, hi, lo, ...more };
}

/** A field taken out of a value. */
export interface DecodedField {
  readonly name: string;
  /** The bits it was taken from, as documents write them: "[15:12]", or "[63]" for one bit. */
  readonly bits: string;
  /** The field's own value, shifted down to bit 0. */
  readonly value: bigint;
  /** What this value stands for, where that is known. */
  readonly meaning?: string;
  readonly doubt?: Doubt;
}

/** The name of fields that are set although no layout defines them. */
export const RESERVED = "reserved";

const TOP_BIT = 63;

/** Bits `hi` down to `lo` of a 64-bit value, both inclusive, shifted down to bit 0. */
export function bits(value: bigint, hi: number, lo: number): bigint {
  return BigInt.asUintN(hi - lo + 1, value >> BigInt(lo));
}

/** What a field holds in a value, shifted down to bit 0. */
export function fieldValue(value: bigint, { hi, lo }: FieldSpec): bigint {
  return bits(value, hi, lo);
}

/** The mask with the bits of a field set. */
export function fieldMask({ hi, lo }: FieldSpec): bigint {
  return ((1n << BigInt(hi - lo + 1)) - 1n) << BigInt(lo);
}

/** Bit numbers as documents write them: "[15:12]", "[63]". */
export function bitRange(hi: number, lo: number): string {
  return hi === lo ? `[${hi}]` : `[${hi}:${lo}]`;
}

/**
 * Takes every field of a layout out of a value, in the layout's order. Bits that are set but lie
 * in no field follow as fields named {@link RESERVED}, highest first: nothing that was set is lost.
 * A layout without fields gives none.
 */
export function decodeFields(value: bigint, layout: readonly FieldSpec[] = []): DecodedField[] {
  if (layout.length === 0) return [];
  const fields = layout.map((spec) => decodeField(value, spec));
  const covered = layout.reduce((mask, spec) => mask | fieldMask(spec), 0n);
  return [...fields, ...reservedRuns(BigInt.asUintN(TOP_BIT + 1, value), covered)];
}

function decodeField(value: bigint, spec: FieldSpec): DecodedField {
  const held = fieldValue(value, spec);
  const known = spec.values?.[held.toString()];
  const { name: meaning, doubt } = typeof known === "string" ? { name: known } : (known ?? {});
  return {
    name: spec.name,
    bits: bitRange(spec.hi, spec.lo),
    value: held,
    ...(meaning === undefined ? {} : { meaning }),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

function reservedRuns(value: bigint, covered: bigint): DecodedField[] {
  const runs: DecodedField[] = [];
  for (let hi = TOP_BIT; hi >= 0;) {
    if (bits(covered, hi, hi) === 1n) {
      hi -= 1;
      continue;
    }
    let lo = hi;
    while (lo > 0 && bits(covered, lo - 1, lo - 1) === 0n) lo -= 1;
    const held = bits(value, hi, lo);
    if (held !== 0n) runs.push({ name: RESERVED, bits: bitRange(hi, lo), value: held });
    hi = lo - 1;
  }
  return runs;
}
