import { FEATURES, SEV_SNP, SOURCES, featuresBitOf } from "../../features";
import type { FeatureRow } from "../../features";
import type { GhcbSymbol } from "../../source/ghcbSymbols";
import { adviseLacking } from "../../guest/advice/advise";
import { standing } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { NamedThing } from "../../source/names";
import { bitMask, hasBit, hex64, hexShort } from "../../text/u64";
import { adviceOn } from "../guest/advice";
import { reportOn } from "./decodeReport";
import { decode } from "../../register/decode";
import { code, say, strong } from "../phrase";
import type { Phrase } from "../phrase";
import { msrReport } from "./msrReport";
import type { Report } from "../report";
import { bareReport } from "../report";
import { standingInWords } from "../guest/standing";
import { assumptionOf } from "../guest/verdict";

/** Everything there is to say about a name in source code. */
export function reportOnSymbol(thing: NamedThing, guest: GuestProfile | null): Report {
  switch (thing.kind) {
    case "feature":
      return featureSymbolReport(thing.name, thing.row, guest);
    case "mask":
      return maskReport(thing, guest);
    case "msr":
      return msrReport(thing.address, thing.name);
    case "ghcb":
      return ghcbSymbolReport(thing.symbol);
  }
}

function featureSymbolReport(name: string, row: FeatureRow, guest: GuestProfile | null): Report {
  const { bit, meaning, needs, aliases, disagreement, unverified, sources } = row;
  const position =
    bit < 2
      ? say`SEV_STATUS bit ${bit}; no bit of SEV_FEATURES`
      : say`SEV_STATUS bit ${bit}, SEV_FEATURES bit ${featuresBitOf(bit)}`;
  const stands = guest === null ? null : standing(bit, guest);
  const judged: Phrase =
    guest === null ? say`` : say` ${guest.label}: ${strong(standingInWords(bit, guest))}.`;
  return {
    ...bareReport(
      say`${code(name)}`,
      say`${strong(row.name ?? `bit ${bit}`)}, ${position}. ${meaning}${judged}`,
      stands !== "lacks" ? "neutral" : guest?.likely === true ? "unknown" : "bad",
    ),
    fields: aliases.map((alias) => ({
      name: "also called",
      value: alias.name,
      meaning: SOURCES[alias.source].title,
    })),
    advice:
      stands === "lacks"
        ? adviceOn(adviseLacking(bitMask(bit) | SEV_SNP, bitMask(bit), guest), guest)
        : [],
    notes: [
      ...(needs === undefined ? [] : [say`It needs ${needs}.`]),
      ...[disagreement, unverified]
        .filter((doubt) => doubt !== undefined)
        .map((doubt) => say`${doubt}`),
      ...(guest === null ? [] : assumptionOf(guest)),
    ],
    sources: sources.map((id) => `${SOURCES[id].title}: ${SOURCES[id].reference}`),
  };
}

const MASK_MEANINGS = {
  required: "the SEV_STATUS features that need code in the guest kernel",
  implemented:
    "the features of those that this kernel has code for (SNP_FEATURES_PRESENT; renamed SNP_FEATURES_IMPL in 7.1)",
} as const;

function maskReport(
  { name, mask }: { readonly name: string; readonly mask: keyof typeof MASK_MEANINGS },
  guest: GuestProfile | null,
): Report {
  const title = say`${code(name)}`;
  const meaning = MASK_MEANINGS[mask];
  if (guest === null) {
    return bareReport(title, say`${meaning}. Choose a guest kernel to see its value.`);
  }
  if (guest.check === null) {
    const has = guest.likely ? "likely has" : "has";
    return bareReport(title, say`${meaning}. ${guest.label} ${has} no check, and no such mask.`);
  }
  const value = guest.check[mask];
  const { features } = reportOn(decode("sev-status", mask === "required" ? 0n : value), guest);
  return {
    ...bareReport(
      title,
      say`${meaning}: ${guest.likely ? "likely " : ""}${code(hex64(value))} in ${guest.label}.`,
    ),
    features,
    notes: [
      ...assumptionOf(guest),
      ...(mask === "required" ? [say`It clears ${clearedNames(value)}.`] : []),
    ],
    sources: guest.sources,
  };
}

/** The named features that a required mask leaves out. */
function clearedNames(required: bigint): string {
  return FEATURES.flatMap(({ bit, name }) => (hasBit(required, bit) ? [] : [name]))
    .filter((name) => name !== null)
    .join(", ");
}

function ghcbSymbolReport({ symbol, meaning, value, doubt, source }: GhcbSymbol): Report {
  const amount = value === null ? say`` : say` ${code(hexShort(value))}.`;
  return {
    ...bareReport(say`${code(symbol)}`, say`${meaning}${amount}`),
    notes: doubt === null ? [] : [say`That meaning is ${doubt.mark}. ${doubt.why}`],
    sources: [source],
  };
}
