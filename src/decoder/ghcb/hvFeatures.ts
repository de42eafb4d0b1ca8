import { bits } from "./fields";
import { SOURCES, type Mark, type SymbolRef } from "./provenance";

/** One bit of the hypervisor feature bitmap; neither SEV_STATUS nor SEV_FEATURES. */
export interface HvFeature {
  readonly bit: number;
  readonly name: string;
  readonly meaning: string;
  readonly symbols: readonly HvFeatureSymbol[];
  /** Trust in `meaning`: the names are read in source, some meanings follow from them alone. */
  readonly mark: Mark | null;
  readonly source: string;
}

/** What source code calls the feature, with all the bits that its definition sets. */
export interface HvFeatureSymbol extends SymbolRef {
  readonly bits: readonly number[];
}

/** A decoded hypervisor feature bitmap. */
export interface HvFeatures {
  readonly value: bigint;
  /** The set bits that have a name, lowest first. */
  readonly known: readonly { readonly bit: number; readonly name: string }[];
  /** The set bits without one, where they stand. */
  readonly unknown: bigint;
}

/** The hypervisor feature bits of GHCB version 2 and later. */
export const HV_FEATURES: readonly HvFeature[] = [
  {
    bit: 0,
    name: "SNP",
    meaning: "The hypervisor can run SEV-SNP guests.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP", software: "Linux", bits: [0] },
      { symbol: "GHCB_HV_FEATURES_SNP", software: "edk2", bits: [0] },
    ],
    mark: null,
    source: SOURCES.sevCommon,
  },
  {
    bit: 1,
    name: "SNP_AP_CREATION",
    meaning: "The guest can start its other processors by the AP creation event.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP_AP_CREATION", software: "Linux", bits: [1] },
      { symbol: "GHCB_HV_FEATURES_SNP_AP_CREATE", software: "edk2", bits: [0, 1] },
    ],
    mark: null,
    source: SOURCES.sevCommon,
  },
  {
    bit: 2,
    name: "SNP_RESTRICTED_INJECTION",
    meaning: "Restricted injection: the hypervisor injects only #HV.",
    symbols: [
      { symbol: "GHCB_HV_FT_SNP_RINJ", software: "Linux", bits: [1, 2], mark: "unmerged" },
      { symbol: "GHCB_HV_FEATURES_SNP_RESTRICTED_INJECTION", software: "edk2", bits: [0, 1, 2] },
    ],
    mark: null,
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 3,
    name: "SNP_RESTRICTED_INJECTION_TIMER",
    meaning: "A timer for guests with restricted injection.",
    symbols: [
      {
        symbol: "GHCB_HV_FEATURES_SNP_RESTRICTED_INJECTION_TIMER",
        software: "edk2",
        bits: [0, 1, 2, 3],
      },
    ],
    mark: null,
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 4,
    name: "APIC_ID_LIST",
    meaning: "The guest can ask for the list of its processors' APIC ids.",
    symbols: [
      { symbol: "GHCB_HV_FT_APIC_ID_LIST", software: "Linux", bits: [4], mark: "unmerged" },
      { symbol: "GHCB_HV_FEATURES_APIC_ID_LIST", software: "edk2", bits: [4] },
    ],
    mark: null,
    source: SOURCES.edk2Ghcb,
  },
  {
    bit: 5,
    name: "SNP_MULTI_VMPL",
    meaning: "The guest can run software at several VMPLs, as an SVSM needs.",
    symbols: [{ symbol: "GHCB_HV_FT_SNP_MULTI_VMPL", software: "Linux", bits: [5] }],
    mark: null,
    source: SOURCES.sevCommon,
  },
  {
    bit: 6,
    name: "SEV_PAGE_STATE_CHANGE",
    meaning: "Page state changes also without SNP; the name is coconut-svsm's.",
    symbols: [],
    mark: "inferred",
    source: SOURCES.coconutMsr,
  },
  {
    bit: 9,
    name: "SEV_SNP_EXT_INTERRUPTS",
    meaning:
      "Interrupt events for SVSMs; the name is coconut-svsm's, which had it at bit 7 before (09175bf303f1).",
    symbols: [],
    mark: "inferred",
    source: SOURCES.coconutMsr,
  },
];

/** Names the bits of a hypervisor feature bitmap, shifted down to bit 0 as HV_FT_RESP_VAL gives it. */
export function decodeHvFeatures(value: bigint): HvFeatures {
  const known = HV_FEATURES.filter(({ bit }) => bits(value, bit, bit) === 1n);
  const named = known.reduce((mask, { bit }) => mask | (1n << BigInt(bit)), 0n);
  return {
    value,
    known: known.map(({ bit, name }) => ({ bit, name })),
    unknown: value & ~named,
  };
}
