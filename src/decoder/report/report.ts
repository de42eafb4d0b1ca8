import type { FeatureStanding } from "../guest/check";
import type { Phrase } from "./phrase";

/** How the answer turned out; hosts may colour it, and always say it in words too. */
export type Tone = "good" | "bad" | "unknown" | "neutral";

/** A sign beside the words, so that neither colour nor sign alone carries the meaning. */
export const SIGNS: Readonly<Record<FeatureStanding, string>> = {
  lacks: "✗",
  implements: "✓",
  "needs-no-code": "✓",
  unchecked: "–",
};

/** One set bit, and what the chosen guest does with it. */
export interface FeatureLine {
  /** Position in the register that was decoded. */
  readonly bit: number;
  readonly name: string;
  readonly meaning: string;
  /** Null without a guest, or for a bit that no SEV_STATUS position belongs to. */
  readonly standing: FeatureStanding | null;
  /** `standing` in words, with the release that brought the code; "" without a guest. */
  readonly state: string;
}

/** One field of a value that is no set of features. */
export interface FieldLine {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** What can be done about one lacking feature. */
export interface Advice {
  readonly feature: string;
  /** Which kernels have what is lacking, then the host's switches. */
  readonly ways: readonly Phrase[];
}

/**
 * Everything there is to say about a value. Markdown, terminal text and the feature table are made from it.
 * It holds no mark-up; text that came from a log stays text.
 */
export interface Report {
  readonly title: Phrase;
  readonly answer: Phrase;
  readonly tone: Tone;
  readonly features: readonly FeatureLine[];
  readonly fields: readonly FieldLine[];
  /** What happens, by boot path, as the logs will show it. */
  readonly consequences: readonly Phrase[];
  readonly advice: readonly Advice[];
  /** What is assumed, unverified or disputed about the above. */
  readonly notes: readonly Phrase[];
  readonly sources: readonly string[];
}

/** A report with nothing but its title and answer. */
export function bareReport(title: Phrase, answer: Phrase, tone: Tone = "neutral"): Report {
  return {
    title,
    answer,
    tone,
    features: [],
    fields: [],
    consequences: [],
    advice: [],
    notes: [],
    sources: [],
  };
}
