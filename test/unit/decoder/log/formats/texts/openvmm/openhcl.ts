import type { FormatTexts } from "../formatTexts";

export const OPENVMM_OPENHCL_TEXTS: FormatTexts = {
  "openvmm: exit that the paravisor does not handle": {
    examples: [
      "SEV exit code 7f sev features SevFeatures { snp: true, vtom: true } v_intr_control VIntrCtrl { tpr: 0 } event inject 0 vmpl 2 cpl 0 exit_info1 7f exit_info2 0 exit_int_info 0",
      "SEV exit code NPF sev features SevFeatures { snp: true } vmpl 2 cpl 0 exit_info1 100000006 exit_info2 fee00000 exit_int_info 0",
    ],
    says: ["vmgexit 0x7f", "vmgexit 0x400"],
    nearMisses: [
      "SEV exit code 7f sev features unknown",
      "SEV exit code IDLE sev features SevFeatures {..} exit_info1 0 exit_info2 0",
    ],
  },
  "openvmm: GHCB message that the paravisor does not handle": {
    examples: [
      "Invalid ghcb message.\n usage GhcbUsage(0)\n flags 1\n ghcb_msr GhcbMsr { info: 256, pfn: 32, .. }\n sw_exit_code 2147549182",
      "Invalid ghcb message.\\n ghcb_msr GhcbMsr { info: 0, pfn: 32, .. }\\n sw_exit_code 2147549182\\n sw_exit_info1 32\\n sw_exit_info2 2048",
      " ghcb_msr GhcbMsr { info: 256, pfn: 32, .. }",
      " sw_exit_code 2147549182",
    ],
    says: [
      "termination 0:2 -",
      "termination 0:2 0x800",
      "termination 0:2 -",
      "termination untold -",
    ],
    nearMisses: [
      "Invalid ghcb message.",
      "GhcbMsr { info: GHCB_INFO_NORMAL }",
      "sw_exit_code 21474",
      "sw_exit_code 2147599999",
    ],
  },
};
