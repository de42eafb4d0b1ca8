import type { FormatTexts } from "../formatTexts";

export const KVM_TRACES_TEXTS: FormatTexts = {
  "kvm: tracepoints kvm_vmgexit_enter and _exit": {
    examples: [
      "qemu-4321 [003] ..... 456.789: kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
      "qemu-4321 [003] ..... 456.789: kvm:kvm_vmgexit_exit: vcpu 0, exit_reason 8000fffe, exit_info1 2, exit_info2 6",
    ],
    says: ["termination 0:2 0x800", "vmgexit 0x8000fffe"],
    nearMisses: ["echo 1 > events/kvm/kvm_vmgexit_enter/enable"],
  },
  "kvm: tracepoint kvm_vmgexit_msr_protocol_enter": {
    examples: [
      "qemu-4321 [003] ..... 456.789: kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100",
    ],
    says: ["termination 0:2 -"],
    nearMisses: ["kvm_vmgexit_msr_protocol_enter is a tracepoint"],
  },
  "kvm: tracepoint kvm_vmgexit_msr_protocol_exit": {
    examples: [
      "qemu-4321 [003] ..... 456.789: kvm_vmgexit_msr_protocol_exit: vcpu 0, ghcb_gpa 0001000000000015, result 0",
    ],
    says: ["ghcb-msr 0x1000000000015"],
    nearMisses: ["kvm_vmgexit_msr_protocol_exit is a tracepoint"],
  },
  "kvm: SEV_FEATURES in a VMCB or VMSA dump": {
    examples: [
      "kvm_amd: allowed_sev_features:8000000000000001",
      "kvm_amd: guest_sev_features: 0000000000000081",
      "kvm_amd: sev_features    0000000000000081",
    ],
    says: ["sev-features 0x8000000000000001", "sev-features 0x81", "sev-features 0x81"],
    nearMisses: ["kvm_amd: vmsa_pa:            00000005d35c0000"],
  },
};
