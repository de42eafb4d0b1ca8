import type { Decode } from "../../register/decode";
import type { DecodedField, DecodedGhcbMsr, TerminationReason } from "../../ghcb";
import { GHCB_GPA, INFO1_REASON_LAYOUT, bits, decodeFields } from "../../ghcb";
import { hexShort } from "../../text/u64";
import { guestRequestFields, hvFeatureFields, reasonNames } from "./ghcbReport";

/** One field of a value, cut out of its bits. Everything in it survives JSON. */
export interface FieldCell {
  /** Both inclusive; null for a line that is no run of bits of the value itself. */
  readonly bits: { readonly from: number; readonly to: number } | null;
  readonly name: string;
  /** The field's own value, shifted down to bit 0. */
  readonly value: string;
  readonly meaning: string;
}

/** The fields of a value that is no set of features, highest first, then what they stand for; none for features. */
export function fieldCells(decoded: Decode): FieldCell[] {
  switch (decoded.register) {
    case "ghcb-msr":
      return msrCells(decoded.value, decoded.msr);
    case "exit-info-1":
      return withReason(decodeFields(decoded.value, INFO1_REASON_LAYOUT), decoded.reason);
    case "guest-request-error":
      return guestRequestFields(decoded.error).map(({ name, value, meaning }) => ({
        bits: rangeOf(name),
        name: name.replace(/ \[[\d:]+\]$/u, ""),
        value,
        meaning,
      }));
    default:
      return [];
  }
}

function msrCells(value: bigint, msr: DecodedGhcbMsr): FieldCell[] {
  const { request, code, reason, fields, hvFeatures } = msr;
  const info = { bits: { from: 11, to: 0 }, name: "GHCBInfo", value: hexShort(code) };
  if (request === GHCB_GPA) {
    const page = {
      bits: { from: 63, to: 12 },
      name: "GHCB page",
      value: hexShort(bits(value, 63, 12)),
      meaning: "number of the 4 KiB page",
    };
    return [page, { ...info, meaning: "0: the value is the GHCB's address" }];
  }
  const rest = bits(value, 63, 12);
  if (fields.length === 0 && rest !== 0n) {
    const above = { bits: { from: 63, to: 12 }, name: "rest", value: hexShort(rest), meaning: "" };
    return [above, { ...info, meaning: request }];
  }
  const cells = reason === null ? fields.map((one) => fieldCell(one)) : withReason(fields, reason);
  const features = hvFeatures === null ? [] : hvFeatureFields(hvFeatures);
  return [
    ...highestFirst([...cells, { ...info, meaning: request }]),
    ...features.map((line) => ({ ...line, bits: null })),
  ];
}

/** The reason's fields, with the names of the pair beside the code. */
function withReason(fields: readonly DecodedField[], reason: TerminationReason): FieldCell[] {
  const names = reasonNames(reason) || "no source names this pair";
  const owners = [...new Set(reason.candidates.map(({ software }) => software))].join(", ");
  return highestFirst(
    fields.map((one) => {
      if (one.name === "reason code") return fieldCell(one, names);
      return one.name === "reason set" ? fieldCell(one, owners) : fieldCell(one);
    }),
  );
}

function fieldCell(
  { name, bits: range, value, meaning = "" }: DecodedField,
  says = meaning,
): FieldCell {
  return { bits: rangeOf(range), name, value: hexShort(value), meaning: says };
}

/** The bits of `[15:12]` or `[63]`. */
function rangeOf(text: string): FieldCell["bits"] {
  const found = /\[(?<hi>\d+)(?::(?<lo>\d+))?\]/u.exec(text)?.groups;
  if (found === undefined) return null;
  const from = Number(found["hi"]);
  return { from, to: found["lo"] === undefined ? from : Number(found["lo"]) };
}

function highestFirst(cells: readonly FieldCell[]): FieldCell[] {
  return [...cells].sort((a, b) => (b.bits?.from ?? -1) - (a.bits?.from ?? -1));
}
