import type { ExitFields } from "../../../ghcb";
import type { FeaturesRole } from "../../finding";

/** A field of a structure that SEV software lays out. */
export type LaidOut = FeaturesRole | keyof ExitFields;

/**
 * Where the structures have their fields, in bytes: the VMSA (AMD APM volume 2, table B-4; Linux struct
 * sev_es_save_area), the GHCB (Linux struct ghcb_save_area), the control area of the VMCB. None can be a value of its
 * field: as SEV_FEATURES they lack SNPActive, no exit code has them, no guest refuses bits 8 and 9.
 */
const OFFSETS: Partial<Readonly<Record<LaidOut, readonly bigint[]>>> = {
  guest: [0x3b0n, 0x140n],
  requested: [0x3b0n],
  allowed: [0x138n],
  exitCode: [0x390n, 0x3c0n],
  exitInfo1: [0x398n, 0x390n],
  exitInfo2: [0x3a0n, 0x398n],
};

/** The VMCB's exit fields. Each may be a value too, so that only several of them together tell. */
const IN_VMCB: Readonly<Record<keyof ExitFields, bigint>> = {
  exitCode: 0x70n,
  exitInfo1: 0x78n,
  exitInfo2: 0x80n,
};

/** Words of source code that ask where a field stands. */
const OFFSET_BEFORE = /\b(?:FIELD_)?OFFSET(?:_?OF)?!?\s?\([^;]{0,80}$/iu;

/** Whether a number behind a field's name is the field's place. `before` is the line up to the name. */
export function isOffset(field: LaidOut, value: bigint, before: string): boolean {
  return OFFSETS[field]?.includes(value) === true || OFFSET_BEFORE.test(before);
}

/** Whether the fields of an exit are all where the VMCB has them. */
export function areOffsets(
  fields: readonly { readonly named: keyof ExitFields; readonly value: bigint }[],
): boolean {
  return fields.length > 1 && fields.every(({ named, value }) => IN_VMCB[named] === value);
}
