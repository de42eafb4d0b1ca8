import { FEATURES, SEV_SNP, SOURCES, featureName } from "../../features";
import type { FeatureRow, SourceId } from "../../features";
import { adviseLacking } from "../../guest/advice/advise";
import { bitMask } from "../../text/u64";
import { adviceOn } from "../guest/advice";
import type { Phrase } from "../phrase";

/** What there is to say about a feature, whatever the value and the guest. Everything in it survives JSON. */
export interface FeatureDetails {
  /** Position in SEV_STATUS. */
  readonly statusBit: number;
  readonly name: string;
  readonly meaning: string;
  /** Other projects' names, each with the project: `secure-tsc (QEMU)`. */
  readonly aliases: readonly string[];
  readonly macros: readonly string[];
  /** What is not certain: sources that contradict each other, or a fact that nobody verified. */
  readonly doubts: readonly string[];
  /** Which kernels support it, and how the host turns it off. */
  readonly ways: readonly Phrase[];
  readonly sources: readonly string[];
}

const PROJECTS: Readonly<Record<SourceId, string>> = {
  linux: "Linux",
  kvm: "KVM",
  edk2: "edk2",
  openvmm: "openvmm",
  svsm: "COCONUT-SVSM",
  virtee: "virtee",
  qemu: "QEMU",
  apm: "AMD",
  igvm: "IGVM",
};

/** The details of every bit that a source names. */
export function featureDetails(): FeatureDetails[] {
  return FEATURES.map(detailsOf);
}

function detailsOf(row: FeatureRow): FeatureDetails {
  const { bit, meaning, aliases, macros, disagreement, unverified, sources } = row;
  const mask = bitMask(bit);
  const [advice] = adviceOn(adviseLacking(SEV_SNP | mask, mask), null);
  return {
    statusBit: bit,
    name: featureName(bit),
    meaning,
    aliases: aliases.map(({ name, source }) => `${name} (${PROJECTS[source]})`),
    macros,
    doubts: [disagreement, unverified].filter((doubt) => doubt !== undefined),
    ways: advice?.ways ?? [],
    sources: sources.map((id) => `${SOURCES[id].title}: ${SOURCES[id].reference}`),
  };
}
