import type { FormatTexts } from "../formatTexts";

export const OPENVMM_DEBUG_STRUCT_TEXTS: FormatTexts = {
  "openvmm: SEV_STATUS or SEV_FEATURES field by field": {
    examples: [
      "INFO virt_mshv_vtl::processor::snp: SEV status CVM_ALLOWED=true sev_status=SevStatusMsr { sev_enabled: true, es_enabled: true, snp_enabled: true, vtom: true }",
      "INFO VMSA features vtl=Vtl0 features=SevFeatures { snp: true, vtom: true, reflect_vc: true, restrict_injection: false }",
      '{"fields":{"message":"SEV status","sev_status":"SevStatusMsr { sev_enabled: true, es_enabled: false }"}}',
    ],
    says: ["sev-status 0xf", "sev-features 0x7", "sev-status 0x1"],
    nearMisses: [
      "sev features SevFeatures {..}",
      "pub struct SevFeatures { pub snp: bool }",
      "let features = SevFeatures { snp: true, debug_swap: false };",
      "SevFeatures { snp: true, ..Default::default() }",
      "SevStatusMsr { sev_enabled: false, es_enabled: true, snp_enabled: true }",
      "guest: { sev_status: { snp: true } }",
    ],
  },
  "openvmm: SEV_STATUS or SEV_FEATURES, a field a line": {
    examples: [
      "INFO SEV status CVM_ALLOWED=true sev_status=SevStatusMsr {\n    sev_enabled: true,\n    es_enabled: true,\n    snp_enabled: true,\n    vtom: false,\n    _rsvd3: 0,\n    secure_tsc: true,\n}",
      "VMSA features vtl=Vtl0 features=SevFeatures {\n    snp: true,\n    debug_swap: true,\n}",
    ],
    says: ["sev-status 0x807", "sev-features 0x21"],
    nearMisses: [
      "pub struct SevFeatures {\n    pub snp: bool,\n    pub vtom: bool,\n}",
      "let features = SevFeatures {\n    ..Default::default()\n}",
      "let features = SevFeatures {\n    snp: true,\n    debug_swap: true,\n};",
      "SevFeatures {\n    snp: true,\n    debug_swap: config.debug_swap,\n}",
      "SevFeatures {\n    snp: true,\n    ..Default::default()\n}",
      "SevStatusMsr {\n    sev_enabled: false,\n    es_enabled: true,\n}",
    ],
  },
};
