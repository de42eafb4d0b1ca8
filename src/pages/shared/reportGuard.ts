import type { FeatureStanding } from "../../decoder/guest/check";
import type { Phrase, Span } from "../../decoder/report/phrase";
import type { Advice, FeatureLine, FieldLine, Report, Tone } from "../../decoder/report/report";
import type { Guard } from "./guards";
import { count, keyOf, listOf, nullOr, shape, text } from "./guards";

/** Whether a value is a {@link FeatureStanding} or null. */
export const isStanding = nullOr(
  keyOf<FeatureStanding>({ implements: 0, lacks: 0, "needs-no-code": 0, unchecked: 0 }),
);

/** Whether a value is a {@link Tone}. */
export const isTone = keyOf<Tone>({ good: 0, bad: 0, unknown: 0, neutral: 0 });
const isSpan: Guard<Span> = shape<{ readonly kind: Span["kind"]; readonly text: string }>({
  kind: keyOf<Span["kind"]>({ text: 0, code: 0, strong: 0 }),
  text,
});
/** Whether a value is a phrase. */
export const isPhrase = listOf(isSpan);
/** Whether a value is a list of phrases. */
export const isPhrases = listOf<Phrase>(isPhrase);

/** Whether a value is a report. */
export const isReport = shape<Report>({
  title: isPhrase,
  answer: isPhrase,
  tone: isTone,
  features: listOf(
    shape<FeatureLine>({
      bit: count,
      name: text,
      meaning: text,
      standing: isStanding,
      state: text,
    }),
  ),
  fields: listOf(shape<FieldLine>({ name: text, value: text, meaning: text })),
  consequences: isPhrases,
  advice: listOf(shape<Advice>({ feature: text, ways: isPhrases })),
  notes: isPhrases,
  sources: listOf(text),
});
