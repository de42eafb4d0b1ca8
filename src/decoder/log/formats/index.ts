import { CLOUD_HYPERVISOR_FORMATS } from "./cloudHypervisor";
import { prettyStruct } from "./openvmm/debugStruct";
import { vcException } from "./edk2";
import { FIRMWARE_FORMATS } from "./firmware";
import { ghcbSnapshot } from "./kvm/ghcbSnapshot";
import { KVM_MESSAGES } from "./kvm/messages";
import { KVM_TRACES } from "./kvm/traces";
import { LINUX_BOOT } from "./linux/boot";
import { statusContinuation } from "./linux/continuation";
import { LINUX_ERRORS } from "./linux/errors";
import { MEASURE_FORMATS } from "./measure";
import { msrDevice } from "./msrTools/msrDevice";
import { MSR_FORMATS, rdmsr, sysfsStatus } from "./msrTools/rdmsr";
import { namedValue } from "./named/assignment";
import { ghcbMessage } from "./openvmm/openhcl";
import { OPENVMM_FORMATS } from "./openvmm/messages";
import { QEMU_FORMATS } from "./qemu/messages";
import type { BlockFormat, LineFormat } from "./format";
import { noticeFormat } from "./kit/notice";
import { NOTICE_IDS } from "../notices";
import { RUST_VMM_FORMATS } from "./rustVmm";
import { listContinuation } from "./svsm/continuation";
import { SVSM_FORMATS } from "./svsm/messages";
import { VIRTEE_FORMATS, snpguestOk } from "./virtee";
import { qemuObject } from "./qemu/options";
import { panicEvent, prettyPanicEvent } from "./qemu/panicEvent";
import { vmsaDump } from "./kvm/vmsaDump";

/** Every format of one line. Where two match the same text, the first one in this list gets it. */
export const LINE_FORMATS: readonly LineFormat[] = [
  ...KVM_MESSAGES,
  ...KVM_TRACES,
  ...LINUX_BOOT,
  ...LINUX_ERRORS,
  ...SVSM_FORMATS,
  ...QEMU_FORMATS,
  qemuObject,
  panicEvent,
  ...OPENVMM_FORMATS,
  ...CLOUD_HYPERVISOR_FORMATS,
  ...RUST_VMM_FORMATS,
  ...VIRTEE_FORMATS,
  ...FIRMWARE_FORMATS,
  ...MSR_FORMATS,
  ...MEASURE_FORMATS,
  ...NOTICE_IDS.map(noticeFormat),
  namedValue,
];

/** Every format of several lines. */
export const BLOCK_FORMATS: readonly BlockFormat[] = [
  ghcbSnapshot,
  vmsaDump,
  statusContinuation,
  listContinuation,
  prettyStruct,
  prettyPanicEvent,
  vcException,
  ghcbMessage,
  snpguestOk,
  rdmsr,
  sysfsStatus,
  msrDevice,
];
