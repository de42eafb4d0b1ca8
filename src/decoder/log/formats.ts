import { CLOUD_HYPERVISOR_FORMATS } from "./cloudHypervisor";
import { prettyStruct } from "./debugStruct";
import { EDK2_FORMATS, vcException } from "./edk2";
import { ghcbSnapshot } from "./ghcbSnapshot";
import { KVM_MESSAGES } from "./kvm";
import { KVM_TRACES } from "./kvmTraces";
import { LINUX_BOOT } from "./linux";
import { statusContinuation } from "./linuxContinuation";
import { LINUX_ERRORS } from "./linuxErrors";
import { MEASURE_FORMATS } from "./measure";
import { msrDevice } from "./msrDevice";
import { MSR_FORMATS, rdmsr, sysfsStatus } from "./msrTools";
import { namedValue } from "./named";
import { ghcbMessage } from "./openhcl";
import { OPENVMM_FORMATS } from "./openvmm";
import { QEMU_FORMATS } from "./qemu";
import type { BlockFormat, LineFormat } from "./reading";
import { RUST_VMM_FORMATS } from "./rustVmm";
import { SVSM_FORMATS } from "./svsm";
import { VIRTEE_FORMATS, snpguestOk } from "./virtee";
import { qemuObject } from "./vmmOptions";
import { vmsaDump } from "./vmsaDump";

/** Every format of one line. Where two find the same text, the one that comes first in this list has it. */
export const LINE_FORMATS: readonly LineFormat[] = [
  ...KVM_MESSAGES,
  ...KVM_TRACES,
  ...LINUX_BOOT,
  ...LINUX_ERRORS,
  ...EDK2_FORMATS,
  ...SVSM_FORMATS,
  ...QEMU_FORMATS,
  qemuObject,
  ...OPENVMM_FORMATS,
  ...CLOUD_HYPERVISOR_FORMATS,
  ...RUST_VMM_FORMATS,
  ...VIRTEE_FORMATS,
  ...MSR_FORMATS,
  ...MEASURE_FORMATS,
  namedValue,
];

/** Every format of several lines. */
export const BLOCK_FORMATS: readonly BlockFormat[] = [
  ghcbSnapshot,
  vmsaDump,
  statusContinuation,
  prettyStruct,
  vcException,
  ghcbMessage,
  snpguestOk,
  rdmsr,
  sysfsStatus,
  msrDevice,
];
