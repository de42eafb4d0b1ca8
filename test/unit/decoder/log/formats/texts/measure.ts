import type { FormatTexts } from "./formatTexts";

export const MEASURE_TEXTS: FormatTexts = {
  "sev-snp-measure: sev-snp-measure --guest-features": {
    examples: [
      "sev-snp-measure --guest-features 0x21 --vcpus 4",
      "sev-snp-measure --mode snp --guest-features=0x1",
    ],
    says: ["sev-features 0x21", "sev-features 0x1"],
    nearMisses: ["--guest-features FEATURES"],
  },
  "igvm: igvmbuilder --sev-features": {
    examples: [
      "igvmbuilder --sev-features alternate-injection",
      "igvmbuilder --sev-features=vmsa-reg-prot,smt-protection",
    ],
    says: ["sev-features 0x10", "sev-features 0xc000"],
    nearMisses: ["igvmbuilder --sev-features all"],
  },
};
