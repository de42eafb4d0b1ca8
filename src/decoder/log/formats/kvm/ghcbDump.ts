import type { ExitFields } from "../../../ghcb";
import { TERMINATION_EVENT } from "../../../ghcb";
import type { BlockMatch, Place, SnapshotField } from "../../finding";
import type { LineText } from "../../line/lineText";
import { naeEnding } from "../kit/exit";
import { spanOf, valueGroup } from "../kit/groups";
import { tokenAt } from "../kit/matches";

/** A message of a dump of the GHCB: its first one, one of the three fields that this is about, or one that comes after those. */
export const MESSAGE =
  /\b(?:GHCB \(GPA=[\da-f]{16}\)(?: snapshot)?:|sw_(?<name>exit_code|exit_info_1|exit_info_2) {1,10}(?<value>[\da-f]{16}) is_valid: (?<valid>[01])|(?<rest>sw_scratch {1,10}[\da-f]{16} is_valid|valid_bitmap {1,10}[\da-f]{8,16}))/dgu;

/** In the order in which the kernel prints them. */
export const FIELDS: readonly (keyof ExitFields)[] = ["exitCode", "exitInfo1", "exitInfo2"];
const FIELD_NAMES: readonly string[] = ["exit_code", "exit_info_1", "exit_info_2"];

export interface FieldMessage {
  readonly kind: "field";
  readonly field: SnapshotField;
  readonly place: Place;
  /** Which of {@link FIELDS}. */
  readonly index: number;
}

/** What one match says, and where. */
export type Message =
  FieldMessage | { readonly kind: "header"; readonly place: Place } | { readonly kind: "rest" };

/** What a match of {@link MESSAGE} says. */
export function messageOf(match: RegExpExecArray, text: LineText, number: number): Message {
  const { name, rest, valid } = match.groups ?? {};
  if (rest !== undefined) return { kind: "rest" };
  const found = valueGroup(match, "value");
  const place = text.place(found ?? spanOf(match), number);
  if (found === null || name === undefined) return { kind: "header", place };
  const field = { value: found.value, valid: valid === "1" };
  return { kind: "field", index: FIELD_NAMES.indexOf(name), field, place };
}

/**
 * One dump that is being read, and how many of its fields were printed: at least `least`, and no more than `most`.
 * The two differ where a field was printed of which nobody can say whether it is this dump's.
 */
export class Snapshot {
  readonly #first: Place;
  readonly #fields = new Map<keyof ExitFields, FieldMessage>();
  #least: number;
  #most: number;

  /** `printed`: how many fields come before the place where it begins, which is the header or a field. */
  constructor(first: Place, printed: number) {
    this.#first = first;
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

  told(): BlockMatch[] {
    if (this.#fields.size === 0) return [];
    const fieldOf = (name: keyof ExitFields) => this.#fields.get(name)?.field ?? null;
    const exitCode = fieldOf("exitCode");
    const exitInfo1 = fieldOf("exitInfo1");
    const exitInfo2 = fieldOf("exitInfo2");
    const isTermination = validValue(exitCode) === TERMINATION_EVENT;
    const ending = isTermination ? naeEnding(validValue(exitInfo1), validValue(exitInfo2)) : null;
    const tokens = Array.from(this.#fields, ([name, { place }]) => tokenAt(place, name));
    const fact = { kind: "ghcb", exitCode, exitInfo1, exitInfo2, ending } as const;
    return [{ ...this.#first, fact, tokens }];
  }
}

/** The value of a field that was set for this exit. */
function validValue(field: SnapshotField | null): bigint | null {
  return field?.valid === true ? field.value : null;
}
