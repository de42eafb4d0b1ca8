import { TERMINATION_EVENT, carriesFeatureMask, reasonFromInfo1 } from "../ghcb";
import { group, recognised, u64 } from "./groups";
import type { LineFormat, Reading, Recognised } from "./reading";

const UNSUPPORTED_EVENT = 0x8000_ffffn;

/** SW_EXITINFO2 of a termination: a mask of features only where SW_EXITINFO1 says so. */
function terminationInfo(exitInfo1: bigint, exitInfo2: bigint): Reading {
  return carriesFeatureMask(reasonFromInfo1(exitInfo1))
    ? { kind: "register", register: "unsupported-features", value: exitInfo2 }
    : {
        kind: "exit",
        field: "exitInfo2",
        fields: { exitCode: TERMINATION_EVENT, exitInfo1, exitInfo2 },
      };
}

/** The three exit fields of one match, each read with the others in sight. */
function exitFields(match: RegExpExecArray, exitCode: bigint | null): Recognised[] {
  const fields = {
    exitCode: exitCode ?? u64(match.groups?.["exitCode"]),
    exitInfo1: u64(match.groups?.["exitInfo1"]),
    exitInfo2: u64(match.groups?.["exitInfo2"]),
  };
  return (["exitCode", "exitInfo1", "exitInfo2"] as const).flatMap((field) =>
    recognised(match, field, (value) =>
      field === "exitInfo2" && fields.exitCode === TERMINATION_EVENT && fields.exitInfo1 !== null
        ? terminationInfo(fields.exitInfo1, value)
        : { kind: "exit", field, fields },
    ),
  );
}

const MSR_TERMINATION =
  /SEV-ES guest requested termination: (?<reason>0x(?<set>[\da-f]{1,16}):0x(?<code>[\da-f]{1,16}))\b/du;

/** `kvm_amd: SEV-ES guest requested termination: 0x0:0x2` — reason set and code, from the GHCB MSR. Since 5.11. */
const msrTermination: LineFormat = {
  name: "KVM: termination by the GHCB MSR protocol",
  anchors: ["requested termination: 0x"],
  recognise: (line) => {
    const match = MSR_TERMINATION.exec(line);
    const reason = match === null ? null : group(match, "reason");
    const set = u64(`0x${match?.groups?.["set"] ?? ""}`);
    const code = u64(`0x${match?.groups?.["code"] ?? ""}`);
    // A set has 4 bits and a code 8: anything larger is not this message.
    if (reason === null || set === null || code === null || set > 0xfn || code > 0xffn) return [];
    const { start, end } = reason;
    return [
      {
        start,
        end,
        reading: { kind: "termination", channel: "msr", set: Number(set), code: Number(code) },
      },
    ];
  },
  examples: [
    "[  512.104233] kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
    "SEV-ES guest requested termination: 0x1:0x2",
  ],
};

const NAE_TERMINATION =
  /SEV-ES (?<who>guest|guess) requested termination: reason (?<reason>0x[\da-f]{1,16}) info (?<info>0x[\da-f]{1,16})\b/du;

/** `… requested termination: reason 0x20 info 0x800` — SW_EXITINFO1 and SW_EXITINFO2. Since 6.10; "guess" in AMD's trees. */
const naeTermination: LineFormat = {
  name: "KVM: termination by the GHCB",
  anchors: ["requested termination: reason"],
  recognise: (line) => {
    const match = NAE_TERMINATION.exec(line);
    const exitInfo1 = u64(match?.groups?.["reason"]);
    if (match === null || exitInfo1 === null) return [];
    return [
      ...recognised(match, "reason", (value) => ({
        kind: "register",
        register: "exit-info-1",
        value,
      })),
      ...recognised(match, "info", (value) =>
        match.groups?.["who"] === "guess"
          ? { kind: "repeated-info", value }
          : terminationInfo(exitInfo1, value),
      ),
    ];
  },
  examples: [
    "[  512.104233] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
    "SEV-ES guess requested termination: reason 0x20 info 0x20",
  ],
};

const REFUSED_EXIT = /vmgexit: exit code (?<exitCode>0x[\da-f]{1,16}) (?:input )?is not valid/du;

/** `… vmgexit: exit code 0x8000fffe is not valid` — KVM before 6.10 does not know the termination event. */
const refusedExit: LineFormat = {
  name: "KVM: exit code it does not accept",
  anchors: ["vmgexit: exit code"],
  recognise: (line) => {
    const match = REFUSED_EXIT.exec(line);
    return match === null ? [] : exitFields(match, null);
  },
  examples: [
    "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid",
  ],
};

const UNSUPPORTED =
  /vmgexit: unsupported event - exit_info_1=(?<exitInfo1>0x[\da-f]{1,16}), exit_info_2=(?<exitInfo2>0x[\da-f]{1,16})/du;

