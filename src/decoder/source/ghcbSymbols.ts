import {
  GUEST_REQUEST_VMM_ERRORS,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
} from "../ghcb/errors";
import { EXIT_CODES } from "../ghcb/exitCodes";
import type { FieldSpec } from "../ghcb/fields";
import { HV_FEATURES } from "../ghcb/hvFeatures";
import { MSR_MESSAGES } from "../ghcb/msrRequests";
import { SOURCES, type Mark, type SymbolRef } from "../ghcb/provenance";
import { REASON_SETS, TERMINATION_REASONS } from "../ghcb/terminationReasons";

/** A name that source code uses for something of the GHCB. */
export interface GhcbSymbol {
  /** The identifier, exactly as spelled. */
  readonly symbol: string;
  readonly kind:
    | "exit-code"
    | "msr-request"
    | "term-set"
    | "term-reason"
    | "error"
    | "field-value"
    | "hv-feature"
    | "macro"
    | "msr";
  readonly meaning: string;
  /** What it stands for in the code, or null for a macro with arguments. */
  readonly value: bigint | null;
  readonly mark: Mark | null;
  readonly source: string;
}

type Described = Pick<GhcbSymbol, "kind" | "meaning" | "value" | "source"> & {
  readonly mark?: Mark | null;
};

function named({ symbol, mark }: SymbolRef, what: Described): GhcbSymbol {
  return { ...what, symbol, mark: mark ?? what.mark ?? null };
}

function fieldValues(fields: readonly FieldSpec[], of: string, source: string): GhcbSymbol[] {
  return fields.flatMap((field) =>
    (field.values ?? []).flatMap(({ value, name, symbols = [] }) =>
      symbols.map((ref) =>
        named(ref, {
          kind: "field-value",
          meaning: `${of}: ${field.name} ${name}.`,
          value,
          source,
        }),
      ),
    ),
  );
}

const exitCodes = EXIT_CODES.flatMap(({ symbols, name, value, meaning, info1In, source }) => [
  ...symbols.map((ref) => named(ref, { kind: "exit-code", meaning, value, source })),
  ...fieldValues(info1In.fields, name, source),
]);

const messages = MSR_MESSAGES.flatMap(({ symbols, name, code, meaning, fields, source }) => [
  ...symbols.map((ref) => named(ref, { kind: "msr-request", meaning, value: code, source })),
  ...fieldValues(fields, name, source),
]);

const reasonSets = REASON_SETS.flatMap(({ symbol, set, owner, source }) =>
  symbol === null
    ? []
    : [
        {
          symbol,
          kind: "term-set",
          meaning: `Reason set of the ${owner} codes.`,
          value: BigInt(set),
          mark: null,
          source,
        } as const,
      ],
);

const reasons = TERMINATION_REASONS.flatMap(({ macro, aliases, code, meaning, source }) =>
  [...(macro === null ? [] : [macro]), ...aliases].map(
    (symbol) =>
      ({
        symbol,
        kind: "term-reason",
        meaning,
        value: BigInt(code),
        mark: null,
        source,
      }) as const,
  ),
);

const errors = [...HV_RESPONSES, ...MALFORMED_INPUT_ERRORS, ...PSC_ERRORS].map(
  ({ name, value, meaning, mark, source }) =>
    ({ symbol: name, kind: "error", meaning, value, mark, source }) as const,
);

const vmmErrors = GUEST_REQUEST_VMM_ERRORS.map(
  ({ name, value, meaning, mark, source }) =>
    ({
      symbol: `SNP_GUEST_VMM_ERR_${name}`,
      kind: "error",
      meaning,
      value,
      mark,
      source,
    }) as const,
);

const hvFeatures = HV_FEATURES.flatMap(({ symbols, meaning, source }) =>
  symbols.map((ref) =>
    named(ref, {
      kind: "hv-feature",
      meaning,
      value: ref.bits.reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n),
      source,
    }),
  ),
);

/** Names that no table has, because nothing decodes by them. */
const OTHERS: readonly GhcbSymbol[] = [
  {
    symbol: "SVM_VMGEXIT_TERM_REASON",
    kind: "macro",
    meaning: "SW_EXITINFO1 of a termination event from reason set [3:0] and code [11:4].",
    value: null,
    mark: null,
    source: SOURCES.svm,
  },
  {
    symbol: "GHCB_SEV_TERM_REASON",
    kind: "macro",
    meaning: "The part of a GHCB MSR value that holds reason set [15:12] and code [23:16].",
    value: null,
    mark: null,
    source: SOURCES.sevCommon,
  },
  {
    symbol: "SVM_VMGEXIT_SAVIC_SELF_GPA",
    kind: "field-value",
    meaning: "RAX of SAVIC: the processor that asks.",
    value: 0xffff_ffff_ffff_ffffn,
    mark: null,
    source: SOURCES.svm,
  },
  {
    symbol: "GHCB_TERMINATE_GHCB",
    kind: "term-set",
    meaning: "Reason set of the GHCB specification codes.",
    value: 0n,
    mark: null,
    source: SOURCES.edk2Msr,
  },
];

const all: readonly GhcbSymbol[] = [
  ...exitCodes,
  ...messages,
  ...reasonSets,
  ...reasons,
  ...errors,
  ...vmmErrors,
  ...hvFeatures,
  ...OTHERS,
];

// The first row wins: a field that several messages share is described by the first of them.
const byName: ReadonlyMap<string, GhcbSymbol> = new Map(
  [...all].reverse().map((row) => [row.symbol, row]),
);

/** Every name, each once. */
export const GHCB_SYMBOLS: readonly GhcbSymbol[] = all.filter(
  (row) => byName.get(row.symbol) === row,
);

/** What a name of source code stands for, or null. Names are case-sensitive. */
export function symbolByName(name: string): GhcbSymbol | null {
  return byName.get(name) ?? null;
}
