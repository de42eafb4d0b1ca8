import { BLOCK_FORMATS, LINE_FORMATS } from "../../../../../../src/decoder/log/formats";
import type { BlockFormat, LineFormat } from "../../../../../../src/decoder/log/formats/format";
import type { FormatTexts, Texts } from "./formatTexts";
import { NOTICES_TEXTS } from "./notices";
import { CLOUD_HYPERVISOR_TEXTS } from "./cloudHypervisor";
import { EDK2_TEXTS } from "./edk2";
import { FIRMWARE_TEXTS } from "./firmware";
import { KVM_GHCB_SNAPSHOT_TEXTS } from "./kvm/ghcbSnapshot";
import { KVM_MESSAGES_TEXTS } from "./kvm/messages";
import { KVM_TRACES_TEXTS } from "./kvm/traces";
import { KVM_VMSA_DUMP_TEXTS } from "./kvm/vmsaDump";
import { LINUX_BOOT_TEXTS } from "./linux/boot";
import { LINUX_CONTINUATION_TEXTS } from "./linux/continuation";
import { LINUX_EFI_STUB_TEXTS } from "./linux/efiStub";
import { LINUX_ERRORS_TEXTS } from "./linux/errors";
import { MEASURE_TEXTS } from "./measure";
import { MSR_TOOLS_MSR_DEVICE_TEXTS } from "./msrTools/msrDevice";
import { MSR_TOOLS_RDMSR_TEXTS } from "./msrTools/rdmsr";
import { NAMED_ASSIGNMENT_TEXTS } from "./named/assignment";
import { OPENVMM_DEBUG_STRUCT_TEXTS } from "./openvmm/debugStruct";
import { OPENVMM_MESSAGES_TEXTS } from "./openvmm/messages";
import { OPENVMM_OPENHCL_TEXTS } from "./openvmm/openhcl";
import { QEMU_MESSAGES_TEXTS } from "./qemu/messages";
import { QEMU_OPTIONS_TEXTS } from "./qemu/options";
import { QEMU_PANIC_EVENT_TEXTS } from "./qemu/panicEvent";
import { RUST_VMM_TEXTS } from "./rustVmm";
import { SVSM_CONTINUATION_TEXTS } from "./svsm/continuation";
import { SVSM_MESSAGES_TEXTS } from "./svsm/messages";
import { VIRTEE_TEXTS } from "./virtee";

/** Text that each format finds, and that it must not find. */
export const TEXTS: FormatTexts = {
  ...NOTICES_TEXTS,
  ...CLOUD_HYPERVISOR_TEXTS,
  ...EDK2_TEXTS,
  ...FIRMWARE_TEXTS,
  ...KVM_GHCB_SNAPSHOT_TEXTS,
  ...KVM_MESSAGES_TEXTS,
  ...KVM_TRACES_TEXTS,
  ...KVM_VMSA_DUMP_TEXTS,
  ...LINUX_BOOT_TEXTS,
  ...LINUX_CONTINUATION_TEXTS,
  ...LINUX_EFI_STUB_TEXTS,
  ...LINUX_ERRORS_TEXTS,
  ...MEASURE_TEXTS,
  ...MSR_TOOLS_MSR_DEVICE_TEXTS,
  ...MSR_TOOLS_RDMSR_TEXTS,
  ...NAMED_ASSIGNMENT_TEXTS,
  ...OPENVMM_DEBUG_STRUCT_TEXTS,
  ...OPENVMM_MESSAGES_TEXTS,
  ...OPENVMM_OPENHCL_TEXTS,
  ...QEMU_MESSAGES_TEXTS,
  ...QEMU_OPTIONS_TEXTS,
  ...QEMU_PANIC_EVENT_TEXTS,
  ...RUST_VMM_TEXTS,
  ...SVSM_CONTINUATION_TEXTS,
  ...SVSM_MESSAGES_TEXTS,
  ...VIRTEE_TEXTS,
};

function withTexts<T extends LineFormat | BlockFormat>(format: T): T & Texts {
  const texts = TEXTS[`${format.software}: ${format.name}`];
  if (texts === undefined) throw new Error(`${format.software}: ${format.name} has no texts.`);
  return { ...format, ...texts };
}

export const LINE_TEXTS = LINE_FORMATS.map(withTexts);
export const BLOCK_TEXTS = BLOCK_FORMATS.map(withTexts);
