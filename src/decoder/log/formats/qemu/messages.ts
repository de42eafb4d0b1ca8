import type { Read } from "../format";
import { printedBy } from "../format";
import { likelyEnding } from "../kit/exit";
import { decimal, group, valueGroup } from "../kit/groups";
import {
  matchOf,
  readFeatures,
  readFeaturesByRole,
  readFirmwareStatus,
  readUntold,
} from "../kit/matches";

/** Reads the groups `set` and `code`, which stand in the group `reason`. */
const readLikely: Read = (match, line) => {
  const reason = group(match, "reason");
  const set = valueGroup(match, "set", decimal);
  const code = valueGroup(match, "code", decimal);
  const fact = set === null || code === null ? null : likelyEnding(set.value, code.value);
  if (reason === null || fact?.kind !== "termination") return null;
  return matchOf(reason, line, fact, fact.reason === null ? "message" : "reason");
};

export const QEMU_FORMATS = printedBy("qemu", [
  /** `… VMSA contains unsupported sev_features: 29, supported features: 221` — upper-case hex, bare. In 10.2.2 and 11.1.3. */
  {
    name: "SEV_FEATURES that KVM does not support",
    anchors: ["unsupported sev_features"],
    pattern:
      /\bVMSA contains unsupported sev_features: (?<requested>[\dA-F]{1,16}), supported features: (?<supported>[\dA-F]{1,16})\b/dgu,
    read: readFeaturesByRole("requested", "supported"),
  },
  /** `requested sev feature mask (0x29) contains bits not supported by the host kernel  (0x221)` — posted, not released. */
  {
    name: "SEV_FEATURES that KVM does not support, as first posted",
    anchors: ["requested sev feature mask"],
    pattern:
      /\brequested sev feature mask \((?<requested>0x[\da-f]{1,16})\) contains bits not supported by the host kernel {1,4}\((?<supported>0x[\da-f]{1,16})\)/dgiu,
    read: readFeaturesByRole("requested", "supported"),
  },
  /** `kvm_run_exit_system_event cpu_index 0, system_even_type 6` — KVM_SYSTEM_EVENT_SEV_TERM, and nothing more. */
  {
    name: "traced system event",
    anchors: ["kvm_run_exit_system_event"],
    pattern: /\bkvm_run_exit_system_event .{0,64}?\bsystem_event?_type (?<value>6)\b/gu,
    read: readUntold(null),
  },
  /**
   * `SEV termination (reason set: 0 code: 2)` — on stderr, with `-d guest_errors`. Decimal, and not always set and code:
   * see `likelyEnding`. Since 11.0.
   */
  {
    name: "termination as QEMU reads it",
    anchors: ["SEV termination (reason set: "],
    pattern:
      /\bSEV termination \((?<reason>reason set: (?<set>\d{1,10}) code: (?<code>\d{1,10}))\)/dgu,
    read: readLikely,
  },
  /** `Hypervisor did not provide any data for SEV-ES termination` — the same where KVM hands over nothing. Since 11.0. */
  {
    name: "termination without data",
    anchors: ["any data for SEV-ES termination"],
    pattern: /(?<!")\b(?<value>Hypervisor did not provide any data for SEV-ES termination)\b/gu,
    read: readUntold(null),
  },
  /**
   * `SNP_LAUNCH_FINISH ret=-5 fw_error=11 'Bad measurement'` — the firmware refused a step of the launch, and QEMU
   * ended. Decimal. Since 9.1. Source: QEMU target/i386/sev.c.
   */
  {
    name: "failed step of a launch",
    anchors: [" fw_error="],
    pattern: /\bSNP_LAUNCH_(?:START|UPDATE|FINISH) ret=-?\d{1,10} fw_error=(?<value>\d{1,10}) '/dgu,
    read: readFirmwareStatus(decimal, { isLaunch: true }),
  },
  /** `sev_features in the VMSA contains an unsupported value 0x29` — of an IGVM file. */
  {
    name: "SEV_FEATURES of an IGVM file",
    anchors: ["sev_features in the VMSA contains"],
    pattern:
      /\bsev_features in the VMSA contains an unsupported value:? (?<value>0x[\da-f]{1,16})\b/giu,
    read: readFeatures("requested"),
  },
]);
