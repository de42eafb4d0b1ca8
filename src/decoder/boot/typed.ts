import { SEV_AND_ES, SEV_SNP_BIT, bitByName } from "../features";
import type { Fact, Field, Finding } from "../log/finding";
import { isMask, registerOf } from "../log/tokenRegister";
import type { RegisterValue } from "../log/tokenRegister";
import { hasBit, maskOf } from "../text/u64";
import { DocumentBoots, tokensOn } from "./document";

/** What a pasted text shows: a token of its lines, and the banner of its boot where it has one. */
export interface PastedValue {
  readonly fact: Fact;
  readonly field: Field;
  /** The value of a register; null for a token that shows another thing. */
  readonly register: RegisterValue | null;
  readonly banner: string | null;
}

/** So many lines of a pasted text are read: a longer log is a file to be explained. */
export const MOST_PASTED_LINES = 200_000;

/**
 * The features whose names a text lists, separated by commas or blanks, as SEV_STATUS: with SEV-SNP, SEV and SEV-ES too,
 * which it needs. Null where a word is no such name.
 */
export function namedFeatures(text: string): bigint | null {
  const trimmed = text.trim();
  const byComma = trimmed.split(",");
  const words = byComma.length > 1 ? byComma : trimmed.split(/\s+/u);
  const bits = words.map(bitByName);
  const known = bits.filter((bit) => bit !== null);
  if (known.length < bits.length) return null;
  const mask = maskOf(known);
  return hasBit(mask, SEV_SNP_BIT) ? mask | SEV_AND_ES : mask;
}

/**
 * The value that a line or a whole log is pasted for: the features that were refused last, else the last SEV_STATUS or
 * SEV_FEATURES of a guest, else the last value of another register, else the last token. Null without one, `too-long` where it has more
 * than {@link MOST_PASTED_LINES} lines.
 */
export function pastedValue(text: string): PastedValue | "too-long" | null {
  const lines = text.split(/\r\n|\r|\n/u);
  if (lines.length > MOST_PASTED_LINES) return "too-long";
  const log = new DocumentBoots(lines.length);
  while (!log.isRead) log.read((line) => lines[line], lines.length);
  const found = log.findings().flatMap(tokensOf);
  // Some values of source code are read by a hover alone, and are no findings.
  const tokens = found.length > 0 ? found : lines.flatMap(tokensOfLine);
  const [best] = tokens.reverse().sort((a, b) => rank(a) - rank(b));
  if (best === undefined) return null;
  const { fact, field, register, boot } = best;
  return { fact, field, register, banner: log.boots().get(boot)?.kernel?.banner ?? null };
}

interface FoundToken extends Omit<PastedValue, "banner"> {
  readonly boot: number;
}

function rank({ fact, field, register }: FoundToken): number {
  if (register === null) return 4;
  if (register.register === "unsupported-features") return 0;
  // Bits that are tested, allowed or supported are not what a guest runs with.
  if (isMask(fact, field)) return 3;
  return register.register === "ghcb-msr" || register.register === "exit-info-1" ? 2 : 1;
}

function tokensOf({ tokens, fact, boot }: Finding): FoundToken[] {
  return tokens.map(({ field }) => ({ fact, field, boot, register: registerOf(fact, field) }));
}

function tokensOfLine(line: string, number: number): FoundToken[] {
  return tokensOn(null, number, line).map(({ fact, field }) => ({
    ...{ fact, field, boot: 0 },
    register: registerOf(fact, field),
  }));
}
