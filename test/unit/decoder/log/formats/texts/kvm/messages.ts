import type { FormatTexts } from "../formatTexts";

export const KVM_MESSAGES_TEXTS: FormatTexts = {
  "kvm: termination by the GHCB MSR protocol": {
    examples: [
      "[  512.104233] kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
      "SEV-ES guest requested termination: 0x1:0x2",
      "SVM: SEV-ES guest requested termination: 0x1:0x3",
      "[ 3239.669457] SEV-ES guest requested termination: 0xf:0x1",
    ],
    says: ["termination 0:2 -", "termination 1:2 -", "termination 1:3 -", "termination 15:1 -"],
    nearMisses: [
      "look for `SEV-ES guest requested termination`, VFIO/IOMMU errors",
      "SEV-ES guest requested termination: 0x100:0x2",
    ],
  },
  "kvm: termination by the GHCB": {
    examples: [
      "[  512.104233] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
      "SEV-ES guess requested termination: reason 0x20 info 0x20",
    ],
    says: ["termination 0:2 0x800", "termination 0:2 -"],
    nearMisses: ["SEV-ES guest requested termination: reason unknown"],
  },
  "kvm: exit code that KVM does not know": {
    examples: [
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid",
    ],
    says: ["termination untold -"],
    nearMisses: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code is not valid"],
  },
  "kvm: exit without its input": {
    examples: [
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x7b input is not valid",
    ],
    says: ["vmgexit 0x7b"],
    nearMisses: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x7b input"],
  },
  "kvm: event that the guest could not handle": {
    examples: [
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0xffffffff81000000 vmgexit: unsupported event - exit_info_1=0x404, exit_info_2=0x0",
    ],
    says: ["vmgexit 0x8000ffff"],
    nearMisses: ["vmgexit: unsupported event - see exit_info_1"],
  },
  "kvm: AP creation with other SEV_FEATURES": {
    examples: [
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: mismatched AP sev_features [0x29] != [0x21] from guest",
    ],
    says: ["sev-features 0x29, sev-features 0x21"],
    nearMisses: ["vmgexit: mismatched AP sev_features"],
  },
};
