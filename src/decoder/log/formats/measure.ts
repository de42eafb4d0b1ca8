import { featuresFromStatus } from "../../features";
import { maskOf } from "../../text/u64";
import type { LineFormat, Read } from "./format";
import { featureWords } from "./kit/featureWords";
import { group, hexOrDecimal } from "./kit/groups";
import { matchOf, readFeatures } from "./kit/matches";

const readNames: Read = (match, line) => {
  const names = group(match, "names");
  const bits = names === null ? null : featureWords(names.text);
  if (names === null || bits === null) return null;
  const value = featuresFromStatus(maskOf(bits));
  return matchOf(names, line, { kind: "sev-features", value, role: "requested" });
};

export const MEASURE_FORMATS: readonly LineFormat[] = [
  /** `sev-snp-measure --guest-features 0x21` — SEV_FEATURES, read by Python's `int(text, 0)`: bare digits are decimal. */
  {
    name: "sev-snp-measure --guest-features",
    software: "sev-snp-measure",
    anchors: ["--guest-features"],
    pattern: /--guest-features[ =](?<value>0x[\da-f]{1,16}|\d{1,20})(?![\w.])/giu,
    read: readFeatures("requested", hexOrDecimal),
  },
  /** `igvmbuilder --sev-features debug-swap,secure-tsc-en` — by names. */
  {
    name: "igvmbuilder --sev-features",
    software: "igvm",
    anchors: ["--sev-features"],
    pattern: /--sev-features[ =](?<names>[a-z][a-z,-]{1,200})(?![\w.])/gu,
    read: readNames,
  },
];
