import { carriesFeatureMask, reasonFromInfo1 } from "../ghcb";
import type { ExitFields } from "../ghcb";
import { recognised, u64 } from "./groups";
import type { LineFormat, Lines } from "./reading";

const FIELD =
  /\bsw_(?<name>exit_code|exit_info_1|exit_info_2) {1,10}(?<value>[\da-f]{16}) is_valid: (?<valid>[01])/du;

const FIELD_NAMES: Readonly<Record<string, keyof ExitFields>> = {
  exit_code: "exitCode",
  exit_info_1: "exitInfo1",
  exit_info_2: "exitInfo2",
};

/** The three lines stand together: no other of them is further away than this. */
const BLOCK = 2;

/** What the lines around say of the three fields; a field that is not valid says nothing. */
function block(lines: Lines, number: number): ExitFields {
  const found: Record<keyof ExitFields, bigint | null> = {
    exitCode: null,
    exitInfo1: null,
    exitInfo2: null,
  };
  for (let near = number - BLOCK; near <= number + BLOCK; near++) {
    const groups = FIELD.exec(lines(near) ?? "")?.groups;
    const field = FIELD_NAMES[groups?.["name"] ?? ""];
    if (field !== undefined && groups?.["valid"] === "1") found[field] = u64(groups["value"]);
  }
  return found;
}

/**
 * `sw_exit_info_2      0000000000000800 is_valid: 1` — a field of the GHCB snapshot that KVM prints with
 * kvm_amd.dump_invalid_vmcb=1. Bare hex; the exit code on a line beside it says what the value is.
 */
export const ghcbDump: LineFormat = {
  name: "KVM: GHCB snapshot",
  anchors: ["sw_exit_"],
  recognise: (line, { lines, number }) => {
    const match = FIELD.exec(line);
    const field = FIELD_NAMES[match?.groups?.["name"] ?? ""];
    if (match === null || field === undefined) return [];
    const fields = block(lines, number);
    return recognised(match, "value", (value) => {
      const isMask =
        field === "exitInfo2" &&
        match.groups?.["valid"] === "1" &&
        fields.exitCode === TERM_REQUEST &&
        fields.exitInfo1 !== null &&
        carriesFeatureMask(reasonFromInfo1(fields.exitInfo1));
      return isMask
        ? { kind: "register", register: "unsupported-features", value }
        : { kind: "exit", field, fields: { ...fields, [field]: value } };
    });
  },
  examples: ["kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1"],
};

const TERM_REQUEST = 0x8000_fffen;
