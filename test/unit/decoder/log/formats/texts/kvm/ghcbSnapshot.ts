import type { FormatTexts } from "../formatTexts";

export const KVM_GHCB_SNAPSHOT_TEXTS: FormatTexts = {
  "kvm: GHCB snapshot": {
    examples: [
      "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\nkvm_amd: sw_exit_code        000000008000fffe is_valid: 1\nkvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\nkvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
      // Two threads at once.
      "[    1.000001] [   T12] kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\n[    1.000002] [   T12] kvm_amd: sw_exit_code        000000008000fffe is_valid: 1\n[    1.000003] [   T13] kvm_amd: GHCB (GPA=000000007fedc000) snapshot:\n[    1.000004] [   T12] kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\n[    1.000005] [   T13] kvm_amd: sw_exit_code        0000000080000001 is_valid: 1\n[    1.000006] [   T13] kvm_amd: sw_exit_info_1      00000000fee00300 is_valid: 1\n[    1.000007] [   T13] kvm_amd: sw_exit_info_2      0000000000000004 is_valid: 1\n[    1.000008] [   T12] kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
      // The same without marks, where the last fields are nobody's.
      "kvm_amd: GHCB (GPA=000000007fedb000):\nkvm_amd: sw_exit_code        000000008000fffe is_valid: 1\nkvm_amd: GHCB (GPA=000000007fedc000):\nkvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\nkvm_amd: sw_exit_code        0000000080000001 is_valid: 1\nkvm_amd: sw_exit_info_1      00000000fee00300 is_valid: 1\nkvm_amd: sw_exit_info_2      0000000000000004 is_valid: 1\nkvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
      '{"message":"kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\\nkvm_amd: sw_exit_code        000000008000fffe is_valid: 1\\nkvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\\nkvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1"}',
    ],
    says: [
      "ghcb 0x8000fffe 0x20 0x800",
      "ghcb 0x8000fffe 0x20 0x800, ghcb 0x80000001 0xfee00300 0x4",
      "ghcb 0x8000fffe 0x20 -, ghcb 0x80000001 0xfee00300 -",
      "ghcb 0x8000fffe 0x20 0x800",
    ],
    nearMisses: [
      "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:",
      "sw_exit_code at offset 0x390",
      // Nobody can say whose they are.
      "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\nkvm_amd: GHCB (GPA=000000007fedc000) snapshot:\nkvm_amd: sw_exit_code        000000008000fffe is_valid: 1\nkvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1\nkvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
    ],
  },
};
