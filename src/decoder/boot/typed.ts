import { SEV_AND_ES, SEV_SNP_BIT, bitByName } from "../features";
import type { Finding } from "../log/finding";
import { isMask, registerOf } from "../log/tokenRegister";
import type { RegisterValue } from "../log/tokenRegister";
import { hasBit, maskOf } from "../text/u64";
import { DocumentBoots } from "./document";

/** What a pasted text shows: a value, and the banner of its boot where it has one. */
export interface PastedValue extends RegisterValue {
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
 * SEV_FEATURES of a guest, else the last value of another register. Null where the text shows none, `too-long` where it has more
 * than {@link MOST_PASTED_LINES} lines.
 */
export function pastedValue(text: string): PastedValue | "too-long" | null {
  const lines = text.split(/\r\n|\r|\n/u);
  if (lines.length > MOST_PASTED_LINES) return "too-long";
  const log = new DocumentBoots(lines.length);
  while (!log.isRead) log.read((line) => lines[line], lines.length);
  const [best] = log
    .findings()
    .flatMap(valuesOf)
    .reverse()
    .sort((a, b) => rank(a) - rank(b));
  if (best === undefined) return null;
  const { register, value, boot } = best;
  return { register, value, banner: log.boots().get(boot)?.kernel?.banner ?? null };
}

interface FoundValue extends RegisterValue {
  readonly boot: number;
  /** Bits that are tested, allowed or supported, not what a guest runs with. */
  readonly isMask: boolean;
}

function rank({ register, isMask: ofNoGuest }: FoundValue): number {
  if (register === "unsupported-features") return 0;
  if (ofNoGuest) return 3;
  return register === "sev-status" || register === "sev-features" ? 1 : 2;
}

function valuesOf({ tokens, fact, boot }: Finding): FoundValue[] {
  return tokens.flatMap(({ field }) => {
    const found = registerOf(fact, field);
    return found === null ? [] : [{ ...found, boot, isMask: isMask(fact, field) }];
  });
}
