import { featuresFromStatus } from "../../features";
import { maskOf } from "../../text/u64";
import { featureWords } from "./kit/featureWords";
import { decimal, group, ofEvery, ofEveryValue, u64 } from "./kit/groups";
import type { LineFormat } from "../reading";
import { featuresSaid } from "./kit/said";

const MEASURE = /--guest-features[ =](?<value>0x[\da-f]{1,16}|\d{1,20})(?![\w.])/dgiu;

/** `sev-snp-measure --guest-features 0x21` — SEV_FEATURES, read by Python's `int(text, 0)`: bare digits are decimal. */
const guestFeatures: LineFormat = {
  name: "sev-snp-measure --guest-features",
  software: "sev-snp-measure",
  since: null,
  anchors: ["--guest-features"],
  recognise: (line) =>
    ofEveryValue(
      line,
      MEASURE,
      (found) => [featuresSaid(found, found.value, "requested")],
      (text) => (/^0x/iu.test(text) ? u64(text) : decimal(text)),
    ),
  examples: [
    "sev-snp-measure --guest-features 0x21 --vcpus 4",
    "sev-snp-measure --mode snp --guest-features=0x1",
  ],
  nearMisses: ["--guest-features FEATURES"],
};

const IGVM = /--sev-features[ =](?<names>[a-z][a-z,-]{1,200})(?![\w.])/dgu;

/** `igvmbuilder --sev-features debug-swap,secure-tsc-en` — by names. */
const igvmbuilder: LineFormat = {
  name: "igvmbuilder --sev-features",
  software: "igvm",
  since: null,
  anchors: ["--sev-features"],
  recognise: (line) =>
    ofEvery(line, IGVM, (match) => {
      const span = group(match, "names");
      const bits = span === null ? null : featureWords(span.text);
      return span === null || bits === null
        ? []
        : [featuresSaid(span, featuresFromStatus(maskOf(bits)), "requested")];
    }),
  examples: [
    "igvmbuilder --sev-features alternate-injection",
    "igvmbuilder --sev-features=vmsa-reg-prot,smt-protection",
  ],
  nearMisses: ["igvmbuilder --sev-features all"],
};

export const MEASURE_FORMATS: readonly LineFormat[] = [guestFeatures, igvmbuilder];
