import { FEATURES } from "../features";
import type { FeatureRow } from "../features";
import { GHCB_SYMBOLS } from "./ghcbSymbols";
import type { GhcbSymbol } from "./ghcbSymbols";
import { GHCB_MSR, SEV_STATUS_MSR } from "../features/addresses";

/** What a name in source code stands for. */
export type NamedThing =
  | { readonly kind: "feature"; readonly row: FeatureRow; readonly name: string }
  | { readonly kind: "mask"; readonly mask: "required" | "implemented"; readonly name: string }
  | { readonly kind: "msr"; readonly address: bigint; readonly name: string }
  | { readonly kind: "ghcb"; readonly symbol: GhcbSymbol; readonly name: string };

const MASKS: ReadonlyMap<string, "required" | "implemented"> = new Map([
  ["SNP_FEATURES_IMPL_REQ", "required"],
  ["SNP_FEATURES_PRESENT", "implemented"],
  ["SNP_FEATURES_IMPL", "implemented"],
]);

const MSRS: ReadonlyMap<string, bigint> = new Map([
  ["MSR_AMD64_SEV", SEV_STATUS_MSR],
  ["MSR_SEV_STATUS", SEV_STATUS_MSR],
  ["SEV_STATUS_MSR", SEV_STATUS_MSR],
  ["MSR_AMD64_SEV_ES_GHCB", GHCB_MSR],
  ["MSR_SEV_ES_GHCB", GHCB_MSR],
]);

/** Names that are code, not words: macros, `SVM_SEV_FEAT_*`, and `SEVStatusFlags::*`. */
const FEATURE_SYMBOLS: ReadonlyMap<string, FeatureRow> = new Map(
  FEATURES.flatMap((row) => [
    ...row.macros.flatMap((macro) => [[macro, row] as const, [`${macro}_BIT`, row] as const]),
    ...row.aliases.filter(({ source }) => source === "kvm").map(({ name }) => [name, row] as const),
    ...row.aliases
      .filter(({ source, name }) => source === "svsm" && name === name.toUpperCase())
      .map(({ name }) => [`SEVStatusFlags::${name}`, row] as const),
    // The SVSM's name of bit 0 is also Linux'.
    ...(row.name === "SEV" ? [["SEVStatusFlags::SEV", row] as const] : []),
  ]).filter(([name]) => !name.includes("RESERVED_BITS")),
);

/** The thing that an identifier of Linux, KVM, edk2 or COCONUT-SVSM source stands for; exact spelling only. */
export function namedThing(name: string): NamedThing | null {
  const row = FEATURE_SYMBOLS.get(name);
  if (row !== undefined) return { kind: "feature", row, name };
  const mask = MASKS.get(name);
  if (mask !== undefined) return { kind: "mask", mask, name };
  const address = MSRS.get(name);
  if (address !== undefined) return { kind: "msr", address, name };
  const symbol = GHCB_SYMBOLS.get(name);
  return symbol === undefined ? null : { kind: "ghcb", symbol, name };
}
