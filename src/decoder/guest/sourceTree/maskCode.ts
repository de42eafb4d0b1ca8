import { quoted } from "../../text/quoted";
import { SEV_SNP } from "../../features";
import { U64_MAX } from "../../text/u64";
import type { Macro } from "./expression";
import { macroValue } from "./expression";
import type { SourceFunction } from "./functions";
import { closing, match } from "./functions";
import { complement, mask64 } from "./integer";
import { NotUnderstood } from "./notUnderstood";
import type { SourceTree } from "./tree";

/** Tests a value and gives the unsupported features of it; since the EFI stub asks too (6.6, 6.1.81). */
export const UNSUPPORTED_FUNCTION = "snp_get_unsupported_features";
/** The decompressor's check. */
export const CHECK_FUNCTION = "snp_check_features";

/** The two masks as a tree's own macros have them, in SEV_STATUS bit positions. */
export interface SourceMasks {
  readonly required: bigint;
  readonly implemented: bigint;
  /** Their definitions. */
  readonly macros: readonly Macro[];
}

/** `status & required & ~implemented`, once SEV-SNP is on: how the kernel has tested a value in every release. */
const UNSUPPORTED_BODY =
  "if ( ! ( $status & $snp ) ) return 0 ; return $status & $required & ~ $implemented ;";
/** The same within the check, before there was a function for it. */
const CHECK_BEGINNING =
  "u64 $unsupported ; if ( ! ( $status & $snp ) ) return ; $unsupported = $status & $required & ~ $implemented ;";
const CHECK_BY_FUNCTION = `u64 $unsupported ; $unsupported = ${UNSUPPORTED_FUNCTION} ( $status ) ;`;
const REFUSAL = "if ( $unsupported ) {";
const TERMINATION = "sev_es_ghcb_terminate";

/** The masks that the function tests with; a body that does anything else is {@link NotUnderstood}. */
export function masksOfFunction(tree: SourceTree, source: SourceFunction): SourceMasks {
  const parameter = source.parameters.at(-1)?.text ?? "";
  const names = new Map([["$status", parameter === "void" ? "sev_status" : parameter]]);
  const end = matched(source, 0, UNSUPPORTED_BODY, names);
  if (end !== source.body.length) throw unlike(source);
  return masksNamed(tree, source, names);
}

/** The masks of a check that tests by itself, null where it leaves that to {@link UNSUPPORTED_FUNCTION}; any other check is {@link NotUnderstood}. */
export function masksOfCheck(tree: SourceTree, source: SourceFunction): SourceMasks | null {
  const names = new Map([["$status", "sev_status"]]);
  const byFunction = match(source.body, 0, CHECK_BY_FUNCTION, names);
  const end = byFunction ?? matched(source, 0, CHECK_BEGINNING, names);
  const inside = matched(source, end, REFUSAL, names);
  // The refusal is all that the check does, and hands over the mask.
  const isAll = closing(source.body, inside, ["{", "}"]) === source.body.length - 1;
  if (!isAll || !handsOver(source, inside, names)) throw unlike(source);
  return byFunction === null ? masksNamed(tree, source, names) : null;
}

/** A pattern that the function must have at `from`. */
function matched(
  source: SourceFunction,
  from: number,
  pattern: string,
  names: Map<string, string>,
): number {
  const undecided = source.body.find((token) => token.undecided !== null);
  if (undecided !== undefined) {
    throw new NotUnderstood(
      { file: source.file, line: undecided.undecided },
      `the condition within ${quoted(source.name)} is not understood.`,
    );
  }
  const end = match(source.body, from, pattern, names);
  if (end === null) throw unlike(source);
  return end;
}

function handsOver({ body }: SourceFunction, from: number, names: Map<string, string>): boolean {
  const call = body.findIndex(({ text }, at) => at >= from && text === TERMINATION);
  const end = body.findIndex(({ text }, at) => at > call && text === ";");
  return (
    call !== -1 && body[end - 1]?.text === ")" && body[end - 2]?.text === names.get("$unsupported")
  );
}

function unlike(source: SourceFunction): NotUnderstood {
  return new NotUnderstood(
    source,
    `${quoted(source.name)} does not test a value as expected (status & required & ~implemented).`,
  );
}

function masksNamed(
  tree: SourceTree,
  source: SourceFunction,
  names: ReadonlyMap<string, string>,
): SourceMasks {
  const scope = tree.scope(source.file);
  const macroNamed = (key: string): Macro => {
    const name = names.get(key) ?? "";
    const macro = scope.macro(name);
    if (macro !== null) return macro;
    throw new NotUnderstood(source, `${quoted(name)} is not defined in the files that were read.`);
  };
  const snp = macroNamed("$snp");
  const [required, implemented] = [macroNamed("$required"), macroNamed("$implemented")];
  if (mask64(macroValue(snp, scope)) !== SEV_SNP) {
    throw new NotUnderstood(snp, `${quoted(snp.name)} is not bit 2, as that of SEV-SNP is.`);
  }
  return {
    required: mask64(macroValue(required, scope)),
    // As the kernel writes it: in a narrower type ~ leaves out the bits above.
    implemented: U64_MAX & ~mask64(complement(macroValue(implemented, scope))),
    macros: [required, implemented],
  };
}