/** `… vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0` — the guest could not handle a #VC. */
const unsupportedEvent: LineFormat = {
  name: "KVM: event the guest could not handle",
  anchors: ["vmgexit: unsupported event"],
  recognise: (line) => {
    const match = UNSUPPORTED.exec(line);
    return match === null ? [] : exitFields(match, UNSUPPORTED_EVENT);
  },
  examples: [
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0xffffffff81000000 vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0",
  ],
};

const TRACED_ENTER =
  /kvm_vmgexit_enter: {1,40}vcpu \d{1,6}, exit_reason (?<exitCode>[\da-f]{1,16}), exit_info1 (?<exitInfo1>[\da-f]{1,16}), exit_info2 (?<exitInfo2>[\da-f]{1,16})\b/du;

/** `kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800` — all bare hex. */
const tracedExit: LineFormat = {
  name: "KVM tracepoint kvm_vmgexit_enter",
  anchors: ["kvm_vmgexit_enter"],
  recognise: (line) => {
    const match = TRACED_ENTER.exec(line);
    return match === null ? [] : exitFields(match, null);
  },
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
  ],
};

const TRACED_EXIT =
  /kvm_vmgexit_exit: {1,40}vcpu \d{1,6}, exit_reason (?<exitCode>[\da-f]{1,16}), exit_info1 (?<exitInfo1>[\da-f]{1,16}), exit_info2 (?<exitInfo2>[\da-f]{1,16})\b/du;

/** `kvm_vmgexit_exit: vcpu 0, exit_reason 80000011, exit_info1 0, exit_info2 200000000` — the hypervisor's answer. */
const tracedAnswer: LineFormat = {
  name: "KVM tracepoint kvm_vmgexit_exit",
  anchors: ["kvm_vmgexit_exit"],
  recognise: (line) => {
    const match = TRACED_EXIT.exec(line);
    if (match === null) return [];
    const fields = {
      exitCode: u64(match.groups?.["exitCode"]),
      exitInfo1: u64(match.groups?.["exitInfo1"]),
      exitInfo2: u64(match.groups?.["exitInfo2"]),
    };
    const request = { exitCode: fields.exitCode, exitInfo1: null, exitInfo2: null };
    return [
      ...recognised(match, "exitCode", () => ({
        kind: "exit",
        field: "exitCode",
        fields: request,
      })),
      ...recognised(match, "exitInfo1", () => ({ kind: "answer", field: "exitInfo1", fields })),
      ...recognised(match, "exitInfo2", () => ({ kind: "answer", field: "exitInfo2", fields })),
    ];
  },
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_exit: vcpu 0, exit_reason 80000011, exit_info1 0, exit_info2 200000000",
  ],
};

const TRACED_MSR =
  /kvm_vmgexit_msr_protocol_(?:enter|exit): {1,40}vcpu \d{1,6}, ghcb_gpa (?<value>[\da-f]{1,16})\b/du;

/** `kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100` — the GHCB MSR, bare hex. */
const tracedMsr: LineFormat = {
  name: "KVM tracepoint kvm_vmgexit_msr_protocol",
  anchors: ["kvm_vmgexit_msr_protocol"],
  recognise: (line) => {
    const match = TRACED_MSR.exec(line);
    return match === null
      ? []
      : recognised(match, "value", (value) => ({ kind: "register", register: "ghcb-msr", value }));
  },
  examples: [
    "qemu-4321 [003] ..... 456.789: kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100",
  ],
};

const VMSA_FIELD =
  /\b(?:allowed_sev_features: *(?<allowed>[\da-f]{16})|(?:guest_sev_features: *|sev_features {4})(?<guest>[\da-f]{16}))\b/du;

/** `allowed_sev_features:8000000000000001`, `guest_sev_features: 0…81`, `sev_features    0…81` — VMCB and VMSA dump. */
const vmsaField: LineFormat = {
  name: "KVM: SEV_FEATURES in a VMCB or VMSA dump",
  anchors: ["sev_features"],
  recognise: (line) => {
    const match = VMSA_FIELD.exec(line);
    if (match === null) return [];
    const features = { kind: "register", register: "sev-features" } as const;
    return [
      ...recognised(match, "allowed", (value) => ({ ...features, value, mask: true })),
      ...recognised(match, "guest", (value) => ({ ...features, value })),
    ];
  },
  examples: [
    "kvm_amd: allowed_sev_features:8000000000000001",
    "kvm_amd: guest_sev_features: 0000000000000081",
    "kvm_amd: sev_features    0000000000000081",
  ],
};

export const KVM_FORMATS: readonly LineFormat[] = [
  msrTermination,
  naeTermination,
  refusedExit,
  unsupportedEvent,
  tracedExit,
  tracedAnswer,
  tracedMsr,
  vmsaField,
];
