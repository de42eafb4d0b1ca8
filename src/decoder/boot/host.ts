import type { Finding, Software } from "../log/finding";
import { OPENVMM_ON_HOST } from "../log/formats/openvmm/messages";

/** Programs of the host alone. */
const HOST: ReadonlySet<Software> = new Set(["kvm", "qemu", "cloud-hypervisor", "rust-vmm"]);

/** Whether a finding comes from the host: from its KVM or a VMM, or is about what they support. */
export function isOfHost({ software, format, fact }: Finding): boolean {
  if (fact.kind === "sev-features" && fact.role === "supported") return true;
  return software === "openvmm" ? OPENVMM_ON_HOST.has(format) : HOST.has(software);
}
