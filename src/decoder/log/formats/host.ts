import type { Finding, Software } from "../finding";
import { OPENVMM_ON_HOST } from "./openvmm/messages";

/** Programs of the host alone. */
const HOST: ReadonlySet<Software> = new Set([
  ...(["kvm", "ccp", "qemu", "cloud-hypervisor", "rust-vmm", "sev-tool"] as const),
]);

/** Whether a finding comes from the host: from its KVM or a VMM, or is about what they support. */
export function isOfHost({
  software,
  format,
  fact,
}: Pick<Finding, "software" | "format" | "fact">): boolean {
  if (fact.kind === "sev-features" && fact.role === "supported") return true;
  return software === "openvmm" ? OPENVMM_ON_HOST.has(format) : HOST.has(software);
}
