import type { Read } from "../format";
import { printedBy } from "../format";
import { exitMatch, naeTermination, readExitCode } from "../kit/exit";
import { hex, valueGroup } from "../kit/groups";
import { readFeaturesByRole, readReason } from "../kit/matches";

/** Names of formats that show how an exit went. */
export const KVM_NAMES = {
  msrTermination: "termination by the GHCB MSR protocol",
  naeTermination: "termination by the GHCB",
  unknownExit: "exit code that KVM does not know",
  invalidInput: "exit without its input",
  unsupportedEvent: "event that the guest could not handle",
} as const;

/** What stands between the two values of a termination by the GHCB. */
const INFO = " info ";

const readNaeTermination: Read = (match, line) => {
  const info = valueGroup(match, "info");
  const { who, reason = "" } = match.groups ?? {};
  if (info === null) return null;
  const end = info.start - INFO.length;
  const start = end - reason.length;
  const isRepeated = who === "guess";
  const exitInfo2 = isRepeated ? null : info.value;
  const exitInfo1 = hex(reason);
  const fact = naeTermination(exitInfo1, exitInfo2);
  const tokens = [
    { start, end, line, field: "reason" },
    { start: info.start, end: info.end, line, field: isRepeated ? "repeated-info" : "exitInfo2" },
  ] as const;
  const main = tokens[fact.unsupported === null ? 0 : 1];
  return { start: main.start, end: main.end, fact, tokens };
};

const UNSUPPORTED_EVENT = 0x8000_ffffn;

const readUnsupportedEvent: Read = (match, line) => {
  const info1 = valueGroup(match, "exitInfo1");
  const info2 = valueGroup(match, "exitInfo2");
  if (info1 === null || info2 === null) return null;
  const exit = { exitCode: UNSUPPORTED_EVENT, exitInfo1: info1.value, exitInfo2: info2.value };
  return exitMatch(exit, [
    { start: info1.start, end: info1.end, line, field: "exitInfo1" },
    { start: info2.start, end: info2.end, line, field: "exitInfo2" },
  ]);
};

export const KVM_MESSAGES = printedBy("kvm", [
  /** `kvm_amd: SEV-ES guest requested termination: 0x0:0x2` — reason set and code, from the GHCB MSR. Since 5.11. */
  {
    name: KVM_NAMES.msrTermination,
    anchors: ["requested termination: 0x"],
    pattern:
      /SEV-ES guest requested termination: (?<reason>0x(?<set>[\da-f]{1,16}):0x(?<code>[\da-f]{1,16}))\b/gu,
    read: readReason(16),
  },
  /**
   * `… requested termination: reason 0x20 info 0x800` — SW_EXITINFO1 and SW_EXITINFO2. Older trees of AMD's say
   * "guess", and print SW_EXITINFO1 once more as info: the mask is lost there. Since 6.10.
   */
  {
    name: KVM_NAMES.naeTermination,
    anchors: ["requested termination: reason"],
    pattern:
      /SEV-ES (?<who>guest|guess) requested termination: reason (?<reason>0x[\da-f]{1,16}) info (?<info>0x[\da-f]{1,16})\b/gu,
    read: readNaeTermination,
  },
  /** `… vmgexit: exit code 0x8000fffe is not valid` — KVM before 6.10 does not know the termination event. */
  {
    name: KVM_NAMES.unknownExit,
    anchors: ["vmgexit: exit code"],
    pattern: /vmgexit: exit code (?<exitCode>0x[\da-f]{1,16}) is not valid/dgu,
    read: readExitCode,
  },
  /** `… vmgexit: exit code 0x7b input is not valid` — with fields of the GHCB missing; a dump of it may follow. */
  {
    name: KVM_NAMES.invalidInput,
    anchors: ["vmgexit: exit code"],
    pattern: /vmgexit: exit code (?<exitCode>0x[\da-f]{1,16}) input is not valid/dgu,
    read: readExitCode,
  },
  /** `… vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0` — the guest could not handle a #VC. */
  {
    name: KVM_NAMES.unsupportedEvent,
    anchors: ["vmgexit: unsupported event"],
    pattern:
      /vmgexit: unsupported event - exit_info_1=(?<exitInfo1>0x[\da-f]{1,16}), exit_info_2=(?<exitInfo2>0x[\da-f]{1,16})/dgu,
    read: readUnsupportedEvent,
  },
  /**
   * `vmgexit: mismatched AP sev_features [0x29] != [0x21] from guest` — what the guest asks for another processor,
   * and what its first one has. Source: kvm list, "KVM: SVM: Require AP's requested SEV_FEATURES to match KVM's view".
   */
  {
    name: "AP creation with other SEV_FEATURES",
    anchors: ["mismatched AP sev_features"],
    pattern:
      /vmgexit: mismatched AP sev_features \[(?<requested>0x[\da-f]{1,16})\] != \[(?<guest>0x[\da-f]{1,16})\] from guest/dgu,
    read: readFeaturesByRole("requested", "guest"),
  },
]);
