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
  /** `SEV SNP GHCB Termination, flags:0x100` — the same value in hex, as Quark (qvisor) prints it. */
  {
    name: "termination in Quark",
    anchors: ["SEV SNP GHCB Termination, flags:"],
    pattern: /\bSEV SNP GHCB Termination, flags:(?<value>0x[\da-f]{1,16})\b/gu,
    read: readValue(endingMatch),
  },
]);
