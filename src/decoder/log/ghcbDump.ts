import { TERMINATION_EVENT, carriesFeatureMask, reasonFromInfo1 } from "../ghcb";
import type { ExitFields } from "../ghcb";
import { recognised, u64 } from "./groups";
import type { LineFormat, Lines } from "./reading";

const FIELD =
  /\bsw_(?<name>exit_code|exit_info_1|exit_info_2) {1,10}(?<value>[\da-f]{16}) is_valid: (?<valid>[01])/du;

const FIELD_NAMES: ReadonlyMap<string, keyof ExitFields> = new Map([
  ["exit_code", "exitCode"],
  ["exit_info_1", "exitInfo1"],
  ["exit_info_2", "exitInfo2"],
]);

/** The order in which the fields stand, each on a line of its own, with nothing between them. */
const ORDER = ["exitCode", "exitInfo1", "exitInfo2"] as const;

/** What the dump around a line says of the three fields; a field that is not valid says nothing. */
function dumpAround(lines: Lines, number: number, field: keyof ExitFields): ExitFields {
  const first = number - ORDER.indexOf(field);
  const valueAt = (place: number): bigint | null => {
    const groups = FIELD.exec(lines(first + place) ?? "")?.groups;
    // Another dump may begin where this one should go on: only the field that is due counts.
    const isDue = FIELD_NAMES.get(groups?.["name"] ?? "") === ORDER[place];
    return isDue && groups?.["valid"] === "1" ? u64(groups["value"]) : null;
  };
  return { exitCode: valueAt(0), exitInfo1: valueAt(1), exitInfo2: valueAt(2) };
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
    const field = FIELD_NAMES.get(match?.groups?.["name"] ?? "");
    if (match === null || field === undefined) return [];
    if (match.groups?.["valid"] !== "1") {
      return recognised(match, "value", (value) => ({ kind: "invalid-field", field, value }));
    }
    const fields = dumpAround(lines, number, field);
    return recognised(match, "value", (value) =>
      field === "exitInfo2" && fields.exitCode === TERMINATION_EVENT && isRefusal(fields.exitInfo1)
        ? { kind: "register", register: "unsupported-features", value }
        : { kind: "exit", field, fields },
    );
  },
  examples: ["kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1"],
};

function isRefusal(exitInfo1: bigint | null): boolean {
  return exitInfo1 !== null && carriesFeatureMask(reasonFromInfo1(exitInfo1));
}
