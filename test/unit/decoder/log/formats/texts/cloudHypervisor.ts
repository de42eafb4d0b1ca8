import type { FormatTexts } from "./formatTexts";

export const CLOUD_HYPERVISOR_TEXTS: FormatTexts = {
  "cloud-hypervisor: termination": {
    examples: [
      "cloud-hypervisor: 12.345s: <vcpu0> ERROR:hypervisor/src/mshv/mod.rs:1263 -- GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2",
    ],
    says: ["termination 0:2 -"],
    nearMisses: ["GHCB_MSR_TERM_REQ: Guest terminated! reason_set=0, reason_val=2"],
  },
  "cloud-hypervisor: error of a termination": {
    examples: ["Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)"],
    says: ["termination 0:2 -"],
    nearMisses: ["Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=16, reason_val=2)"],
  },
  "cloud-hypervisor: termination that is not known": {
    examples: [
      "thread 'vcpu0' panicked at hypervisor/src/mshv/mod.rs:1273: Unsupported VMGEXIT operation: 100",
    ],
    says: ["termination untold -"],
    nearMisses: ["Unsupported VMGEXIT operation: 1001", "Unsupported VMGEXIT operation: 12"],
  },
  "cloud-hypervisor: exit code that is not handled": {
    examples: ["GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe"],
    says: ["termination untold -"],
    nearMisses: ["GHCB_INFO_NORMAL: Unhandled exit code"],
  },
  "cloud-hypervisor: hypervisor features": {
    examples: ["GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3081"],
    says: ["hypervisor-features 0x3"],
    nearMisses: ["GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3"],
  },
  "cloud-hypervisor: SEV_FEATURES that it asks for": {
    examples: ["SEV-SNP: requesting vmsa_features: 0x20"],
    says: ["sev-features 0x20"],
    nearMisses: ["SEV-SNP: requesting vmsa_features"],
  },
};
