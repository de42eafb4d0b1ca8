import type { FormatTexts } from "./formatTexts";

export const RUST_VMM_TEXTS: FormatTexts = {
  "rust-vmm: system event of kvm-ioctls": {
    examples: [
      "[2024-10-25T02:11:11Z ERROR vmm::linux::vstate] Unexpected exit reason on vcpu run: SystemEvent(6, [256])",
      "Unexpected exit reason on vcpu run: SystemEvent(6, [2146283520])",
      "Unexpected exit reason on vcpu run: SystemEvent(6, [127232])",
    ],
    says: ["termination 0:0 -", "termination untold -", "termination 15:1 -"],
    nearMisses: ["Unexpected exit reason on vcpu run: SystemEvent(1, [256])"],
  },
  "rust-vmm: termination in Quark": {
    examples: [
      "[INFO] SEV SNP GHCB Termination, flags:0x100",
      "SEV SNP GHCB Termination, flags:0x7fedb000",
    ],
    says: ["termination 0:0 -", "termination untold -"],
    nearMisses: [
      'info!("SEV SNP GHCB Termination, flags:0x{:x}", flags);',
      "SEV SNP GHCB Termination, flags:100",
    ],
  },
};
