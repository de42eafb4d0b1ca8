import { printedBy } from "./format";
import { decimal } from "./kit/groups";
import { endingMatch, readValue } from "./kit/matches";

export const RUST_VMM_FORMATS = printedBy("rust-vmm", [
  /**
   * `Unexpected exit reason on vcpu run: SystemEvent(6, [256])` — the Debug text of kvm-ioctls' VcpuExit, which
   * libkrun, cloud-hypervisor and others print. Decimal; 6 is KVM_SYSTEM_EVENT_SEV_TERM.
   */
  {
    name: "system event of kvm-ioctls",
    anchors: ["SystemEvent(6, ["],
    pattern: /\bSystemEvent\(6, \[(?<value>\d{1,20})(?:, \d{1,20}){0,15}\]\)/dgu,
    read: readValue(endingMatch, decimal),
  },
]);
