import { group, ofEvery, ofEveryValue, recognised, u64, valueGroup } from "../kit/groups";
import type { LineFormat, Said } from "../../reading";
import { exitReading, exitSaid, featuresSaid, ghcbMsrSaid } from "../kit/said";

const TRACED =
  /kvm_vmgexit_(?<when>enter|exit): {1,40}vcpu \d{1,10}, exit_reason (?<exitCode>[\da-f]{1,16}), exit_info1 (?<exitInfo1>[\da-f]{1,16}), exit_info2 (?<exitInfo2>[\da-f]{1,16})\b/dgu;

function tracedSaid(match: RegExpExecArray): Said[] {
  if (match.groups?.["when"] === "enter") return exitSaid(match);
  const exitCode = u64(match.groups?.["exitCode"]);
  const span = group(match, "exitCode");
  if (span === null) return [];
  const answer = {
    exitCode,
    exitInfo1: u64(match.groups?.["exitInfo1"]),
    exitInfo2: u64(match.groups?.["exitInfo2"]),
  };
  const request = { exitCode, exitInfo1: null, exitInfo2: null };
  return [
    {
      start: span.start,
      end: span.end,
      fact: { kind: "vmgexit", ...answer, answer: true },
      parts: [
        ...recognised(match, "exitCode", () => exitReading("exitCode", request)),
        ...(["exitInfo1", "exitInfo2"] as const).flatMap((field) =>
          recognised(match, field, () => ({ kind: "answer", field, fields: answer })),
        ),
      ],
    },
  ];
}

/**
 * `kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800` — all bare hex. What
 * `kvm_vmgexit_exit` prints is the hypervisor's answer: SW_EXITINFO1 and 2 mean something else there.
 */
const tracedExit: LineFormat = {
  name: "tracepoints kvm_vmgexit_enter and _exit",
  software: "kvm",
  since: "5.11",
  anchors: ["kvm_vmgexit_e"],
  recognise: (line) => ofEvery(line, TRACED, tracedSaid),
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
    "qemu-4321 [003] ..... 456.789: kvm:kvm_vmgexit_exit: vcpu 0, exit_reason 8000fffe, exit_info1 2, exit_info2 6",
  ],
  nearMisses: ["echo 1 > events/kvm/kvm_vmgexit_enter/enable"],
};

const TRACED_MSR =
  /kvm_vmgexit_msr_protocol_enter: {1,40}vcpu \d{1,10}, ghcb_gpa (?<value>[\da-f]{1,16})\b/dgu;

/** `kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100` — the GHCB MSR, bare hex. */
const tracedMsr: LineFormat = {
  name: "tracepoint kvm_vmgexit_msr_protocol_enter",
  software: "kvm",
  since: "5.11",
  anchors: ["kvm_vmgexit_msr_protocol_enter"],
  recognise: (line) => ofEveryValue(line, TRACED_MSR, (found) => [ghcbMsrSaid(found, found.value)]),
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100",
  ],
  nearMisses: ["kvm_vmgexit_msr_protocol_enter is a tracepoint"],
};

const TRACED_ANSWER =
  /kvm_vmgexit_msr_protocol_exit: {1,40}vcpu \d{1,10}, ghcb_gpa (?<value>[\da-f]{1,16})\b/dgu;

/** `kvm_vmgexit_msr_protocol_exit: vcpu 0, ghcb_gpa 0001000000000015, result 0` — what KVM leaves in the GHCB MSR. */
const tracedAnswer: LineFormat = {
  name: "tracepoint kvm_vmgexit_msr_protocol_exit",
  software: "kvm",
  since: "5.11",
  anchors: ["kvm_vmgexit_msr_protocol_exit"],
  recognise: (line) =>
    ofEveryValue(line, TRACED_ANSWER, (found) => [ghcbMsrSaid(found, found.value)]),
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_msr_protocol_exit: vcpu 0, ghcb_gpa 0001000000000015, result 0",
  ],
  nearMisses: ["kvm_vmgexit_msr_protocol_exit is a tracepoint"],
};

const VMSA_FIELD =
  /\b(?:allowed_sev_features: {0,20}(?<allowed>[\da-f]{16})|(?:guest_sev_features: {0,20}|sev_features {4})(?<guest>[\da-f]{16}))\b/dgu;

/** `allowed_sev_features:8000000000000001`, `guest_sev_features: 0…81`, `sev_features    0…81` — bare hex. */
const vmsaField: LineFormat = {
  name: "SEV_FEATURES in a VMCB or VMSA dump",
  software: "kvm",
  since: "6.16",
  anchors: ["sev_features"],
  recognise: (line) =>
    ofEvery(line, VMSA_FIELD, (match) =>
      (["allowed", "guest"] as const).flatMap((role) => {
        const found = valueGroup(match, role);
        return found === null ? [] : [featuresSaid(found, found.value, role)];
      }),
    ),
  examples: [
    "kvm_amd: allowed_sev_features:8000000000000001",
    "kvm_amd: guest_sev_features: 0000000000000081",
    "kvm_amd: sev_features    0000000000000081",
  ],
  nearMisses: ["kvm_amd: vmsa_pa:            00000005d35c0000"],
};

export const KVM_TRACES: readonly LineFormat[] = [tracedExit, tracedMsr, tracedAnswer, vmsaField];
