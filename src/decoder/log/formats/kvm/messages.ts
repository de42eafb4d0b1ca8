import { TERMINATION_EVENT, terminationReason } from "../../../ghcb";
import { group, ofEvery, recognised, u64, valueGroup } from "../kit/groups";
import type { LineFormat, Reading, Said } from "../../reading";
import {
  exitReading,
  exitSaid,
  featuresSaid,
  naeEnding,
  noticeFormat,
  noticeSaid,
  said,
} from "../kit/said";

const UNSUPPORTED_EVENT = 0x8000_ffffn;

const MSR_TERMINATION =
  /SEV-ES guest requested termination: (?<reason>0x(?<set>[\da-f]{1,16}):0x(?<code>[\da-f]{1,16}))\b/dgu;

/** `kvm_amd: SEV-ES guest requested termination: 0x0:0x2` — reason set and code, from the GHCB MSR. */
export const msrTermination: LineFormat = {
  name: "termination by the GHCB MSR protocol",
  software: "kvm",
  since: "5.11",
  anchors: ["requested termination: 0x"],
  recognise: (line) =>
    ofEvery(line, MSR_TERMINATION, (match) => {
      const span = group(match, "reason");
      const set = u64(`0x${match.groups?.["set"] ?? ""}`);
      const code = u64(`0x${match.groups?.["code"] ?? ""}`);
      // A set has 4 bits and a code 8: anything larger is not this message.
      if (span === null || set === null || code === null || set > 0xfn || code > 0xffn) return [];
      const reason = terminationReason(Number(set), Number(code));
      return [
        said(
          span,
          { kind: "termination", via: "msr", reason, unsupported: null },
          { kind: "termination", channel: "msr", set: reason.set, code: reason.code },
        ),
      ];
    }),
  examples: [
    "[  512.104233] kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
    "SEV-ES guest requested termination: 0x1:0x2",
    "SVM: SEV-ES guest requested termination: 0x1:0x3",
  ],
  nearMisses: [
    "look for `SEV-ES guest requested termination`, VFIO/IOMMU errors",
    "SEV-ES guest requested termination: 0x100:0x2",
  ],
};

const NAE_TERMINATION =
  /SEV-ES (?<who>guest|guess) requested termination: reason (?<reason>0x[\da-f]{1,16}) info (?<info>0x[\da-f]{1,16})\b/dgu;

function naeTerminationSaid(match: RegExpExecArray): Said[] {
  const exitInfo1 = u64(match.groups?.["reason"]);
  if (exitInfo1 === null) return [];
  const isRepeated = match.groups?.["who"] === "guess";
  const exitInfo2 = isRepeated ? null : u64(match.groups?.["info"]);
  const fields = { exitCode: TERMINATION_EVENT, exitInfo1, exitInfo2 };
  const infoReading = (value: bigint): Reading =>
    isRepeated ? { kind: "repeated-info", value } : exitReading("exitInfo2", fields);
  const parts = [
    ...recognised(match, "reason", (value) => ({
      kind: "register",
      register: "exit-info-1",
      value,
    })),
    ...recognised(match, "info", infoReading),
  ];
  const ending = naeEnding(exitInfo1, exitInfo2);
  const token = group(match, ending.unsupported === null ? "reason" : "info");
  if (token === null) return [];
  const { start, end } = token;
  return [{ start, end, fact: { kind: "termination", ...ending }, parts }];
}

/**
 * `… requested termination: reason 0x20 info 0x800` — SW_EXITINFO1 and SW_EXITINFO2. AMD's trees before it say
 * "guess", and print SW_EXITINFO1 once more as info: the mask is lost there.
 */
export const naeTermination: LineFormat = {
  name: "termination by the GHCB",
  software: "kvm",
  since: "6.10",
  anchors: ["requested termination: reason"],
  recognise: (line) => ofEvery(line, NAE_TERMINATION, naeTerminationSaid),
  examples: [
    "[  512.104233] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
    "SEV-ES guess requested termination: reason 0x20 info 0x20",
  ],
  nearMisses: ["SEV-ES guest requested termination: reason unknown"],
};

const UNKNOWN_EXIT = /vmgexit: exit code (?<exitCode>0x[\da-f]{1,16}) is not valid/dgu;

/** `… vmgexit: exit code 0x8000fffe is not valid` — KVM before 6.10 does not know the termination event. */
export const unknownExit: LineFormat = {
  name: "exit code that KVM does not know",
  software: "kvm",
  since: null,
  anchors: ["vmgexit: exit code"],
  recognise: (line) => ofEvery(line, UNKNOWN_EXIT, (match) => exitSaid(match)),
  examples: [
    "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid",
  ],
  nearMisses: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code is not valid"],
};

const INVALID_INPUT = /vmgexit: exit code (?<exitCode>0x[\da-f]{1,16}) input is not valid/dgu;

/** `… vmgexit: exit code 0x7b input is not valid` — with fields of the GHCB missing; a dump of it may follow. */
export const invalidInput: LineFormat = {
  name: "exit without its input",
  software: "kvm",
  since: null,
  anchors: ["vmgexit: exit code"],
  recognise: (line) => ofEvery(line, INVALID_INPUT, (match) => exitSaid(match)),
  examples: [
    "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x7b input is not valid",
  ],
  nearMisses: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x7b input"],
};

const UNSUPPORTED =
  /vmgexit: unsupported event - exit_info_1=(?<exitInfo1>0x[\da-f]{1,16}), exit_info_2=(?<exitInfo2>0x[\da-f]{1,16})/dgu;

