import type { ExitFields } from "../../../ghcb";
import { TERMINATION_EVENT } from "../../../ghcb";
import type { Part, SnapshotField, Span, Fact } from "../../finding";
import { group, u64 } from "../kit/groups";
import type { LineText } from "../../line/lineText";
import type { Placed, Reading } from "../../reading";
import { exitReading, naeEnding } from "../kit/said";

/** A message of a dump of the GHCB: its first one, one of the three fields that this is about, or one that comes after those. */
export const MESSAGE =
  /\b(?:GHCB \(GPA=[\da-f]{16}\)(?: snapshot)?:|sw_(?<name>exit_code|exit_info_1|exit_info_2) {1,10}(?<value>[\da-f]{16}) is_valid: (?<valid>[01])|(?<rest>sw_scratch {1,10}[\da-f]{16} is_valid|valid_bitmap {1,10}[\da-f]{8,16}))/dgu;

/** In the order in which the kernel prints them. */
export const FIELDS: readonly (keyof ExitFields)[] = ["exitCode", "exitInfo1", "exitInfo2"];
const FIELD_NAMES: readonly string[] = ["exit_code", "exit_info_1", "exit_info_2"];

/** A place in a log. */
interface Place {
  readonly text: LineText;
  readonly number: number;
  readonly span: Span;
}

export interface FieldMessage extends SnapshotField, Place {
  readonly kind: "field";
  /** Which of {@link FIELDS}. */
  readonly index: number;
}

/** What one match says. */
export type Message = FieldMessage | (Place & { readonly kind: "header" | "rest" });

/** What a match of {@link MESSAGE} says, and where; null for a number that is no value. */
export function messageOf(match: RegExpExecArray, text: LineText, number: number): Message | null {
  const { index: start, groups } = match;
  const whole = { start, end: start + match[0].length };
  if (groups?.["rest"] !== undefined) return { kind: "rest", text, number, span: whole };
  const span = group(match, "value");
  if (span === null) return { kind: "header", text, number, span: whole };
  const index = FIELD_NAMES.indexOf(groups?.["name"] ?? "");
  const value = u64(span.text);
  if (value === null || index === -1) return null;
  return { kind: "field", index, value, valid: groups?.["valid"] === "1", text, number, span };
}

/**
 * One dump that is being read, and how many of its fields were printed: at least `least`, and no more than `most`.
 * The two differ where a field was printed of which nobody can say whether it is this dump's.
 */
export class Snapshot {
  readonly #first: Placed;
  readonly #fields = new Map<keyof ExitFields, FieldMessage>();
  #least: number;
  #most: number;

  /** `printed`: how many fields come before the place where it begins, which is the header or a field. */
  constructor({ text, number, span }: Place, printed: number) {
    const { start, end } = span;
    this.#first = text.place({ start, end, fact: null, parts: [] }, number);
    this.#least = printed;
    this.#most = printed;
  }

  get isWhole(): boolean {
    return this.#least === FIELDS.length;
  }

  /** Whether this field can be the next one. */
  mayPrint(index: number): boolean {
    return this.#least <= index && index <= this.#most;
  }

  /** The field is this dump's. */
  add(field: FieldMessage): void {
    const name = FIELDS[field.index];
    if (name !== undefined) this.#fields.set(name, field);
    this.#least = field.index + 1;
    this.#most = this.#least;
  }

  /** The field is this dump's or another one's. */
  doubt(index: number): void {
    this.#most = Math.max(this.#most, index + 1);
  }

  told(): Placed[] {
    if (this.#fields.size === 0) return [];
    return [{ ...this.#first, fact: this.#fact(), parts: this.#parts() }];
  }

  #snapshotField(field: keyof ExitFields): SnapshotField | null {
    const found = this.#fields.get(field);
    return found === undefined ? null : { value: found.value, valid: found.valid };
  }

  /** The fields that were set for this exit; what is not valid says nothing. */
  #valid(): ExitFields {
    const valid = (field: keyof ExitFields) => {
      const found = this.#fields.get(field);
      return found?.valid === true ? found.value : null;
    };
    return {
      exitCode: valid("exitCode"),
      exitInfo1: valid("exitInfo1"),
      exitInfo2: valid("exitInfo2"),
    };
  }

  #fact(): Fact {
    const { exitCode, exitInfo1, exitInfo2 } = this.#valid();
    return {
      kind: "ghcb",
      exitCode: this.#snapshotField("exitCode"),
      exitInfo1: this.#snapshotField("exitInfo1"),
      exitInfo2: this.#snapshotField("exitInfo2"),
      ending: exitCode === TERMINATION_EVENT ? naeEnding(exitInfo1, exitInfo2) : null,
    };
  }

  #parts(): Part[] {
    const valid = this.#valid();
    return [...this.#fields].flatMap(
      ([
        field,
        {
          value,
          text,
          number,
          span: { start, end },
        },
      ]) => {
        const shown: Reading =
          valid[field] === null
            ? { kind: "invalid-field", field, value }
            : exitReading(field, valid);
        const part = { start, end, reading: shown };
        return text.place({ start, end, fact: null, parts: [part] }, number).parts;
      },
    );
  }
}
