import { bitByName, featuresFromStatus } from "../../../features";
import { maskOf } from "../../../text/u64";
import type { BlockMatch, Fact, Place, Token } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Read, Taken } from "../format";
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

/** Reads the group `fields` of a Debug struct; the group `features` says which register it is. */
export const readStruct: Read = (match, line) => {
  const struct = group(match, "text");
  const { fields = "", features } = match.groups ?? {};
  const bits = trueFields(fields);
  const fact = bits === null ? null : structFact(features !== undefined, bits);
  return struct === null || fact === null ? null : matchOf(struct, line, fact);
};

/** What a struct with these SEV_STATUS bits states; null where SEV_STATUS cannot hold them. */
function structFact(isFeatures: boolean, bits: readonly number[]): Fact | null {
  const status = maskOf(bits);
  const value = featuresFromStatus(status);
  if (isFeatures) return { kind: "sev-features", role: "guest", value, atLeast: true };
  return isPlausibleStatus(status) ? { kind: "sev-status", value: status, atLeast: true } : null;
}

const OPENING = /\b(?<name>SevStatusMsr|SevFeatures) \{\s*$/du;
/** A field, reserved ones too, on a line of its own. */
const FIELD_LINE =
  /^(?<field>(?<name>[a-z_][a-z\d_]{1,40}): (?:(?<flag>true|false)|(?:0x)?[\da-f]{1,16})),$/du;
const CLOSING = /^\}[,)\]}]{0,4}\s*$/u;
/** What source code has among the fields or after them, and no program prints. */
const SOURCE = /^(?:\.\.[\w:*]|[a-z_]\w{1,40}(?:: [^",]{1,200})?,\s*$|\}[)\]}]{0,4};)/u;

/** A field of the struct on a line of its own. `bit` is null for one that is no feature. */
interface FieldLine {
  readonly bit: number | null;
  readonly isOn: boolean;
  readonly token: Token;
}

function fieldLine(text: LineText, number: number): FieldLine | null {
  const match = FIELD_LINE.exec(text.body.trimEnd());
  const field = match === null ? null : group(match, "field");
  if (match === null || field === null) return null;
  const { name = "", flag } = match.groups ?? {};
  const span = { start: text.bodyStart + field.start, end: text.bodyStart + field.end };
  const token = text.token(span, number, "value");
  return { bit: bitByName(name), isOn: flag === "true", token };
}

/** A struct that is being read: its first line, and the fields so far. */
class OpenStruct implements Block {
  readonly #isFeatures: boolean;
  readonly #place: Place;
  readonly #tokens: Token[];
  /** The bits of the fields that are on; null before the first field that is a feature. */
  #bits: number[] | null = null;

  constructor(text: LineText, number: number, name: Group) {
    this.#isFeatures = name.text === "SevFeatures";
    this.#place = text.place(name, number);
    this.#tokens = [text.token(name, number, "value")];
  }

  take(text: LineText, number: number): Taken {
    const field = fieldLine(text, number);
    if (field !== null) {
      this.#add(field);
      return { state: "more", found: [] };
    }
    if (OPENING.test(text.text)) return { state: "over", found: this.close() };
    if (SOURCE.test(text.body)) return { state: "done", found: [] };
    if (!CLOSING.test(text.body)) return { state: "foreign", found: [] };
    return { state: "done", found: this.close() };
  }

  close(): readonly BlockMatch[] {
    const fact = this.#bits === null ? null : structFact(this.#isFeatures, this.#bits);
    return fact === null ? [] : [{ ...this.#place, fact, tokens: this.#tokens }];
  }

  #add({ bit, isOn, token }: FieldLine): void {
    if (bit === null) return;
    this.#bits ??= [];
    if (isOn) this.#bits.push(bit);
    this.#tokens.push(token);
  }
}

/**
 * A Debug struct over many lines (`{:#?}`): `sev_status=SevStatusMsr {`, then `    sev_enabled: true,` and so on to
 * `}`. One finding, at its first line. Since 2025.
 */
export const prettyStruct: BlockFormat = {
  name: "SEV_STATUS or SEV_FEATURES, a field a line",
  software: "openvmm",
  anchors: ["SevStatusMsr {", "SevFeatures {"],
  begin: (text, number) => {
    const match = OPENING.exec(text.text);
    const name = match === null ? null : group(match, "name");
    return name === null ? null : new OpenStruct(text, number, name);
  },
  isMember: (text) => OPENING.test(text.text) || fieldLine(text, 0) !== null,
  patience: 1,
  longest: 64,
  holds: true,
};
