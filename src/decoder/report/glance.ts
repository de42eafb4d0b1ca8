import type { Phrase } from "./phrase";
import { plain } from "./phrase";
import type { Tone } from "./report";

/**
 * What is known of one bit of a value: `lacking` is set and missing in the guest's kernel, `open` is not shown by
 * the text that the value is from.
 */
export type BitState = "clear" | "set" | "lacking" | "open";

/** Set bits that share one answer. */
export interface GlanceRow {
  readonly sign: string;
  readonly tone: Tone;
  /** Positions in the register that is shown, highest first: `11`, `2–0`; "" where they do not matter. */
  readonly bits: string;
  /** Empty for bits without a name; the last may be `+4 more`. */
  readonly names: readonly string[];
  /** `needs 6.14`, `since 6.6`, `base`. */
  readonly state: string;
}

/**
 * The answer to a value in one look: what hover, decode box and feature table show first. At most 45 words; what
 * explains it is in the `Report`. It holds no mark-up; text that came from a log stays text.
 */
export interface Glance {
  /** What is decoded: `SEV_STATUS 0x887`. */
  readonly title: Phrase;
  /**
   * The verdict, or what the value says, without the tone's sign: `Linux 6.12.117 refuses to boot – missing SecureTSC`.
   * A `°` marks a caveat that the report explains.
   */
  readonly verdict: Phrase;
  readonly tone: Tone;
  /** The state of each bit, bit 0 first, 64 of them; null for a value that is no set of features. */
  readonly bits: readonly BitState[] | null;
  /** Missing features first, base features in one row; never more than five rows. */
  readonly rows: readonly GlanceRow[];
  /** Short lines beside the rows: fields, doubts, where to look for what the value does not tell. */
  readonly lines: readonly Phrase[];
  /** What to do, in one line; null where nothing is to be done. */
  readonly fix: Phrase | null;
}

/** What one or more ways to start a guest show, in one line. */
export interface SeenInBrief {
  /** `OVMF, EFI stub`. */
  readonly ways: string;
  /** A `°` marks what the long form adds. */
  readonly text: Phrase;
}

/** The sign in front of a verdict, so that colour is not needed to read it. */
export const TONE_SIGNS: Readonly<Record<Tone, string>> = {
  good: "✓",
  bad: "✗",
  unknown: "?",
  neutral: "•",
};

/** A glance with nothing but its title and verdict. */
export function bareGlance(title: Phrase, verdict: Phrase, tone: Tone = "neutral"): Glance {
  return { title, verdict, tone, bits: null, rows: [], lines: [], fix: null };
}

/** How many words a text has; signs alone are none. */
export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

/** How many words a glance has; its bits are none. */
export function wordsOf({ title, verdict, rows, lines, fix }: Glance): number {
  const texts = [
    ...[title, verdict, ...lines, fix ?? []].map(plain),
    ...rows.map(({ bits, names, state }) => `${bits} ${names.join(" ")} ${state}`),
  ];
  return wordCount(texts.join(" "));
}
