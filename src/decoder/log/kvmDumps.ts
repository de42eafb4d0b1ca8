import type { ExitFields } from "../ghcb";
import { TERMINATION_EVENT } from "../ghcb";
import type { Part, SnapshotField, Span, What } from "./finding";
import { group, u64 } from "./groups";
import type { LineText } from "./lineText";
import type { Block, BlockFormat, Placed, Reading, Taken } from "./reading";
import { exitReading, featuresSaid, naeEnding } from "./said";

const HEADER = /\bGHCB \(GPA=[\da-f]{16}\)(?: snapshot)?:/du;
const FIELD =
  /\bsw_(?<name>exit_code|exit_info_1|exit_info_2) {1,10}(?<value>[\da-f]{16}) is_valid: (?<valid>[01])/du;
/** What the snapshot prints after the three fields that this is about. */
const REST = /\b(?:sw_scratch {1,10}[\da-f]{16} is_valid|valid_bitmap {1,10}[\da-f]{8,16})/u;

const FIELD_NAMES: ReadonlyMap<string, keyof ExitFields> = new Map([
  ["exit_code", "exitCode"],
  ["exit_info_1", "exitInfo1"],
  ["exit_info_2", "exitInfo2"],
]);

interface FieldLine extends SnapshotField {
  readonly field: keyof ExitFields;
  readonly text: LineText;
  readonly number: number;
  readonly span: Span;
}

function fieldOf(text: LineText, number: number): FieldLine | null {
  const match = FIELD.exec(text.text);
  const field = FIELD_NAMES.get(match?.groups?.["name"] ?? "");
  const span = match === null ? null : group(match, "value");
  const value = u64(span?.text);
  if (match === null || field === undefined || span === null || value === null) return null;
  return { field, value, valid: match.groups?.["valid"] === "1", text, number, span };
}

/** A snapshot that is being read: its first line, and the fields so far. */
class Snapshot implements Block {
  readonly #first: Placed;
  readonly #fields = new Map<keyof ExitFields, FieldLine>();

  constructor(text: LineText, number: number, header: Span) {
    this.#first = text.place({ ...header, what: null, parts: [] }, number);
    const field = fieldOf(text, number);
    if (field !== null) this.#fields.set(field.field, field);
  }

  take(text: LineText, number: number): Taken {
    const field = fieldOf(text, number);
    if (field === null) {
      const isRest = REST.test(text.text);
      if (HEADER.test(text.text)) return { state: "over", found: this.close() };
      return isRest ? { state: "done", found: this.close() } : { state: "foreign", found: [] };
    }
    // A field a second time belongs to the next snapshot, whose header was lost.
    if (this.#fields.has(field.field)) return { state: "over", found: this.close() };
    this.#fields.set(field.field, field);
    return field.field === "exitInfo2"
      ? { state: "done", found: this.close() }
      : { state: "more", found: [] };
  }

  close(): readonly Placed[] {
    if (this.#fields.size === 0) return [];
    return [{ ...this.#first, what: this.#what(), parts: this.#parts() }];
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

  #what(): What {
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
    return [...this.#fields.values()].flatMap(({ field, value, text, number, span }) => {
      const shown: Reading =
        valid[field] === null ? { kind: "invalid-field", field, value } : exitReading(field, valid);
      return text.place({ ...span, what: null, parts: [{ ...span, reading: shown }] }, number)
        .parts;
    });
  }
}

/**
 * ```
 * kvm_amd: GHCB (GPA=000000007fedb000) snapshot:
 * kvm_amd: sw_exit_code        000000008000fffe is_valid: 1
 * kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1
 * kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1
 * ```
 * What KVM prints with kvm_amd.dump_invalid_vmcb=1. Bare hex; other processors' lines may stand between.
 */
export const ghcbSnapshot: BlockFormat = {
  name: "GHCB snapshot",
  software: "kvm",
  since: null,
  anchors: ["GHCB (GPA=", "sw_exit_"],
  begin: (text, number) => {
    const match = HEADER.exec(text.text) ?? FIELD.exec(text.text);
    if (match === null) return null;
    const span = { start: match.index, end: match.index + match[0].length };
    const block = new Snapshot(text, number, span);
    return block;
  },
  isMember: ({ text }) => HEADER.test(text) || FIELD.test(text),
  patience: 8,
  longest: 64,
  holds: true,
  examples: [
    "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\nkvm_amd: sw_exit_code        000000008000fffe is_valid: 1\nkvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\nkvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
  ],
  nearMisses: ["kvm_amd: GHCB (GPA=000000007fedb000) snapshot:", "sw_exit_code at offset 0x390"],
};

const VMSA_HEADER = /\bVirtual Machine Save Area \(VMSA\):\s*$/u;
const HEX_ROW = /^(?:[\da-f]{2} ){15}[\da-f]{2}\s*$/u;
const FEATURES_ROW = 0x3b0 / 16;
/** Eight bytes of two digits, and the blanks between. */
const FEATURES_LENGTH = 23;

class SaveArea implements Block {
  #row = 0;

  take(text: LineText, number: number): Taken {
    if (VMSA_HEADER.test(text.text)) return { state: "over", found: [] };
    if (!HEX_ROW.test(text.body)) return { state: "foreign", found: [] };
    const isFeatures = this.#row === FEATURES_ROW;
    this.#row += 1;
    if (!isFeatures) return { state: "more", found: [] };
    const start = text.bodyStart;
    const bytes = text.text.slice(start, start + FEATURES_LENGTH).split(" ");
    // The lowest byte stands first.
    const value = BigInt(`0x${bytes.reverse().join("")}`);
    const span = { start, end: start + FEATURES_LENGTH };
    return { state: "done", found: [text.place(featuresSaid(span, value, "guest"), number)] };
  }

  close(): readonly Placed[] {
    return [];
  }
}

/**
 * `Virtual Machine Save Area (VMSA):` and 16 bytes a line; SEV_FEATURES are the 8 bytes at offset 0x3b0, the
 * lowest first: `29 00 00 00 00 00 00 00 …` on the 60th line. With dynamic debug only.
 */
export const vmsaDump: BlockFormat = {
  name: "VMSA as bytes",
  software: "kvm",
  since: null,
  anchors: ["Virtual Machine Save Area (VMSA):"],
  begin: ({ text }) => (VMSA_HEADER.test(text) ? new SaveArea() : null),
  isMember: (text) => HEX_ROW.test(text.body),
  patience: 4,
  longest: 128,
  holds: false,
  examples: [
    [
      "kvm_amd: Virtual Machine Save Area (VMSA):",
      ...Array.from({ length: FEATURES_ROW }, () => `${"00 ".repeat(15)}00`),
      `29 ${"00 ".repeat(14)}00`,
    ].join("\n"),
  ],
  nearMisses: [
    "Virtual Machine Save Area (VMSA):\n29 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
  ],
};
