import { bitByName, featuresFromStatus } from "../../../features";
import type { Span } from "../../../text/span";
import { maskOf } from "../../../text/u64";
import type { BlockMatch, Fact } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, LineFormat, Taken } from "../format";
import type { Group } from "../kit/groups";
import { group } from "../kit/groups";
import { matchOf } from "../kit/matches";
import { isPlausibleStatus } from "../kit/plausible";

const FIELD = /(?<!\w)"?(?<name>[a-z][a-z_]{1,40})"? ?[:=] ?(?<value>true|false)\b/gu;

/** Rust's `..Default::default()`: source code that sets the fields which it leaves out. */
const SET_FROM = /\.\.[\w:*]/u;

/** The bits of a Debug struct's true fields; null where its fields are not those of the register. */
function trueFields(fields: string): number[] | null {
  if (SET_FROM.test(fields)) return null;
  const bits: number[] = [];
  let known = 0;
  for (const { groups } of fields.matchAll(FIELD)) {
    const bit = bitByName(groups?.["name"] ?? "");
    if (bit === null) continue;
    known += 1;
    if (groups?.["value"] === "true") bits.push(bit);
  }
  return known === 0 ? null : bits;
}

/**
 * `sev_status=SevStatusMsr { sev_enabled: true, es_enabled: true, … }` and
 * `features=SevFeatures { snp: true, vtom: true, … }` — a Rust struct's Debug text, also inside JSON. Reserved
 * bits are not among its fields.
 */
export const debugStruct: LineFormat = {
  name: "SEV_STATUS or SEV_FEATURES field by field",
  software: "openvmm",
  // Printed since 2025.
  anchors: ["SevStatusMsr", "SevFeatures", "sev_status"],
  // A struct whose end a `;` follows is source code.
  pattern:
    /\b(?<text>(?:(?<status>SevStatusMsr|sev_status"?:)|(?<features>SevFeatures)) ?\{ ?(?<fields>[^{}]{1,2000})\})(?!\s?;)/gu,
  read: (match, line) => {
    const struct = group(match, "text");
    const { fields = "", features } = match.groups ?? {};
    const bits = trueFields(fields);
    const fact = bits === null ? null : structFact(features !== undefined, bits);
    return struct === null || fact === null ? null : matchOf(struct, line, fact);
  },
};

/** What a struct with these SEV_STATUS bits states; null where SEV_STATUS cannot hold them. */
function structFact(isFeatures: boolean, bits: readonly number[]): Fact | null {
  const status = maskOf(bits);
  if (isFeatures)
    return {
      kind: "sev-features",
      role: "guest",
      value: featuresFromStatus(status),
      atLeast: true,
    };
  return isPlausibleStatus(status) ? { kind: "sev-status", value: status, atLeast: true } : null;
}

const OPENING = /\b(?<name>SevStatusMsr|SevFeatures) \{\s*$/du;
/** A field, reserved ones too, on a line of its own. */
const FIELD_LINE =
  /^(?<field>(?<name>[a-z_][a-z\d_]{1,40}): (?:(?<flag>true|false)|(?:0x)?[\da-f]{1,16})),$/du;
const CLOSING = /^\}[,)\]}]{0,4}\s*$/u;
/** What source code has among the fields or after them, and no program prints. */
const SOURCE = /^(?:\.\.[\w:*]|[a-z_]\w{1,40}(?:: [^",]{1,200})?,\s*$|\}[)\]}]{0,4};)/u;

interface FieldLine extends Span {
  readonly bit: number | null;
  readonly isOn: boolean;
}

function fieldLine(text: LineText): FieldLine | null {
  const match = FIELD_LINE.exec(text.body.trimEnd());
  const span = match === null ? null : group(match, "field");
  if (match === null || span === null) return null;
  const bit = bitByName(match.groups?.["name"] ?? "");
  const at = text.bodyStart;
  const isOn = match.groups?.["flag"] === "true";
  return { start: at + span.start, end: at + span.end, bit, isOn };
}

/** A struct that is being read: its first line, and the fields so far. */
class OpenStruct implements Block {
  readonly #first: { readonly text: LineText; readonly number: number; readonly span: Span };
  readonly #isFeatures: boolean;
  readonly #fields: {
    readonly field: FieldLine;
    readonly text: LineText;
    readonly number: number;
  }[] = [];

  constructor(text: LineText, number: number, name: Group) {
    this.#first = { text, number, span: { start: name.start, end: name.end } };
    this.#isFeatures = name.text === "SevFeatures";
  }

  take(text: LineText, number: number): Taken {
    const field = fieldLine(text);
    if (field !== null) {
      this.#fields.push({ field, text, number });
      return { state: "more", found: [] };
    }
    if (OPENING.test(text.text)) return { state: "over", found: this.close() };
    if (SOURCE.test(text.body)) {
      this.#fields.length = 0;
      return { state: "done", found: [] };
    }
    return CLOSING.test(text.body)
      ? { state: "done", found: this.close() }
      : { state: "foreign", found: [] };
  }

  close(): readonly BlockMatch[] {
    const known = this.#fields.filter(({ field }) => field.bit !== null);
    const bits = known.flatMap(({ field: { bit, isOn } }) => (bit !== null && isOn ? [bit] : []));
    const fact = known.length === 0 ? null : structFact(this.#isFeatures, bits);
    if (fact === null) return [];
    const { text, number, span } = this.#first;
    const tokens = known.map((row) => row.text.token(row.field, row.number, "value"));
    return [
      {
        ...text.place(span, number),
        fact,
        tokens: [text.token(span, number, "value"), ...tokens],
      },
    ];
  }
}

/**
 * The same over many lines (`{:#?}`): `sev_status=SevStatusMsr {`, then `    sev_enabled: true,` and so on to `}`.
 * One finding, at its first line.
 */
export const prettyStruct: BlockFormat = {
  name: "SEV_STATUS or SEV_FEATURES, a field a line",
  software: "openvmm",
  // Printed since 2025.
  anchors: ["SevStatusMsr {", "SevFeatures {"],
  begin: (text, number) => {
    const match = OPENING.exec(text.text);
    const name = match === null ? null : group(match, "name");
    return name === null ? null : new OpenStruct(text, number, name);
  },
  isMember: (text) => OPENING.test(text.text) || fieldLine(text) !== null,
  patience: 1,
  longest: 64,
  holds: true,
};
