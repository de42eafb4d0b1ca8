import type { Register } from "../../register/decode";
import { decode } from "../../register/decode";
import { assessDecode } from "../../guest/assessment";
import { compareValues } from "../../guest/compare";
import type { GuestProfile } from "../../guest/profile";
import { hex64, hexShort } from "../../text/u64";
import { REGISTER_LABELS } from "./decodeReport";
import type { Json } from "../render/json";
import { assessmentJson, guestJson, setJson } from "../render/json";
import { code, list, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";
import { TONE_SIGNS } from "../glance";
import { aboutGuest, answerOf, toneOf } from "../guest/verdict";

/** Two values of one register, and the guest to assess with both. */
export interface ComparedValues {
  readonly register: Register;
  readonly a: bigint;
  readonly b: bigint;
  readonly guest: GuestProfile | null;
}

/** How two values differ, and what that means for the guest. */
export function compareValuesReport({ register, a, b, guest }: ComparedValues): Report {
  const { onlyA, onlyB, both } = compareValues(a, b);
  const sides = [
    { value: a, only: onlyA },
    { value: b, only: onlyB },
  ];
  const differences = sides.flatMap(({ value, only }) =>
    only === 0n ? [] : [`only ${hexShort(value)} has ${list(namesIn(register, only))}`],
  );
  return {
    ...bareReport(
      say`${strong(REGISTER_LABELS[register])} ${code(hexShort(a))} and ${code(hexShort(b))}`,
      a === b ? say`the same` : say`${differences.join("; ")}`,
    ),
    fields: [
      ...sides.map(({ value, only }) => valueField(`only in ${hexShort(value)}`, only, register)),
      valueField("in both", both, register),
    ],
    consequences: [
      ...[a, b].flatMap((value) => {
        const assessed = assessDecode(decode(register, value), guest);
        return assessed === null
          ? []
          : [
              say`With ${code(hexShort(value))}: ${TONE_SIGNS[toneOf(assessed.verdict, assessed.guest)]} ${answerOf(assessed.verdict, assessed.guest)}`,
            ];
      }),
      ...(a === b || !isOfGuest(register) ? [] : [MEASUREMENT]),
    ],
    notes: guest === null ? [] : aboutGuest(guest),
  };
}

const MEASUREMENT = say`⚠ The two values give different launch measurements.`;

function isOfGuest(register: Register): boolean {
  return register === "sev-status" || register === "sev-features";
}

/** The names of the set bits of a feature register; of other registers there are only numbers. */
function namesIn(register: Register, bits: bigint): string[] {
  const features = decode(register, bits).features?.features;
  return features === undefined ? [hexShort(bits)] : features.map(({ name }) => name);
}

function valueField(name: string, bits: bigint, register: Register): FieldLine {
  return {
    name,
    value: hexShort(bits),
    meaning: decode(register, bits).features === null ? "" : namesIn(register, bits).join(" "),
  };
}

/** How two values differ, for programs; `onlyA`, `onlyB` and `both` are in the register's bit positions. */
export function compareValuesJson({ register, a, b, guest }: ComparedValues): Json {
  const verdictOf = (value: bigint) => {
    const assessed = assessDecode(decode(register, value), guest);
    return assessed === null ? null : assessmentJson(assessed);
  };
  const { onlyA, onlyB, both } = compareValues(a, b);
  return {
    register,
    a: hex64(a),
    b: hex64(b),
    onlyA: setJson(register, onlyA),
    onlyB: setJson(register, onlyB),
    both: setJson(register, both),
    guest: guest === null ? null : guestJson(guest),
    verdicts: guest === null ? null : { a: verdictOf(a), b: verdictOf(b) },
  };
}
