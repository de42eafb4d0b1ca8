import type { FormatTexts } from "../formatTexts";

export const QEMU_MESSAGES_TEXTS: FormatTexts = {
  "qemu: SEV_FEATURES that KVM does not support": {
    examples: [
      "qemu-system-x86_64: check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221",
    ],
    says: ["sev-features 0x29, sev-features 0x221"],
    nearMisses: ["VMSA contains unsupported sev_features, see below"],
  },
  "qemu: SEV_FEATURES that KVM does not support, as first posted": {
    examples: [
      "requested sev feature mask (0x29) contains bits not supported by the host kernel  (0x221)",
    ],
    says: ["sev-features 0x29, sev-features 0x221"],
    nearMisses: ["requested sev feature mask is empty"],
  },
  "qemu: traced system event": {
    examples: ["kvm_run_exit_system_event cpu_index 0, system_even_type 6"],
    says: ["termination untold -"],
    nearMisses: ["kvm_run_exit_system_event cpu_index 0, system_even_type 1"],
  },
  "qemu: termination as QEMU reads it": {
    examples: [
      "SEV termination (reason set: 0 code: 2)",
      "SEV termination (reason set: 11 code: 237)",
      "SEV termination (reason set: 15 code: 1)",
    ],
    says: ["termination 0:2 -", "termination untold -", "termination 15:1 -"],
    nearMisses: [
      "SEV termination (reason set: 16 code: 2)",
      "SEV termination (reason set: 0 code: 256)",
      'qemu_log_mask(LOG_GUEST_ERROR, "SEV termination (reason set: %d code: %d)\\n", set, code);',
    ],
  },
  "qemu: termination without data": {
    examples: ["Hypervisor did not provide any data for SEV-ES termination"],
    says: ["termination untold -"],
    nearMisses: [
      'error_report("Hypervisor did not provide any data for SEV-ES termination\\n");',
      "Hypervisor did not provide any data",
    ],
  },
  "qemu: failed step of a launch": {
    examples: [
      "qemu-system-x86_64: sev_snp_launch_finish: SNP_LAUNCH_FINISH ret=-5 fw_error=11 'Bad measurement'",
      "qemu-system-x86_64: sev_snp_launch_start: SNP_LAUNCH_START ret=-5 fw_error=7 'Policy is not allowed'",
    ],
    says: ["guest-request-error 0xb", "guest-request-error 0x7"],
    nearMisses: [
      `error_report("%s: SNP_LAUNCH_FINISH ret=%d fw_error=%d '%s'",`,
      "LAUNCH_MEASURE ret=-5 fw_error=11 'Bad measurement'",
    ],
  },
  "qemu: SEV_FEATURES of an IGVM file": {
    examples: ["sev_features in the VMSA contains an unsupported value 0x29"],
    says: ["sev-features 0x29"],
    nearMisses: ["sev_features in the VMSA are set by the IGVM file"],
  },
};
