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
    examples: ["not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)"],
    says: ["termination untold -"],
    nearMisses: ["not implemented: ghcb info GhcbInfo(CPUID_REQUEST)"],
  },
};
