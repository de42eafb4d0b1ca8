import type { Register } from "../../register/decode";
import { decode } from "../../register/decode";
import { assessDecode } from "../../guest/assessment";
import type { ValueDifference } from "../../guest/compare";
import { compareValues } from "../../guest/compare";
import type { GuestProfile } from "../../guest/profile";
import { hex64, hexShort } from "../../text/u64";
import { REGISTER_LABELS } from "./decodeReport";
import type { Json } from "../render/json";
import { assessmentJson, guestJson, setJson } from "../render/json";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";
import { aboutGuest, answerOf } from "../guest/verdict";

/** Two values of one register, and the guest to assess with both. */
export interface ComparedValues {
  readonly register: Register;
  readonly a: bigint;
  readonly b: bigint;
  readonly guest: GuestProfile | null;
}

/** How two values differ, and what that means for the guest. */
export function compareValuesReport({ register, a, b, guest }: ComparedValues): Report {
  const difference = compareValues(a, b);
  const name = REGISTER_LABELS[register];
  return {
    ...bareReport(
      say`${strong(name)} ${code(hexShort(a))} and ${code(hexShort(b))}`,
      valuesAnswer(difference, { register, a, b }),
    ),
    fields: [
      valueField(`only in ${hexShort(a)}`, difference.onlyA, register),
      valueField(`only in ${hexShort(b)}`, difference.onlyB, register),
      valueField("in both", difference.both, register),
    ],
    consequences: verdicts({ register, a, b, guest }),
    notes: [
      ...(a === b ? [] : measurement(register)),
      ...(guest === null ? [] : aboutGuest(guest)),
    ],
  };
}

function valuesAnswer(
  { onlyA, onlyB }: ValueDifference,
  { register, a, b }: Pick<ComparedValues, "register" | "a" | "b">,
): Phrase {
  if (onlyA === 0n && onlyB === 0n) return say`they are the same.`;
  const parts = [
    ...(onlyA === 0n ? [] : [`only ${hexShort(a)} has ${list(namesIn(register, onlyA))}`]),
    ...(onlyB === 0n ? [] : [`only ${hexShort(b)} has ${list(namesIn(register, onlyB))}`]),
  ];
  return say`${parts.join("; ")}.`;
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

/** The assessments of both values; null without a guest, and for registers of no running guest. */
function assessedBoth({ register, a, b, guest }: ComparedValues) {
  const [ofA, ofB] = [a, b].map((value) => assessDecode(decode(register, value), guest));
  return ofA == null || ofB == null ? null : { a: ofA, b: ofB };
}

function verdicts(compared: ComparedValues): Phrase[] {
  const both = assessedBoth(compared);
  if (both === null) return [];
  return [both.a, both.b].map(
    ({ verdict, guest }, index) =>
      say`With ${code(hexShort(index === 0 ? compared.a : compared.b))}: ${answerOf(verdict, guest)}`,
  );
}

function measurement(register: Register): Phrase[] {
  return register === "sev-status" || register === "sev-features"
    ? [
        say`SEV_FEATURES are part of the launch measurement: the two values give different measurements.`,
      ]
    : [];
}

/** How two values differ, for programs; `onlyA`, `onlyB` and `both` are in the register's bit positions. */
export function compareValuesJson({ register, a, b, guest }: ComparedValues): Json {
  const { onlyA, onlyB, both } = compareValues(a, b);
  return {
    register,
    a: hex64(a),
    b: hex64(b),
    onlyA: setJson(register, onlyA),
    onlyB: setJson(register, onlyB),
    both: setJson(register, both),
    guest: guest === null ? null : guestJson(guest),
    verdicts: guest === null ? null : verdictsJson({ register, a, b, guest }),
  };
}

function verdictsJson(compared: ComparedValues): Json {
  const both = assessedBoth(compared);
  return {
    a: both === null ? null : assessmentJson(both.a),
    b: both === null ? null : assessmentJson(both.b),
  };
}
