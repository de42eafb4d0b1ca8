import type { LineFormat } from "../format";
import { group } from "../kit/groups";
import { readFeatures, readFeaturesByRole, untoldMatch } from "../kit/matches";

/** `check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221` — upper-case hex, bare. */
const checkFeatures: LineFormat = {
  name: "SEV_FEATURES that KVM does not support",
  software: "qemu",
  // Printed since 10.1.
  anchors: ["unsupported sev_features"],
  pattern:
    /\bVMSA contains unsupported sev_features: (?<requested>[\dA-F]{1,16}), supported features: (?<supported>[\dA-F]{1,16})\b/dgu,
  read: readFeaturesByRole("requested", "supported"),
};

/** `requested sev feature mask (0x29) contains bits not supported by the host kernel  (0x221)` — posted, not released. */
const requestedMask: LineFormat = {
  name: "SEV_FEATURES that KVM does not support, as first posted",
  software: "qemu",
  anchors: ["requested sev feature mask"],
  pattern:
    /\brequested sev feature mask \((?<requested>0x[\da-f]{1,16})\) contains bits not supported by the host kernel {1,4}\((?<supported>0x[\da-f]{1,16})\)/dgiu,
  read: readFeaturesByRole("requested", "supported"),
};

/** `kvm_run_exit_system_event cpu_index 0, system_even_type 6` — KVM_SYSTEM_EVENT_SEV_TERM, and nothing more. */
const systemEvent: LineFormat = {
  name: "traced system event",
  software: "qemu",
  anchors: ["kvm_run_exit_system_event"],
  pattern: /\bkvm_run_exit_system_event .{0,64}?\bsystem_event?_type (?<type>6)\b/gu,
  read: (match, line) => {
    const type = group(match, "type");
    return type === null ? null : untoldMatch(type, line, null);
  },
};

/** `sev_features in the VMSA contains an unsupported value 0x29` — of an IGVM file. */
const igvmFeatures: LineFormat = {
  name: "SEV_FEATURES of an IGVM file",
  software: "qemu",
  anchors: ["sev_features in the VMSA contains"],
  pattern:
    /\bsev_features in the VMSA contains an unsupported value:? (?<value>0x[\da-f]{1,16})\b/giu,
  read: readFeatures("requested"),
};

export const QEMU_FORMATS: readonly LineFormat[] = [
  checkFeatures,
  requestedMask,
  systemEvent,
  igvmFeatures,
];
