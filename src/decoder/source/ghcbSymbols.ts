import {
  GUEST_REQUEST_VMM_ERRORS,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
} from "../ghcb/errors";
import { U64_MAX, maskOf } from "../text/u64";
import { EXIT_CODES } from "../ghcb/exitCodes";
import type { FieldSpec } from "../ghcb/fields";
import { HV_FEATURES } from "../ghcb/hvFeatures";
import { MSR_MESSAGES } from "../ghcb/msrRequests";
import { SOURCES, type Doubt, type SourceNames } from "../ghcb/provenance";
import { OTHER_SYMBOLS } from "./otherSymbols";
import { TERMINATION_REASONS } from "../ghcb/terminationReasons";

/** A name that source code uses for something of the GHCB. */
export interface GhcbSymbol {
  /** The identifier, exactly as spelled. */
  readonly symbol: string;
  readonly meaning: string;
  /** What it stands for in the code, or null for a macro with arguments. */
  readonly value: bigint | null;
  readonly doubt: Doubt | null;
  readonly source: string;
}

type About = Pick<GhcbSymbol, "meaning" | "value" | "source">;

function symbolOf(symbol: string, about: About, doubt: Doubt | null = null): GhcbSymbol {
  const { meaning, value, source } = about;
  return { symbol, meaning, value, doubt, source };
}

/** One symbol for each name; `*` in it stands for `word`. */
function symbolsOf(names: SourceNames, about: About, word = ""): GhcbSymbol[] {
  const { linux = [], edk2 = [], linuxDoubt } = names;
  const spelled = (name: string) => name.replace("*", word);
  return [
    ...[linux].flat().map((name) => symbolOf(spelled(name), about, linuxDoubt)),
    ...[edk2].flat().map((name) => symbolOf(spelled(name), about)),
  ];
}

function fieldValues(of: string, source: string, fields: readonly FieldSpec[] = []): GhcbSymbol[] {
  return fields.flatMap((field) =>
    Object.entries(field.values ?? {}).flatMap(([value, row]) => {
      const own = typeof row === "string" ? { name: row } : row;
      const meaning = `${of}: ${field.name} ${own.name}.`;
      const about = { meaning, value: BigInt(value), source };
      return [...symbolsOf(field, about, own.name), ...symbolsOf(own, about)];
    }),
  );
}

const exitCodes = EXIT_CODES.flatMap((row) => [
  ...symbolsOf(row, row),
  ...fieldValues(row.name, row.source, row.info1In.fields),
]);

const messages = MSR_MESSAGES.flatMap((row) => [
  ...symbolsOf(row, { ...row, value: row.code }),
  ...fieldValues(row.name, row.source, row.fields),
]);

function reasonSet(symbol: string, value: bigint, owner: string, source: string): GhcbSymbol {
  return symbolOf(symbol, { meaning: `Reason set of the ${owner} codes.`, value, source });
}

const reasons = TERMINATION_REASONS.flatMap(({ macro, aliases = [], ...row }) =>
  [macro, ...aliases].map((symbol) => symbolOf(symbol, { ...row, value: BigInt(row.code) })),
);

const errors = [...HV_RESPONSES, ...MALFORMED_INPUT_ERRORS, ...PSC_ERRORS].map((row) =>
  symbolOf(row.name, row),
);

const vmmErrors = GUEST_REQUEST_VMM_ERRORS.map((row) =>
  symbolOf(`SNP_GUEST_VMM_ERR_${row.name}`, row),
);

const hvFeatures = HV_FEATURES.flatMap(({ symbols, ...row }) =>
  symbols.map(({ symbol, bits, doubt }) =>
    symbolOf(symbol, { ...row, value: maskOf(bits) }, doubt),
  ),
);

/** Names that no table has, because nothing decodes by them. */
const others = [
  symbolOf("SVM_VMGEXIT_TERM_REASON", {
    meaning: "SW_EXITINFO1 of a termination event from reason set [3:0] and code [11:4].",
    value: null,
    source: SOURCES.svm,
  }),
  symbolOf("GHCB_SEV_TERM_REASON", {
    meaning: "The part of a GHCB MSR value that holds reason set [15:12] and code [23:16].",
    value: null,
    source: SOURCES.sevCommon,
  }),
  symbolOf("SVM_VMGEXIT_SAVIC_SELF_GPA", {
    meaning: "RAX of SAVIC: the processor that asks.",
    value: U64_MAX,
    source: SOURCES.svm,
  }),
  reasonSet("SEV_TERM_SET_GEN", 0n, "GHCB specification", SOURCES.sevCommon),
  reasonSet("SEV_TERM_SET_LINUX", 1n, "Linux", SOURCES.sevCommon),
  reasonSet("GHCB_TERMINATE_GHCB", 0n, "GHCB specification", SOURCES.edk2Msr),
  ...OTHER_SYMBOLS.map((row) => symbolOf(row.symbol, row)),
];

/** Every name, exactly as it is spelled, and what it stands for. */
export const GHCB_SYMBOLS: ReadonlyMap<string, GhcbSymbol> = new Map(
  [...exitCodes, ...messages, ...reasons, ...errors, ...vmmErrors, ...hvFeatures, ...others]
    // The first row wins: a field that several messages share is described by the first of them.
    .reverse()
    .map((row) => [row.symbol, row]),
);
