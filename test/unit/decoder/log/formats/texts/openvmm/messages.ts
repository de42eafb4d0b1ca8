import type { FormatTexts } from "../formatTexts";

export const OPENVMM_MESSAGES_TEXTS: FormatTexts = {
  "openvmm: termination": {
    examples: [
      "SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2",
      "SEV guest requested termination: ghcb_msr=0x7fedb000 reason_set=0xb reason=0xed",
    ],
    says: ["termination 0:2 -", "termination untold -"],
    nearMisses: ["SEV guest requested termination"],
  },
  "openvmm: traced system event": {
    examples: ["system event event_type=6 event_flags=131328"],
    says: ["termination 0:2 -"],
    nearMisses: ["system event event_type=1 event_flags=256"],
  },
  "openvmm: termination that the paravisor does not handle": {
    examples: [
      "thread 'vp-0' panicked at openhcl/virt_mshv_vtl/src/processor/snp/mod.rs:952:21:\nnot implemented: ghcb info SHUTDOWN_REQUEST",
    ],
    says: ["termination untold -"],
    nearMisses: [
      "not implemented: ghcb info CPUID_REQUEST",
      "not implemented: ghcb info SHUTDOWN_REQUESTED",
      'info => unimplemented!("ghcb info {info:?}"),',
    ],
  },
  "openvmm: SEV_FEATURES that KVM does not support": {
    examples: ["Error: failed to load IGVM: KVM does not support SNP VMSA feature bits 0x28"],
    says: ["sev-features 0x28"],
    nearMisses: [
      '    #[error("KVM does not support SNP VMSA feature bits {0:#x}")]',
      "KVM does not support SNP VMSA features",
    ],
  },
};
