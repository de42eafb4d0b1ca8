import type { Read } from "../format";
import { printedBy } from "../format";
import { exitMatch } from "../kit/exit";
import { endOf, hex } from "../kit/groups";
import { readFeaturesByRole, readGhcbMsr } from "../kit/matches";

/** What stands between two values; the other one has a 2. */
const BETWEEN = ", exit_info1 ";

/** The groups by number: a trace has a line for every exit, and millions of them. */
const readTraced: Read = (match, line) => {
  const [, when, code = "", info1 = "", info2 = ""] = match;
  const end = endOf(match);
  const end1 = end - info2.length - BETWEEN.length;
  const end0 = end1 - info1.length - BETWEEN.length;
  const exit = { exitCode: hex(code), exitInfo1: hex(info1), exitInfo2: hex(info2) };
  const start = end0 - code.length;
  const tokens = [
    { start, end: end0, line, field: "exitCode" },
    { start: end1 - info1.length, end: end1, line, field: "exitInfo1" },
    { start: end - info2.length, end, line, field: "exitInfo2" },
  ] as const;
  if (when === "enter") return exitMatch(exit, tokens);
  return { start, end: end0, fact: { kind: "vmgexit", ...exit, answer: true }, tokens };
};

export const KVM_TRACES = printedBy("kvm", [
  /**
   * `kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800` — all bare hex. What
   * `kvm_vmgexit_exit` prints is the hypervisor's answer: SW_EXITINFO1 and 2 mean something else there. Since 5.11.
   */
  {
    name: "tracepoints kvm_vmgexit_enter and _exit",
    anchors: ["kvm_vmgexit_e"],
    pattern:
      /kvm_vmgexit_(enter|exit): {1,40}vcpu \d{1,10}, exit_reason ([\da-f]{1,16}), exit_info1 ([\da-f]{1,16}), exit_info2 ([\da-f]{1,16})\b/gu,
    read: readTraced,
  },
  /** `kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100` — the GHCB MSR, bare hex. Since 5.11. */
  {
    name: "tracepoint kvm_vmgexit_msr_protocol_enter",
    anchors: ["kvm_vmgexit_msr_protocol_enter"],
    pattern:
      /kvm_vmgexit_msr_protocol_enter: {1,40}vcpu \d{1,10}, ghcb_gpa (?<value>[\da-f]{1,16})\b/gu,
    read: readGhcbMsr,
  },
  /** `kvm_vmgexit_msr_protocol_exit: vcpu 0, ghcb_gpa 0001000000000015, result 0` — KVM's answer in it. Since 5.11. */
  {
    name: "tracepoint kvm_vmgexit_msr_protocol_exit",
    anchors: ["kvm_vmgexit_msr_protocol_exit"],
    pattern:
      /kvm_vmgexit_msr_protocol_exit: {1,40}vcpu \d{1,10}, ghcb_gpa (?<value>[\da-f]{1,16})\b/gu,
    read: readGhcbMsr,
  },
  /** `allowed_sev_features:8000000000000001`, `guest_sev_features: 0…81`, `sev_features    0…81` — bare hex. Since 6.16. */
  {
    name: "SEV_FEATURES in a VMCB or VMSA dump",
    anchors: ["sev_features"],
    pattern:
      /\b(?:allowed_sev_features: {0,20}(?<allowed>[\da-f]{16})|(?:guest_sev_features: {0,20}|sev_features {4})(?<guest>[\da-f]{16}))\b/gu,
    read: readFeaturesByRole("allowed", "guest"),
  },
]);
