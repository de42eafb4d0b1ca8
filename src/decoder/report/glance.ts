import type { Phrase } from "./phrase";
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
  /** Positions in the register that is shown, highest first: `11`, `2–0`. */
  readonly bits: string;
  readonly names: readonly string[];
  /** `needs 6.14`, `since 6.6`, `base`; "" without a guest. */
  readonly state: string;
}

/**
 * The answer to a value in one look: what hover, decode box and feature table show first. At most 45 words; what
 * explains it is in the `Report`. It holds no mark-up; text that came from a log stays text.
 */
export interface Glance {
  /** What is decoded: `SEV_STATUS 0x887`. */
  readonly title: Phrase;
  /** The verdict, or what the value says: `Linux 6.12.117 refuses to boot – missing SecureTSC`. */
  readonly verdict: Phrase;
  readonly tone: Tone;
  /** The state of each bit, bit 0 first, 64 of them; null for a value that is no set of features. */
  readonly bits: readonly BitState[] | null;
  /** Missing features first, base features in one row; never more than six rows. */
  readonly rows: readonly GlanceRow[];
  /** Short lines of a value that is no set of features: its fields, where to look for what it does not tell. */
  readonly lines: readonly Phrase[];
  /** What to do, in one line; null where nothing is to be done. */
  readonly fix: Phrase | null;
}
