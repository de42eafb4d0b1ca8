import { hasBit, maskOf } from "../text/u64";
import { OF_SERIES, SOURCES, type Doubt } from "./provenance";

/** One bit of the hypervisor feature bitmap; neither SEV_STATUS nor SEV_FEATURES. */
export interface HvFeature {
  readonly bit: number;
  readonly name: string;
  readonly meaning: string;
  /**
   * What source code calls it, with all the bits that its definition sets: Linux GHCB_HV_FT_…,
   * edk2 GHCB_HV_FEATURES_….
   */
  readonly symbols: readonly {
    readonly symbol: string;
    readonly bits: readonly number[];
    readonly doubt?: Doubt;
  }[];
  /** Doubt about `meaning`: the names are read in source, some meanings follow from them alone. */
  readonly doubt?: Doubt;
  readonly source: string;
}

/** A decoded hypervisor feature bitmap. */
export interface HvFeatures {
  readonly value: bigint;
  /** The set bits that have a name, lowest first. */
  readonly known: readonly HvFeature[];
  /** The set bits without one, where they stand. */
  readonly unknown: bigint;
}

const FROM_ITS_NAME: Doubt = {
  mark: "inferred",
  why: "The name is in COCONUT-SVSM; what it means follows from the name. The GHCB specification was not read.",
};

/** The hypervisor feature bits of GHCB version 2 and later. */
export const HV_FEATURES: readonly HvFeature[] = [
  {
    bit: 0,
    name: "SNP",
    meaning: "The hypervisor can run SEV-SNP guests.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP", bits: [0] },
      { symbol: "GHCB_HV_FEATURES_SNP", bits: [0] },
    ],
    source: SOURCES.sevCommon,
  },
  {
    bit: 1,
    name: "SNP_AP_CREATION",
    meaning: "The guest can start its other processors by the AP creation event.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP_AP_CREATION", bits: [1] },
      { symbol: "GHCB_HV_FEATURES_SNP_AP_CREATE", bits: [0, 1] },
    ],
    source: SOURCES.sevCommon,
  },
  {
    bit: 2,
    name: "SNP_RESTRICTED_INJECTION",
    meaning: "Restricted injection: the hypervisor injects only #HV.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP_RINJ", bits: [1, 2], doubt: OF_SERIES },
      { symbol: "GHCB_HV_FEATURES_SNP_RESTRICTED_INJECTION", bits: [0, 1, 2] },
    ],
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 3,
    name: "SNP_RESTRICTED_INJECTION_TIMER",
    meaning: "A timer for guests with restricted injection.",
    symbols: [{ symbol: "GHCB_HV_FEATURES_SNP_RESTRICTED_INJECTION_TIMER", bits: [0, 1, 2, 3] }],
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 4,
    name: "APIC_ID_LIST",
    meaning: "The guest can ask for the list of its processors' APIC ids.",
    symbols: [
      { symbol: "GHCB_HV_FT_APIC_ID_LIST", bits: [4], doubt: OF_SERIES },
      { symbol: "GHCB_HV_FEATURES_APIC_ID_LIST", bits: [4] },
    ],
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 5,
    name: "SNP_MULTI_VMPL",
    meaning: "The guest can run software at several VMPLs, as an SVSM needs.",
    symbols: [{ symbol: "GHCB_HV_FT_SNP_MULTI_VMPL", bits: [5] }],
    source: SOURCES.sevCommon,
  },
  {
    bit: 6,
    name: "SEV_PAGE_STATE_CHANGE",
    meaning: "Page state changes also without SNP.",
    symbols: [],
    doubt: FROM_ITS_NAME,
    source: SOURCES.coconutMsr,
  },
  {
    bit: 9,
    name: "SEV_SNP_EXT_INTERRUPTS",
    meaning:
      "Interrupt events for SVSMs; COCONUT-SVSM had the name at bit 7 before (09175bf303f1).",
    symbols: [],
    doubt: FROM_ITS_NAME,
    source: SOURCES.coconutMsr,
  },
];

/** Names the bits of a hypervisor feature bitmap, shifted down to bit 0 as HV_FT_RESP_VAL gives it. */
export function decodeHvFeatures(value: bigint): HvFeatures {
  const known = HV_FEATURES.filter(({ bit }) => hasBit(value, bit));
  return {
    value,
    known,
    unknown: value & ~maskOf(known.map(({ bit }) => bit)),
  };
}
