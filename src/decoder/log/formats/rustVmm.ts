import type { LineFormat } from "./format";
import { decimal } from "./kit/groups";
import { readEnding } from "./kit/matches";

/**
 * `Unexpected exit reason on vcpu run: SystemEvent(6, [256])` — the Debug text of kvm-ioctls' VcpuExit, which
 * libkrun, cloud-hypervisor and others print. Decimal; 6 is KVM_SYSTEM_EVENT_SEV_TERM.
 */
const systemEvent: LineFormat = {
  name: "system event of kvm-ioctls",
  software: "rust-vmm",
  anchors: ["SystemEvent(6, ["],
  pattern: /\bSystemEvent\(6, \[(?<value>\d{1,20})(?:, \d{1,20}){0,15}\]\)/dgu,
  read: readEnding(decimal),
};

export const RUST_VMM_FORMATS: readonly LineFormat[] = [systemEvent];