/** `… vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0` — the guest could not handle a #VC. */
export const unsupportedEvent: LineFormat = {
  name: "event that the guest could not handle",
  software: "kvm",
  since: null,
  anchors: ["vmgexit: unsupported event"],
  recognise: (line) => ofEvery(line, UNSUPPORTED, (match) => exitSaid(match, UNSUPPORTED_EVENT)),
  examples: [
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0xffffffff81000000 vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0",
  ],
  nearMisses: ["vmgexit: unsupported event - see exit_info_1"],
};

const GHCB_USAGE = /\bvmgexit: ghcb usage 0x[\da-f]{1,8} is not valid\b/gu;

const ghcbUsage = noticeFormat({
  id: "kvm.ghcb-usage",
  name: "GHCB usage that KVM does not know",
  software: "kvm",
  words: "vmgexit: ghcb usage 0x",
  pattern: GHCB_USAGE,
  examples: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: ghcb usage 0x1 is not valid"],
  nearMisses: [
    "the ghcb usage field is 0",
    "vmgexit: ghcb usage 0x",
    '\t\tvcpu_unimpl(vcpu, "vmgexit: ghcb usage %#x is not valid\\n",',
  ],
});

/** A sentence that begins with the words before it gives the same advice. */
const DUMP_HINT = /(?<![\w,] )\bset kvm_amd\.dump_invalid_vmcb=1 to dump internal KVM state\./gu;

const dumpInvalid = noticeFormat({
  id: "kvm.dump-invalid-vmcb",
  name: "hint at the switch for dumps",
  software: "kvm",
  words: "set kvm_amd.dump_invalid_vmcb=1 to dump",
  pattern: DUMP_HINT,
  examples: ["kvm_amd: set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state."],
  nearMisses: [
    "options kvm_amd dump_invalid_vmcb=1",
    "You can set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state.",
    '\t\tpr_warn_ratelimited("set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state.\\n");',
  ],
});

const DEBUG_SWAP =
  /\bEnabling DebugSwap with KVM_SEV_ES_INIT(?:\. This will not work starting with Linux 6\.10)?/gu;

const debugSwap = noticeFormat({
  id: "kvm.debug-swap-es-init",
  name: "DebugSwap by the old initialisation",
  software: "kvm",
  since: "6.8",
  words: "Enabling DebugSwap with KVM_SEV_ES_INIT",
  pattern: DEBUG_SWAP,
  examples: [
    "kvm_amd: Enabling DebugSwap with KVM_SEV_ES_INIT. This will not work starting with Linux 6.10",
  ],
  nearMisses: [
    "kvm_amd: DebugSwap enabled",
    "Enabling DebugSwap with KVM_SEV_ES_INIT breaks the measurement",
    "if dmesg | grep -q 'Enabling DebugSwap with KVM_SEV_ES_INIT'; then",
    '\t\tpr_warn_once("Enabling DebugSwap with KVM_SEV_ES_INIT. "',
    "the warning `Enabling DebugSwap with KVM_SEV_ES_INIT` on the host",
  ],
});

const AP_CREATION =
  /vmgexit: invalid AP (?:injection mode \[0x[\da-f]{1,16}\] from guest|creation request \[0x[\da-f]{1,16}\]|VMSA address \[0x[\da-f]{1,16}\])|vmgexit: AP VMSA address \[[\da-f]{1,16}\] from guest is unsafe/dgu;

/** `vmgexit: invalid AP injection mode [0x8] from guest` — a refused AP creation; the guest starts no processor. */
const apCreation: LineFormat = {
  name: "AP creation that KVM refuses",
  software: "kvm",
  since: null,
  anchors: ["vmgexit: invalid AP ", "vmgexit: AP VMSA address ["],
  recognise: (line) =>
    ofEvery(line, AP_CREATION, ({ index, 0: text }) => [
      noticeSaid({ start: index, end: index + text.length }, "kvm.ap-creation"),
    ]),
  examples: [
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP injection mode [0x8] from guest",
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP creation request [0x7]",
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP VMSA address [0x1001] from guest",
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: AP VMSA address [200000] from guest is unsafe as it is 2M aligned",
  ],
  nearMisses: ["vmgexit: invalid AP id", "vmgexit: AP VMSA address [200000] from guest"],
};

const AP_FEATURES =
  /vmgexit: mismatched AP sev_features \[(?<requested>0x[\da-f]{1,16})\] != \[(?<guest>0x[\da-f]{1,16})\] from guest/dgu;

/**
 * `vmgexit: mismatched AP sev_features [0x29] != [0x21] from guest` — what the guest asks for another processor,
 * and what its first one has. Source: kvm list, "KVM: SVM: Require AP's requested SEV_FEATURES to match KVM's view".
 */
const apFeatures: LineFormat = {
  name: "AP creation with other SEV_FEATURES",
  software: "kvm",
  since: null,
  anchors: ["mismatched AP sev_features"],
  recognise: (line) =>
    ofEvery(line, AP_FEATURES, (match) =>
      (["requested", "guest"] as const).flatMap((role) => {
        const found = valueGroup(match, role);
        return found === null ? [] : [featuresSaid(found, found.value, role)];
      }),
    ),
  examples: [
    "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: mismatched AP sev_features [0x29] != [0x21] from guest",
  ],
  nearMisses: ["vmgexit: mismatched AP sev_features"],
};

export const KVM_MESSAGES: readonly LineFormat[] = [
  msrTermination,
  naeTermination,
  unknownExit,
  invalidInput,
  unsupportedEvent,
  ghcbUsage,
  dumpInvalid,
  debugSwap,
  apCreation,
  apFeatures,
];
